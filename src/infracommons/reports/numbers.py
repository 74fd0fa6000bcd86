"""Answers a directive in a text: a number or a word from the release, with where it comes from."""

from dataclasses import replace

from infracommons.insights.award_filters import AwardFilters
from infracommons.reports.cells import exact
from infracommons.reports.context import Context
from infracommons.reports.directives import AskedNumber, asked_number
from infracommons.reports.document import Number
from infracommons.reports.queries import QUERIES, change, kind_of, value_of, written


def number(context: Context, directive: str) -> Number:
    """Return what a directive asks for. Raises DirectiveError where it cannot be read or answered."""
    asked = asked_number(directive)
    filters = asked.asked.over(context.filters)
    value = value_of(context.release, filters, asked)
    return Number(
        written(value, asked),
        exact(value),
        f"{asked.query}.{asked.field}",
        _source(context, asked, filters),
        change(value, value_of(context.before, filters, asked)) if context.before else "",
        kind_of(value, asked.field),
    )


def _source(context: Context, asked: AskedNumber, filters: AwardFilters) -> int:
    query = QUERIES[asked.query]
    page = query.page(context.release, filters)
    return context.source(query.words, page, replace(filters, page=1) if query.depends else None)
