"""Writes the numbers of a document as JSON: each with where it stands, its exact value, and where it comes from.

Of an exhibit all rows are told, also those of which a table of the report prints the first only.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from infracommons.exhibits.cells import NUMBERS, cell_text, head_text
from infracommons.exhibits.exhibit import Exhibit
from infracommons.reports.cells import exact
from infracommons.reports.document import Block, Document, Inline, Listing, Number, Paragraph, Source, Table, plain
from infracommons.reports.wording import address
from infracommons.vocabulary.figures import UNKNOWN

Told = dict[str, Any]


def write(document: Document, site: str | None) -> Mapping[str, bytes]:
    """Return one file: the report, what its exhibits find, and its numbers."""
    sources = {source.number: source for source in document.sources}
    numbers: list[Told] = [
        *(_in_text(number, sources[number.source]) for number in _numbers(document.blocks)),
        *_in_tables(document.blocks, sources),
        *(told for source, shown in document.shown.items() for told in _in_rows(shown, sources[source])),
    ]
    findings: list[Told] = [
        {"part": sources[number].question, "exhibit": shown.name, "title": shown.title, "sentence": shown.sentence}
        | _where(sources[number])
        for number, shown in document.shown.items()
    ]
    for one in (*findings, *numbers):
        one["address"] = address(site, one["path"])
    told = {
        "report": document.name,
        "title": document.title,
        "release": document.release_id,
        "made_at": document.made_at.isoformat(),
        "findings": findings,
        "numbers": numbers,
    }
    return {f"{document.name}.json": json.dumps(told, ensure_ascii=False, indent=0).encode()}


def _where(source: Source) -> Told:
    """Return the page that shows the same, and what tells its question from others of one name in any release."""
    return {"path": source.path, "key": source.path.replace(source.release_id, "")}


def _in_text(number: Number, source: Source) -> Told:
    return {
        "part": source.question,
        "exhibit": "",
        "row": [],
        "number": number.query,
        "kind": number.kind,
        "shown": number.text,
        "value": _value(number.exact),
    } | _where(source)


def _in_tables(blocks: Iterable[Block], sources: Mapping[int, Source]) -> Iterator[Told]:
    """Yield the numbers of the tables that are no exhibit's."""
    for table in (block for block in blocks if isinstance(block, Table) and block.source and not block.exhibit):
        for row in table.rows:
            pairs = list(zip(table.heads, row, strict=True))
            named = [plain(cell.children) for head, cell in pairs if not head.is_number]
            for head, cell in pairs:
                if head.is_number:
                    yield {
                        "part": table.caption,
                        "exhibit": "",
                        "row": named,
                        "number": head.label,
                        "kind": "number",
                        "shown": plain(cell.children),
                        "value": _value(cell.value),
                    } | _where(sources[table.source])


def _in_rows(shown: Exhibit, source: Source) -> Iterator[Told]:
    named = [column for column in shown.columns if column.kind not in NUMBERS]
    counted = [column for column in shown.columns if column.kind in NUMBERS]
    for row in shown.rows:
        name = [cell_text(column, row.get(column.name)) for column in named]
        for column in counted:
            yield {
                "part": source.question,
                "exhibit": shown.name,
                "row": name,
                "number": head_text(column),
                "kind": column.kind,
                "shown": cell_text(column, row.get(column.name)),
                "value": _value(exact(row.get(column.name))),
            } | _where(source)


def _value(text: str) -> str | None:
    return None if text == UNKNOWN else text


def _numbers(blocks: Iterable[Block]) -> Iterator[Number]:
    """Yield the numbers in sentences, each question's once, in order."""
    found = {(number.query, number.source): number for block in blocks for number in _of_block(block)}
    return (number for number in found.values() if number.kind != "text")


def _of_block(block: Block) -> Iterator[Number]:
    if isinstance(block, Paragraph):
        yield from _of_line(block.children)
    elif isinstance(block, Listing):
        yield from (number for item in block.items for part in item for number in _of_block(part))


def _of_line(children: Iterable[Inline]) -> Iterator[Number]:
    for child in children:
        if isinstance(child, Number):
            yield child
        elif hasattr(child, "children"):
            yield from _of_line(child.children)
