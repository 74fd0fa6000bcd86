"""The questions that a text may ask in the middle of a sentence: `total`, `release`, `catalogue`, `infrastructure`."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from infracommons.exhibits.exhibit import ColumnKind
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.headline import headline
from infracommons.insights.infrastructures import infrastructure_facts
from infracommons.insights.release import Release
from infracommons.reports.cells import exact
from infracommons.reports.context import made_on
from infracommons.reports.directives import AskedNumber, DirectiveError
from infracommons.vocabulary import figures
from infracommons.vocabulary.counting import RULES, rule_words

Answer = Mapping[str, Any]
_CHECKSUM = 12  # digits of a checksum that tell two models apart


@dataclass(frozen=True)
class Query:
    """A question with several fields in its answer; `page` is where the site shows the same.

    `depends` says whether the answer changes with the filters.
    """

    name: str
    words: str
    ask: Callable[[Release, AwardFilters], Answer]
    page: Callable[[Release, AwardFilters], str]
    depends: bool = True


def _total(release: Release, filters: AwardFilters) -> Answer:
    total = award_total(release, filters)
    rule, meaning = RULES[filters.rule]
    return asdict(total) | {
        "not_counted": total.not_counted,
        "years": figures.years(total.first_year, total.last_year),
        "rule_name": rule.lower(),
        "rule_meaning": meaning,
        "rule_words": rule_words(filters.rule),
        "share_counted": total.counted / total.awards if total.awards else None,
    }


def _release(release: Release, _filters: AwardFilters) -> Answer:
    manifest = release.manifest
    return dict(manifest["counts"]) | {
        "id": release.release_id,
        "made_on": made_on(release),
        "code_version": manifest.get("code_version"),
        "relevance_model": manifest.get("settings", {}).get("relevance_model_sha256", "")[:_CHECKSUM] or None,
        "sources": sum(told["gives"] == "record" for told in manifest["sources"]),
        "registries": sum(told["gives"] != "record" for told in manifest["sources"]),
        "not_total": manifest["counts"]["awards"] - manifest["counts"]["awards_in_totals"],
    }


def _catalogue(release: Release, _filters: AwardFilters) -> Answer:
    question = """
    SELECT count(*) AS infrastructures,
      count(*) FILTER (infrastructure_id IN (SELECT infrastructure_id FROM support WHERE decision = 'supports'))
        AS supported,
      count(*) FILTER (infrastructure_id NOT IN (SELECT infrastructure_id FROM support WHERE decision = 'supports'))
        AS without_support,
      count(DISTINCT coalesce(steward_organisation_id, steward_name)) AS stewards,
      count(DISTINCT country_code) AS countries
    FROM infrastructure"""
    return release.query(question)[0]


def _infrastructure(release: Release, filters: AwardFilters) -> Answer:
    facts = infrastructure_facts(release, filters.infrastructure[0]) if filters.infrastructure else None
    if facts is None:
        message = "infrastructure: this report is not about one infrastructure"
        raise DirectiveError(message)
    return facts | {"steward": facts["steward_organisation_name"] or facts["steward_name"]}


QUERIES = {
    query.name: query
    for query in (
        Query("total", "What the awards add up to", _total, lambda _release, _filters: "/funding/awards/"),
        Query("headline", "Whom the awards join", headline, lambda _release, _filters: "/funding/"),
        Query(
            "release",
            "What the release holds",
            _release,
            lambda release, _filters: f"/funding/releases/{release.release_id}/",
            depends=False,
        ),
        Query(
            "catalogue",
            "The infrastructures of the release",
            _catalogue,
            lambda _release, _filters: "/funding/infrastructures/",
            depends=False,
        ),
        Query(
            "infrastructure",
            "What the catalogue says of it",
            _infrastructure,
            lambda _release, filters: f"/funding/infrastructures/{filters.infrastructure[0]}/",
            depends=False,
        ),
    )
}
_WRITTEN: Mapping[str, tuple[tuple[type, ...], Callable[[Any], str]]] = {
    "rounded": ((Decimal,), figures.rounded),
    "exact": ((Decimal,), figures.exact),
    "count": ((int,), figures.count),
    "percent": ((float,), figures.percent),
    "day": ((date,), figures.day),
    "plain": ((int, str, float, Decimal), str),
    "words": ((str,), figures.words),
}
_COUNTED = "counted"
WRITTEN = (*_WRITTEN, _COUNTED)


def value_of(release: Release, filters: AwardFilters, number: AskedNumber) -> Any:  # noqa: ANN401 - what the field has
    """Return what the field of the query has; DirectiveError where there is none of that name."""
    query = QUERIES.get(number.query)
    if query is None:
        message = f"no query {number.query!r}; there are {', '.join(QUERIES)}"
        raise DirectiveError(message)
    answer = query.ask(release, filters)
    if number.field not in answer:
        message = f"{number.query} has no {number.field!r}; it has {', '.join(sorted(answer))}"
        raise DirectiveError(message)
    return answer[number.field]


def written(value: Any, number: AskedNumber) -> str:  # noqa: ANN401 - what the field has
    """Return a value as readers see it: rounded dollars, counts with a noun, days, words; None is unknown."""
    if value is None:
        return figures.UNKNOWN
    if number.written == _COUNTED and isinstance(value, int) and number.noun:
        return figures.counted(value, *number.noun.split("/"))
    if not number.written:
        return _by_type(value, number.field)
    kinds, write = _WRITTEN.get(number.written, ((), str))
    if not isinstance(value, kinds):
        message = (
            f"{number.query}.{number.field}: cannot be written as {number.written!r}; there are {', '.join(WRITTEN)}"
        )
        raise DirectiveError(message)
    return write(value)


def _by_type(value: Any, field: str) -> str:  # noqa: ANN401 - what the field has
    if isinstance(value, date):
        return figures.day(value)
    write = {"usd": figures.rounded, "share": figures.percent, "count": figures.count}.get(kind_of(value, field), str)
    return write(value)  # type: ignore[operator]  # each takes values of its kind


def kind_of(value: Any, field: str) -> ColumnKind:  # noqa: ANN401 - what the field has
    """Return the kind of a value, as of a column."""
    if isinstance(value, Decimal):
        return "usd"
    if isinstance(value, float):
        return "share"
    return "count" if isinstance(value, int) and not field.endswith("_year") else "text"


def change(now: Any, before: Any) -> str:  # noqa: ANN401 - what the field has
    """Return how a value was before, in brackets; empty where it is the same.

    >>> change(110, 100), change(Decimal(5), Decimal(5)), change("a", "b")
    (' (up 10.0 % from 100)', '', ' (was b)')
    """
    if now == before:
        return ""
    if isinstance(now, int | Decimal) and isinstance(before, int | Decimal) and before:
        way = "up" if now > before else "down"
        shown = figures.rounded(before) if isinstance(before, Decimal) else figures.count(before)
        return f" ({way} {abs(Decimal(now - before) / Decimal(before)):.1%} from {shown})".replace("%", " %")
    return f" (was {exact(before)})"
