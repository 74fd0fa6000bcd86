"""Turns answers of the insights into what templates show: sentences, chips, bars, page numbers and links."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.urls import reverse

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total
from infracommons.insights.formats import FORMATS
from infracommons.insights.query_string import to_query
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.figures import counted
from infracommons.web.funding.wording import FIELDS, value_words
from infracommons.web.shared.paged import address

_NO_CHIP = {"rule", "sort", "page"}


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    field: str
    value: str
    without: str


@dataclass(frozen=True)
class Pages:
    """Where a reader is in a list, and the addresses of the pages around."""

    number: int
    last: int
    before: str
    after: str
    end: str
    first_row: int
    last_row: int


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    name: str
    note: str
    is_chosen: bool


def chips(path: str, asked: Any, names: Mapping[str, Mapping[str, str]]) -> list[Chip]:  # noqa: ANN401 - any filters
    """Return one chip for each value of each active filter; `names` of ids by field."""
    found = []
    for f in fields(asked):
        value = getattr(asked, f.name)
        if f.name in _NO_CHIP or value == f.default:
            continue
        for part in value if f.metadata["many"] else (value,):
            left = tuple(v for v in value if v != part) if f.metadata["many"] else f.default
            shown = names.get(f.name, {}).get(str(part)) or value_words(f.name, str(part))
            found.append(Chip(FIELDS[f.name], shown, address(path, replace(asked, **{f.name: left, "page": 1}))))
    return found


def page_links(path: str, asked: Any, last: int, rows: int, rows_a_page: int) -> Pages:  # noqa: ANN401 - any filters
    """Return the links around the page asked for, each with all the filters."""

    def to(number: int) -> str:
        return address(path, replace(asked, page=number)) if 1 <= number <= last else ""

    first = (asked.page - 1) * rows_a_page + 1
    return Pages(asked.page, last, to(asked.page - 1), to(asked.page + 1), to(last), first, first + rows - 1)


def downloads(page: str, asked: Any, *place: str) -> list[dict[str, str]]:  # noqa: ANN401 - any filters
    """Return label and address of the download of exactly these rows in each format; `page` names the address."""
    whole = replace(asked, page=1)
    return [
        {"label": form.label, "href": address(reverse(page, args=[*place, name]), whole)}
        for name, form in FORMATS.items()
    ]


def rule_links(path: str, filters: AwardFilters) -> list[dict[str, Any]]:
    """Return the four rules with what they mean and the address of this page under each."""
    return [
        {
            "name": name,
            "meaning": meaning,
            "href": address(path, filters.narrowed(rule=rule)),
            "is_current": rule == filters.rule,
        }
        for rule, (name, meaning) in RULES.items()
    ]


def not_counted(total: Total, link: Callable[..., str]) -> list[dict[str, str]]:
    """Return, in words and with the address of the rows, why listed awards are in no sum; `link` takes filters."""
    reasons = [
        (total.amount_unknown, "has no known amount", "have no known amount", link(amount_status=("unknown",))),
        (
            total.not_convertible,
            "cannot be converted to US dollars",
            "cannot be converted to US dollars",
            link(amount_status=("not_convertible",)),
        ),
        (total.not_said_by_rule, *_NOT_BY_RULE, link(amount_status=("known",), counted="no", prices=None)),
        (total.not_priced, *_NOT_PRICED, link(amount_status=("known",), counted="no")),
    ]
    return [
        {"words": f"{number:,} {one if number == 1 else more}", "href": href}
        for number, one, more, href in reasons
        if number
    ]


_NOT_PRICED = (
    "cannot be put into dollars of that year, for want of its own year or its price level",
    "cannot be put into dollars of that year, for want of their own year or its price level",
)
_NOT_BY_RULE = (
    "is not support, or has a share that this rule cannot say",
    "are not support, or have a share that this rule cannot say",
)


def awards_address(filters: AwardFilters, **narrowed: Any) -> str:  # noqa: ANN401 - the fields have their types
    """Return the address of the list of awards, narrowed."""
    return address(reverse("awards"), filters.narrowed(**narrowed))


def choices_of(found: Sequence[Mapping[str, Any]], chosen: Sequence[str]) -> list[Choice]:
    """Return the options of a filter with what the release has (rows of value, name, awards)."""
    return [Choice(row["value"], row["name"], counted(row["awards"], "award"), row["value"] in chosen) for row in found]


def named_choices(named: Mapping[str, tuple[str, str]], chosen: Sequence[str]) -> list[Choice]:
    """Return the options of a filter that has few values, with their meanings."""
    return [Choice(value, name, meaning, value in chosen) for value, (name, meaning) in named.items()]


def query_of(filters: object) -> str:
    """Return the query string with its question mark, or nothing."""
    query = to_query(filters)
    return f"?{query}" if query else ""
