"""The data dictionary: what each published table and its columns mean, as releases are checked by it."""

from collections.abc import Iterator

from infracommons.exhibits.exhibit import Column
from infracommons.reports.context import Context
from infracommons.reports.document import Block, Heading, Paragraph, text
from infracommons.reports.sections import no_body
from infracommons.reports.sections.grid import grid
from infracommons.vocabulary.tables import PUBLISHED, Table

_COLUMNS = (
    Column("name", "Column"),
    Column("type", "Type"),
    Column("meaning", "Meaning"),
    Column("filled", "Always filled"),
)


def _fill(context: Context, line: str, body: str) -> Iterator[Block]:
    no_body("dictionary", body + line)
    rows = {told["name"]: told["rows"] for told in context.release.manifest["tables"]}
    for table in PUBLISHED:
        if table.name in rows:  # a table that came later is in no older release
            yield from _table(table, rows[table.name], context.level + 1)


def _table(table: Table, rows: int, level: int) -> Iterator[Block]:
    yield Heading(level, text(table.name), f"table-{table.name}")
    key = " and ".join(table.key)
    yield Paragraph(text(f"{table.meaning} One row for each {key}; {rows:,} rows in this release."))
    columns = [
        {
            "name": column.name,
            "type": column.type,
            "meaning": _meaning(column.meaning, column.values),
            "filled": "yes" if column.required else "no",
        }
        for column in table.columns
    ]
    yield grid(f"Columns of {table.name}", _COLUMNS, columns)


def _meaning(meaning: str, values: tuple[str, ...]) -> str:
    plain = meaning.replace("`", "")
    return f"{plain} One of: {', '.join(values)}." if values else plain


SECTIONS = {"dictionary": _fill}
