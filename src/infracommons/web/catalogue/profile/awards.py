"""Tells from the current release what awards support an infrastructure, each sum with the address of its rows."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse

from infracommons.insights import totals
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total, award_list, award_total, by_decision
from infracommons.insights.kept import Kept
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Release, Row, once_a_release
from infracommons.vocabulary.counting import rule_words
from infracommons.vocabulary.figures import years
from infracommons.vocabulary.support import SUPPORT_TYPES
from infracommons.web.catalogue.models import Infrastructure

_FUNDERS, _AWARDS = 5, 10
_MOST_KEPT = 512  # infrastructures
# Words for the one rule that profiles count by; the funding pages, to which they link, have all four.
RULE_WORDS = rule_words(AwardFilters().rule)


@dataclass(frozen=True)
class Kind:
    """What awards of one kind of support add up to."""

    code: str
    name: str
    meaning: str
    total: Total
    href: str


@dataclass(frozen=True)
class Awards:
    """What the release says of one infrastructure; amounts are US dollars under `RULE_WORDS`."""

    infrastructure_id: str
    total: Total
    years: str
    kinds: list[Kind]
    funders: list[Row]
    more_funders: int
    newest: list[Row]
    decisions: dict[str, int]
    address: str
    review_address: str


def awards_of(release: Release | None, infrastructure: Infrastructure) -> Awards | None:
    """Return what the release says; None without a release, or where it does not know the infrastructure.

    A release that was made before the id changed has the former one.
    """
    if release is None:
        return None
    for one in (infrastructure.infrastructure_id, *_former(infrastructure)):
        if one in _known(release):
            return _answers(release).get(one, partial(_awards, release, one))
    return None


def _former(infrastructure: Infrastructure) -> list[str]:
    return list(infrastructure.former_slugs.values_list("slug", flat=True))


@once_a_release
def _known(release: Release) -> frozenset[str]:
    return frozenset(row["infrastructure_id"] for row in release.query("SELECT infrastructure_id FROM infrastructure"))


@once_a_release
def _answers(_release: Release) -> Kept[Awards]:
    """What was worked out: a release never changes, so neither does an answer."""
    return Kept(_MOST_KEPT, lambda _: 1)


def _awards(release: Release, infrastructure_id: str) -> Awards:
    own = AwardFilters(infrastructure=(infrastructure_id,))
    total = award_total(release, own)
    funders = totals.by_funder(release, own)
    return Awards(
        infrastructure_id=infrastructure_id,
        total=total,
        years=years(total.first_year, total.last_year),
        kinds=[_kind(release, own, code) for code in SUPPORT_TYPES] if total.awards else [],
        funders=[_funder(row, own) for row in funders[:_FUNDERS]],
        more_funders=max(len(funders) - _FUNDERS, 0),
        newest=award_list(release, own).rows[:_AWARDS],
        decisions=by_decision(release, own),
        address=_address(own),
        review_address=_address(own, decision="needs_review"),
    )


def _kind(release: Release, own: AwardFilters, code: str) -> Kind:
    total = award_total(release, own.narrowed(support_type=(code,)))
    return Kind(code, *SUPPORT_TYPES[code], total, _address(own, support_type=(code,)))


def _funder(row: Row, own: AwardFilters) -> Row:
    page = "" if row["funder"] == "unknown" else reverse("funder", args=[row["funder"]])
    return row | {"page": page, "href": _address(own, funder=(row["funder"],))}


def _address(own: AwardFilters, **values: Any) -> str:  # noqa: ANN401 - the fields have their types
    return f"{reverse('awards')}?{to_query(own.narrowed(**values))}"
