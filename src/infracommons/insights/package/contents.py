"""Which files a data package has, in the order in which they are written: those that describe others come after."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from infracommons.insights.formats import FORMATS
from infracommons.insights.package import dictionary, threesixty
from infracommons.insights.package.checksums import CHECKSUMS, checksums
from infracommons.insights.package.croissant import CROISSANT, croissant
from infracommons.insights.package.frictionless import DESCRIPTOR, descriptor
from infracommons.insights.package.part import PackedFile, Part, measured
from infracommons.insights.package.readme import FORMAT_NOTES, licence_note, readme
from infracommons.insights.package.ro_crate import CRATE, ro_crate
from infracommons.insights.releases import StoredRelease
from infracommons.insights.table_schema import table_schema
from infracommons.vocabulary.tables import Table

_ROWS_A_BATCH = 10_000
_PIECE = 1 << 18
_JSON, _MARKDOWN, _CSV = "application/json", "text/markdown; charset=utf-8", "text/csv; charset=utf-8"


def contents(release: StoredRelease, formats: Sequence[str]) -> Iterator[tuple[Part, Iterator[bytes]]]:
    """Yield each file of the package with its bytes, to be read to the end in turn: later files describe earlier ones.

    A few rows are in memory at a time, whatever the size of the release.
    """
    done: list[PackedFile] = []
    data = [*data_parts(release, formats), *_grants(release), *_dictionaries(release)]
    for part in [*_notes(release, data), *data, *_descriptions(release, done)]:
        yield part, measured(part, done)


def data_parts(release: StoredRelease, formats: Sequence[str]) -> list[Part]:
    """Return every table in every format."""
    return [_table(release, table, name) for table in release.tables for name in formats]


def as_json(value: object) -> bytes:
    """Return a JSON document for people to read, too."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _table(release: StoredRelease, table: Table, format_name: str) -> Part:
    form = FORMATS[format_name]
    source = release.path(table.name)
    return Part(
        f"{table.name}.{format_name}",
        f"{table.name.replace('_', ' ').capitalize()} ({form.label})",
        f"{table.meaning} {FORMAT_NOTES[format_name]}",
        form.media_type,
        partial(_bytes_of, source) if format_name == "parquet" else partial(_written, source, format_name),
        table,
        format_name,
        table_schema(table) if format_name == "csv" else None,
    )


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _written(path: Path, format_name: str) -> Iterator[bytes]:
    with pq.ParquetFile(path) as rows:
        yield from FORMATS[format_name].bytes_of(rows.schema_arrow, rows.iter_batches(_ROWS_A_BATCH))


def _grants(release: StoredRelease) -> list[Part]:
    """Return the grants, where there are any, and the list of awards that cannot be grants."""
    grants = threesixty.Grants(release)
    whole = Part(
        threesixty.GRANTS,
        "Grants (360Giving)",
        f"The awards as grants of the 360Giving Data Standard {threesixty.STANDARD_VERSION}; those that cannot be "
        f"grants are in {threesixty.LEFT_OUT}.",
        _JSON,
        grants.as_json,
    )
    left_out = Part(
        threesixty.LEFT_OUT,
        "Awards that cannot be 360Giving grants",
        "Awards that cannot be grants of the 360Giving Data Standard, each with every reason.",
        _CSV,
        grants.left_out,
        schema=threesixty.LEFT_OUT_SCHEMA,
    )
    return [whole, left_out] if grants.has_any() else [left_out]


def _dictionaries(release: StoredRelease) -> list[Part]:
    meaning = "What each column of each table means"
    return [
        Part(
            "data_dictionary.csv",
            "Data dictionary (CSV)",
            f"{meaning}, a row a column.",
            _CSV,
            lambda: dictionary.dictionary_csv(release.tables),
            schema=dictionary.SCHEMA,
        ),
        _text("data_dictionary.md", f"{meaning}.", _MARKDOWN, lambda: dictionary.dictionary_markdown(release.tables)),
    ]


def _notes(release: StoredRelease, data: Iterable[Part]) -> list[Part]:
    licence = _text("LICENSE.md", "Which licence holds for what.", _MARKDOWN, lambda: licence_note(release.manifest))
    told = [licence, *data, *_descriptions(release, [])]
    about = "What this is, how it was made, how it adds up, and its limits."
    return [_text("README.md", about, _MARKDOWN, lambda: readme(release, told)), licence]


def _descriptions(release: StoredRelease, done: list[PackedFile]) -> list[Part]:
    """Return the files that describe those written before them, which `done` holds by then."""
    told = release.manifest
    return [
        _json(DESCRIPTOR, "The package for Frictionless tools.", lambda: descriptor(told, done)),
        _json(CROISSANT, "The package for tools that read Croissant.", lambda: croissant(told, done)),
        _json(CRATE, "The package as an RO-Crate.", lambda: ro_crate(told, done, [CHECKSUMS])),
        _text(CHECKSUMS, "SHA-256 of every other file.", "text/plain; charset=utf-8", lambda: checksums(done)),
    ]


def _text(path: str, description: str, media_type: str, write: Callable[[], str]) -> Part:
    return Part(path, path, description, media_type, lambda: [write().encode()])


def _json(path: str, description: str, write: Callable[[], object]) -> Part:
    return Part(path, path, description, _JSON, lambda: [as_json(write())])
