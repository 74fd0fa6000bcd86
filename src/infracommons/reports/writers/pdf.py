"""Writes a document as PDF with Typst: tagged, with bookmarks, fonts inside, and nothing cut off."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from infracommons.reports.document import (
    Block,
    Break,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    Link,
    Listing,
    Mark,
    Number,
    Paragraph,
    Styled,
    Table,
    Text,
)
from infracommons.reports.wording import CONTENTS, LISTED, WHERE, about, address, from_where
from infracommons.reports.writers.drawings import printed, size
from infracommons.reports.writers.widths import widths

_FONT = "Libertinus Serif"  # comes with Typst: the same letters on every machine, narrower than those it stands for
_TEMPLATE, _DATA = "report.typ", "report.json"
_POINTS_A_PIXEL = 0.75
_WIDTH, _HEIGHT = 478.0, 560.0  # points that a drawing has at most: the text's width, and a page less its sentence
_TURNED = 720.0  # points of text across a page that lies on its side
# Parts of rows, sizes of type (points) and of drawings that are tried until a report has the pages it may have.
_TRIES = (
    (1.0, 10.5, 1.0),
    (1.0, 10.0, 0.8),
    (0.8, 9.5, 0.7),
    (0.6, 9.5, 0.65),
    (0.5, 9.0, 0.6),
    (0.35, 8.5, 0.55),
    (0.2, 8.0, 0.5),
    (0.1, 7.5, 0.4),
)
_WIDE_WORD = 22  # letters without a place to break a line


def write(document: Document, site: str | None) -> Mapping[str, bytes]:
    """Return one file. A report that may have so many pages only shows fewer rows where it would have more."""
    content = b""
    for part, base, scale in _TRIES if document.pages else _TRIES[:1]:
        content, pages = _compiled(_Pdf(document.thinned(part), site, base, scale))
        if not document.pages or pages <= document.pages:
            break
    return {f"{document.name}.pdf": content}


def _compiled(report: "_Pdf") -> tuple[bytes, int]:
    """Return the PDF and its number of pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = resources.files("infracommons.reports").joinpath("template", _TEMPLATE).read_bytes()
        (folder / _TEMPLATE).write_bytes(template)
        data = report.data()
        for file, drawing in report.drawings.items():
            (folder / file).write_bytes(drawing)
        (folder / _DATA).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        compiler = typst.Compiler(folder / _TEMPLATE, root=folder, ignore_system_fonts=True)
        stamp = report.document.made_at
        try:
            content = _bytes(compiler.compile(pdf_standards=["ua-1"], timestamp=stamp))
        except typst.TypstError:
            # A title in letters that our fonts lack: the machine's fonts then help, and the standard is not claimed.
            compiler = typst.Compiler(folder / _TEMPLATE, root=folder)
            content = _bytes(compiler.compile(timestamp=stamp))
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
    return content, int(pages)


def _bytes(compiled: bytes | list[bytes] | None) -> bytes:
    """Return the one file that Typst makes of a PDF; it has a list for formats of one file a page."""
    if not isinstance(compiled, bytes):
        message = "Typst gave no PDF"
        raise TypeError(message)
    return compiled


class _Pdf:
    """One document on its way to PDF: what the template reads."""

    def __init__(self, document: Document, site: str | None, base: float, scale: float) -> None:
        self.document = document
        self.site = site
        self.base = base
        self.scale = scale
        self.drawings: dict[str, bytes] = {}

    def data(self) -> dict[str, Any]:
        """Return the document as the template reads it."""
        document = self.document
        language, _, region = document.language.partition("-")
        made = document.made_at
        return {
            "title": document.title,
            "subtitle": document.subtitle,
            "author": "Infracommons",
            "lang": language,
            "region": region or language,
            "release": document.release_id,
            "made": {"year": made.year, "month": made.month, "day": made.day},
            "about": [about(document), LISTED],
            "words": {"contents": CONTENTS, "where": WHERE, "all": f"All of release {document.release_id}."},
            "cover": document.pages is None,
            "base": self.base,
            "margin": 21 if document.pages is None else 18,
            "blocks": list(self.blocks(document.blocks)),
            "sources": [self.source(source) for source in document.sources],
        }

    def source(self, source: Any) -> dict[str, Any]:  # noqa: ANN401 - a Source
        to = address(self.site, source.path)
        words = source.question if self.document.pages else from_where(source)
        return {"number": source.number, "words": words, "path": to or source.path, "address": to}

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
        for number, block in enumerate(blocks):
            told = self.block(block)
            if told["kind"] == "text" and number + 1 < len(blocks) and isinstance(blocks[number + 1], Figure):
                told["sticky"] = True
            yield told

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading():
                return {
                    "kind": "heading",
                    "level": block.level,
                    "anchor": block.anchor,
                    "outlined": not block.is_finding,
                    "children": self.inlines(block.children),
                }
            case Paragraph():
                return {"kind": block.kind, "children": self.inlines(block.children)}
            case Listing():
                items = [list(self.blocks(item)) for item in block.items]
                return {"kind": "list", "ordered": block.is_ordered, "items": items}
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Break():
                return {"kind": "break"}

    def figure(self, figure: Figure) -> dict[str, Any]:
        drawn = printed(figure.shown, _FONT)
        width, height = size(drawn)
        file = f"drawing{len(self.drawings) + 1}.svg"
        self.drawings[file] = drawn.encode()
        fits = min(_POINTS_A_PIXEL, _WIDTH / width, _HEIGHT / height) * self.scale
        return {"kind": "figure", "file": file, "width": width * fits, "alt": figure.alt, "note": figure.note}

    def table(self, table: Table) -> dict[str, Any]:
        to = address(self.site, table.all_at) if table.all_at else ""
        fit = widths(table, self.base, _WIDTH, _TURNED)
        return {
            "kind": "table",
            "caption": table.caption,
            "source": table.source,
            "heads": [head.label for head in table.heads],
            "right": [head.is_number for head in table.heads],
            "columns": fit.points,
            "shares": fit.shares,
            "size": fit.size,
            "turned": fit.is_turned,
            "rows": [[self.inlines(cell.children, breaks=True) for cell in row] for row in table.rows],
            "note": f"{table.note}." if table.note else "",
            "all": to,
        }

    def inlines(self, children: Inlines, *, breaks: bool = False) -> list[list[Any]]:
        return [self.inline(child, breaks=breaks) for child in children]

    def inline(self, child: Inline, *, breaks: bool) -> list[Any]:
        match child:
            case Text():
                return ["text", breakable(child.text) if breaks else child.text]
            case Styled():
                return [child.style, self.inlines(child.children, breaks=breaks)]
            case Link():
                return self.link(child, breaks=breaks)
            case Number():
                return ["number", child.text, child.source, child.change]
            case Mark():
                return ["mark", child.source]

    def link(self, link: Link, *, breaks: bool) -> list[Any]:
        words = self.inlines(link.children, breaks=breaks)
        if link.href.startswith("#"):
            return ["inner", words, link.href[1:]]
        to = address(self.site, link.href) if link.href.startswith("/") else link.href
        return ["link", words, to] if to else ["plain", words]


def breakable(words: str) -> str:
    """Return words whose long parts (addresses, checksums) may break anywhere, so that none leaves its column."""
    return " ".join(
        "\N{ZERO WIDTH SPACE}".join(part[i : i + 8] for i in range(0, len(part), 8)) if len(part) > _WIDE_WORD else part
        for part in words.split(" ")
    )
