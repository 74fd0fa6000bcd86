"""Offers another spelling where a search finds little."""

from collections.abc import Iterator

from infracommons.vocabulary.folding import variants
from infracommons.vocabulary.spelling import slips_allowed
from infracommons.web.catalogue.search.search import Found, search

_FEW = 3


def did_you_mean(found: Found) -> str:
    """Return what to search for instead, with words that the catalogue has; empty where nothing better is known."""
    if found.total >= _FEW or not found.query.wanted:
        return ""
    better = found.filters.q
    for typed, word in _unknown_words(found):
        near = _nearest(word, found)
        if near:
            better = better.replace(typed, near, 1)
    if better == found.filters.q or search(found.filters.changed(q=better), found.index).total <= found.total:
        return ""
    return better


def _unknown_words(found: Found) -> Iterator[tuple[str, str]]:
    for clause in found.query.wanted:
        if len(clause.words) == 1 and not clause.is_quoted:
            word = clause.words[0]
            if not any(found.index.text.having([one]) for one in (word, *variants(word))):
                yield clause.typed, word


def _nearest(word: str, found: Found) -> str:
    # A reader who found little may have slipped once more than a search that nobody asked about allows.
    return found.index.spellings.nearest(word, min(slips_allowed(word) + 1, 2))
