"""Shows how a release adds up: its sources, files read, records set aside, and what was checked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infracommons.exhibits.exhibit import Column
from infracommons.insights.overview import exclusion_reasons, source_accounts
from infracommons.insights.totals import by_rule
from infracommons.reports.context import Context
from infracommons.reports.directives import DirectiveError
from infracommons.reports.document import Block, Listing, Paragraph, Table, text
from infracommons.reports.sections import no_body
from infracommons.reports.sections.grid import grid
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.figures import words

_ACCOUNTS = (
    Column("publisher", "Publisher"),
    Column("licence", "Licence"),
    Column("records", "Records in", "count"),
    Column("canonical", "Lead an award", "count"),
    Column("duplicate", "Merged as duplicates", "count"),
    Column("instalment", "Added as instalments", "count"),
    Column("excluded", "In no award", "count"),
)
_REASONS = (Column("stage", "Stage"), Column("reason", "Reason"), Column("records", "Records", "count"))
_CITED = (Column("publisher", "Publisher"), Column("homepage", "Where"), Column("licence", "Licence"))
_CHECKED = {
    "contracts": "Each table has the columns and types that the data dictionary says, and required values are there.",
    "keys": "No key stands twice in a table.",
    "references": "Whatever a row refers to in another table is there.",
    "every record accounted for": "Each record that came in leads an award, was merged into one, or is listed as left "
    "out, with the reason.",
    "rows against the release before": "Records, awards and decisions are not far fewer than in the release before.",
}
_FILES = (
    Column("file", "File"),
    Column("records", "Records", "count"),
    Column("bytes", "Bytes", "count"),
    Column("sha256", "SHA-256"),
)


def _plain(line: str, body: str, name: str) -> None:
    no_body(name, body)
    if line:
        message = f"{name} {line}: {name} takes no options"
        raise DirectiveError(message)


def _accounts(context: Context, line: str, body: str) -> Iterator[Block]:
    _plain(line, body, "accounts")
    rows = [account.__dict__ for account in source_accounts(context.release)]
    if rows:
        yield _booked(context, "Each record of each source is accounted for", _ACCOUNTS, rows)
    else:
        yield Paragraph(text("The release names no source of awards."), "left_out")


def _reasons(context: Context, line: str, body: str) -> Iterator[Block]:
    _plain(line, body, "reasons")
    rows = [
        {"stage": words(row["stage"]), "reason": words(row["reason_code"]), "records": row["records"]}
        for row in exclusion_reasons(context.release)
    ]
    if rows:
        yield _booked(context, "Why records count in no total", _REASONS, rows)
    else:
        yield Paragraph(text("No record was set aside."))


def _sources(context: Context, line: str, body: str) -> Iterator[Block]:
    _plain(line, body, "sources")
    rows = [*context.release.manifest["sources"]]
    if rows:
        yield _booked(context, "What the release was made from", _CITED, rows)
    else:
        yield Paragraph(text("The release names no source."), "left_out")


def _files(context: Context, line: str, body: str) -> Iterator[Block]:
    _plain(line, body, "files")
    rows = list(context.release.manifest.get("inputs", ()))
    if rows:
        yield _booked(context, "Files read, with checksums", _FILES, rows)
    else:
        yield Paragraph(text("The release does not say which files it was made from."), "left_out")


def _checks(context: Context, line: str, body: str) -> Iterator[Block]:
    _plain(line, body, "checks")
    manifest = context.release.manifest
    passed = manifest.get("checks", ())
    if passed:
        yield Listing(
            tuple((Paragraph(text(_CHECKED.get(check, f"{check[:1].upper()}{check[1:]}."))),) for check in passed)
        )
    for warning in manifest.get("warnings", ()):
        yield Paragraph(text(f"Warning of the release: {warning}"))


def _rules(context: Context, line: str, body: str) -> Iterator[Block]:
    _plain(line, body, "rules")
    columns = (Column("name", "Rule"), Column("meaning", "What counts"), Column("total", "USD", "usd"))
    filters = context.filters
    rows = [
        {"name": RULES[total.rule][0], "meaning": RULES[total.rule][1], "total": total.counted_usd}
        for total in by_rule(context.release, filters)
    ]
    source = context.source("The total under each rule of counting", "/funding/charts/rules/", filters)
    yield grid("The four rules", columns, rows, source=source)


def _booked(context: Context, caption: str, columns: tuple[Column, ...], rows: Sequence[Mapping[str, Any]]) -> Table:
    page = f"/funding/releases/{context.release.release_id}/"
    return grid(caption, columns, rows, source=context.source("How the release was made", page, None))


SECTIONS = {
    "accounts": _accounts,
    "reasons": _reasons,
    "sources": _sources,
    "files": _files,
    "checks": _checks,
    "rules": _rules,
}
