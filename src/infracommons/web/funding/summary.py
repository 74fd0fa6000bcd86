"""The sentence that answers a page: so many awards, so much money, under this rule, and what is not in it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.figures import years
from infracommons.web.funding.presenters import awards_address, not_counted, rule_links


@dataclass(frozen=True)
class Summary:
    """A total with its rule, the years it spans, the addresses of its rows, and of those that are in no sum."""

    total: Total
    rule_name: str
    rule_meaning: str
    years: str
    awards_address: str
    counted_address: str
    not_counted: list[dict[str, str]]
    rules: list[dict[str, Any]]


def summary(path: str, total: Total, filters: AwardFilters, asked: AwardFilters | None = None) -> Summary:
    """Return the summary of the awards that `filters` match, on the page at `path` whose own address asks `asked`."""
    name, meaning = RULES[total.rule]
    link = partial(awards_address, filters)
    return Summary(
        total,
        name,
        meaning,
        years(total.first_year, total.last_year),
        link(),
        link(counted="yes"),
        not_counted(total, link),
        rule_links(path, asked or filters),
    )
