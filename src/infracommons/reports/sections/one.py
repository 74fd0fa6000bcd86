"""What is said of one infrastructure: its facts, and its largest awards with where each was published."""

from collections.abc import Iterator

from infracommons.exhibits.exhibit import Column
from infracommons.insights.awards import award_list
from infracommons.insights.infrastructures import infrastructure_facts
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Row
from infracommons.reports.cells import heads, row_of
from infracommons.reports.context import Context
from infracommons.reports.directives import DirectiveError, asked, whole_number
from infracommons.reports.document import Block, Cell, Head, Link, Paragraph, Table, text
from infracommons.reports.sections import no_body
from infracommons.reports.sections.grid import grid
from infracommons.vocabulary.figures import words

_ROWS = 8
_LONGEST_TITLE = 90
_FACTS = (
    ("steward", "Steward"),
    ("country_code", "Country of the steward"),
    ("categories", "Categories"),
    ("launched_year", "Launched"),
    ("licence", "Licence"),
    ("homepage", "Homepage"),
    ("code_repository", "Source code"),
)
_AWARD = (
    Column("funder_name", "Funder"),
    Column("award_year", "Year", "year"),
    Column("support_types", "Kind of support"),
    Column("counted_usd", "USD", "usd"),
)


def _facts(context: Context, line: str, body: str) -> Iterator[Block]:
    no_body("facts", body + line)
    facts = infrastructure_facts(context.release, _id(context, "facts"))
    if facts is None:
        message = f"the release has no infrastructure {context.infrastructure_id!r}"
        raise DirectiveError(message)
    shown = facts | {
        "steward": facts["steward_organisation_name"] or facts["steward_name"],
        "categories": ", ".join(map(words, facts["category_codes"])) or None,
    }
    columns = (Column("fact", "Fact"), Column("value", "Catalogue"))
    rows = [{"fact": label, "value": shown[name]} for name, label in _FACTS]
    source = context.source("Facts of the catalogue", f"/funding/infrastructures/{context.infrastructure_id}/", None)
    yield grid("Facts of the catalogue", columns, rows, source=source)


def _awards(context: Context, line: str, body: str) -> Iterator[Block]:
    no_body("awards", body)
    _id(context, "awards")
    asked_for = asked(f"awards {line}", ("rows",))
    filters = asked_for.over(context.filters).narrowed(sort="largest")
    found = award_list(context.release, filters)
    if not found.rows:
        yield Paragraph(text("No award is decided to support it."))
        return
    rows = found.rows[: whole_number(asked_for, "rows", _ROWS)]
    all_at = f"/funding/awards/?{to_query(filters)}"
    source = context.source("The awards", "/funding/awards/", filters)
    yield Table(
        "Largest awards",
        (Head("Award"), *heads(_AWARD)),
        tuple(map(_award, rows)),
        found.total.awards,
        all_at,
        source=source,
    )


def _award(row: Row) -> tuple[Cell, ...]:
    title = row["title"] or f"Title unknown: {row['award_id']}"
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    named = (Link(text(short), row["source_url"]),) if row["source_url"] else text(short)
    return (
        Cell(named, row["award_id"]),
        *row_of(_AWARD, row),
    )


def _id(context: Context, name: str) -> str:
    if context.infrastructure_id is None:
        message = f"{name}: only in a report of one infrastructure (needs: [infrastructure])"
        raise DirectiveError(message)
    return context.infrastructure_id


SECTIONS = {"facts": _facts, "awards": _awards}
