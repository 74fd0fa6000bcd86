"""Offers another spelling where a search for awards finds nothing."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.award_index import AwardIndex, index_of, matching
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release
from infracommons.insights.text_query import Clause
from infracommons.vocabulary.folding import variants
from infracommons.vocabulary.spelling import slips_allowed


def did_you_mean(release: Release, filters: AwardFilters) -> str:
    """Return what to search for instead, which finds something with the other filters as they are; else nothing."""
    index, better = index_of(release), filters.q
    for clause in matching(release, filters.q).query.wanted:
        if _is_unknown(clause, index):
            # A reader who found nothing may have slipped once more than a search that nobody asked about allows.
            near = index.spellings.nearest(clause.words[0], min(slips_allowed(clause.words[0]) + 1, 2))
            better = better.replace(clause.typed, near, 1) if near else better
    if better == filters.q or not award_total(release, filters.narrowed(q=better)).awards:
        return ""
    return better


def _is_unknown(clause: Clause, index: AwardIndex) -> bool:
    if len(clause.words) > 1 or clause.is_quoted:
        return False
    return not any(index.knows(word) for word in (clause.words[0], *variants(clause.words[0])))
