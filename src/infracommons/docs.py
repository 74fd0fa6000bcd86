"""Writes the generated pages of `docs/` from the code, or checks that they are up to date (`--check`)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import typer
from typer.testing import CliRunner

from infracommons.cli import app
from infracommons.pipeline.source import all_sources
from infracommons.vocabulary.inputs import CATALOGUE_ENTRY, DECISION, RATE, RECORD, ROR_ORGANISATION
from infracommons.vocabulary.tables import PUBLISHED, Table
from infracommons.web.catalogue.fields.document import fields_page

DOCS = Path("docs")
MADE = "<!-- Made by `make docs`; edit the code instead. -->\n"


def pages() -> dict[str, str]:
    """Return the text of each generated page by file name."""
    return {
        "tables.md": _tables(),
        "fields.md": MADE + fields_page(),
        "api.md": _api(),
        "sources.md": _sources(),
        "commands.md": _commands(),
    }


def _api() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infracommons.config.settings")
    django.setup()
    from infracommons.config.api_document import api_page  # noqa: PLC0415 - needs Django set up

    return api_page()


def _tables() -> str:
    parts = [
        MADE,
        "# Tables\n",
        "A release has these tables, each a Parquet file. `release.json` beside them says what they were made from,",
        "with checksums and counts.\n",
    ]
    parts += [_table(table) for table in PUBLISHED]
    parts += ["# What sources give\n", "Sources turn raw files into rows of these contracts; they are not published.\n"]
    parts += [_table(table) for table in (RECORD, ROR_ORGANISATION, RATE, CATALOGUE_ENTRY, DECISION)]
    return "\n".join(parts)


def _table(table: Table) -> str:
    head = f"## {table.name}\n\n{table.meaning}\n\nKey: {', '.join(f'`{name}`' for name in table.key)}.\n"
    rows = [
        f"| `{c.name}` | {c.type} | {'yes' if c.required else ''} | {c.meaning}"
        + (f" One of {', '.join(f'`{value}`' for value in c.values)}." if c.values else "")
        + " |"
        for c in table.columns
    ]
    return "\n".join([head, "| column | type | always | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def _sources() -> str:
    rows = [
        f"| `{s.name}` | [{s.publisher}]({s.homepage}) | {s.gives} | {s.licence} | {'yes' if s.http else ''} |"
        for s in all_sources().values()
    ]
    return "\n".join(
        [
            MADE,
            "# Sources\n",
            "`infracommons harvest SOURCE --from PATH` takes a file, an archive or a folder as the publisher gives it.",
            "Those with *HTTP* are also fetched page by page: `infracommons harvest SOURCE`.\n",
            "| source | publisher | gives | licence | HTTP |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _commands() -> str:
    parts = [MADE, "# Commands\n", "Exit status: 0 done, 1 could not finish, 2 unusable input.\n"]
    runner = CliRunner(env={"COLUMNS": "100", "TERM": "dumb"})
    for path in sorted(_leaves(app, ())):
        said = runner.invoke(app, [*path, "--help"], prog_name="infracommons").stdout
        lines = "\n".join(f"    {line}".rstrip() for line in said.strip().splitlines())
        parts.append(f"## {' '.join(path)}\n\n{lines}\n")
    return "\n".join(parts)


def _leaves(group: typer.Typer, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        yield (*path, name)
    for inner in group.registered_groups:
        if inner.typer_instance and inner.name:
            yield from _leaves(inner.typer_instance, (*path, inner.name))


def main() -> None:
    """Write the pages, or with `--check` say which are out of date and end with status 1."""
    made = pages()
    if "--check" not in sys.argv:
        for name, text in made.items():
            (DOCS / name).write_text(text, encoding="utf-8")
        return
    stale = [n for n, text in made.items() if not (DOCS / n).exists() or (DOCS / n).read_text("utf-8") != text]
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run `make docs`")


if __name__ == "__main__":
    main()
