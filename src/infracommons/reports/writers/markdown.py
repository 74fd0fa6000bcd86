"""Writes a document as Markdown, with its drawings as files in a folder beside it."""

import re
from collections.abc import Iterator, Mapping

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
from infracommons.reports.wording import LISTED, WHERE, about, address, from_where, row_note
from infracommons.reports.writers.drawings import as_png

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_BLANKS = re.compile(r"\s+")
_STARTS = re.compile(r"^(\d+)([.)])|^([-+#=])")
_AROUND = {"strong": "**", "emphasis": "*"}


def write(document: Document, site: str | None) -> Mapping[str, bytes]:
    """Return the Markdown file and a PNG for each drawing."""
    writer = _Markdown(document, site)
    words = "\n\n".join(part for part in writer.parts() if part) + "\n"
    return {f"{document.name}.md": words.encode(), **writer.pictures}


class _Markdown:
    """One document on its way to Markdown."""

    def __init__(self, document: Document, site: str | None) -> None:
        self.document = document
        self.site = site
        self.pictures: dict[str, bytes] = {}

    def parts(self) -> Iterator[str]:
        document = self.document
        yield f"# {_safe(document.title)}"
        yield _safe(document.subtitle)
        yield _safe(about(document))
        yield LISTED
        for block in document.blocks:
            yield self.block(block)
        if document.sources:
            yield f"## {WHERE}"
        for source in document.sources:
            to = address(self.site, source.path)
            yield f"{source.number}\\. {_safe(from_where(source))} {f'<{to}>' if to else f'`{source.path}`'}"

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return f"{'#' * (block.level + 1)} {self.inlines(block.children)}"
            case Paragraph():
                return _line(self.inlines(block.children))
            case Listing():
                return "\n".join(self.item(number, item, block) for number, item in enumerate(block.items, start=1))
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Break():
                return ""

    def item(self, number: int, blocks: tuple[Block, ...], listing: Listing) -> str:
        mark = f"{number}. " if listing.is_ordered else "- "
        words = "\n\n".join(map(self.block, blocks))
        return mark + words.replace("\n", "\n" + " " * len(mark))

    def figure(self, figure: Figure) -> str:
        name = f"{self.document.name}_files/{len(self.pictures) + 1:02}_{figure.shown.name}.png"
        self.pictures[name] = as_png(figure.shown)
        note = f"\n\n*{_safe(figure.note)}*" if figure.note else ""
        return f"![{_safe(figure.alt)}]({name}){note}"

    def table(self, table: Table) -> str:
        lines = [
            f"| {' | '.join(_safe(head.label) for head in table.heads)} |",
            f"|{'|'.join('---:' if head.is_number else '---' for head in table.heads)}|",
            *(f"| {' | '.join(self.inlines(cell.children) for cell in row)} |" for row in table.rows),
        ]
        caption = f"{_safe(table.caption)}{self.mark(table.source)}:\n\n" if table.caption else ""
        return caption + "\n".join(lines) + self.all_rows(table)

    def all_rows(self, table: Table) -> str:
        if not table.note:
            return ""
        to = address(self.site, table.all_at)
        return f"\n\n{row_note(table)}" + (f" All: <{to}>" if to else "")

    def inlines(self, children: Inlines) -> str:
        return "".join(map(self.inline, children))

    def inline(self, child: Inline) -> str:
        match child:
            case Text():
                return _safe(child.text)
            case Styled(style="code"):
                return f"`{''.join(part.text for part in child.children if isinstance(part, Text))}`"
            case Styled():
                return f"{_AROUND[child.style]}{self.inlines(child.children)}{_AROUND[child.style]}"
            case Link():
                to = address(self.site, child.href) if child.href.startswith("/") else child.href
                words = self.inlines(child.children)
                return f"[{words}](<{to}>)" if to else words
            case Number():
                return f"{_safe(child.text)}{self.mark(child.source)}{_safe(child.change)}"
            case Mark():
                return self.mark(child.source)

    def mark(self, number: int) -> str:
        return f" \\[{number}\\]" if number else ""


def _safe(words: str) -> str:
    """Return words with what Markdown would read as its own marked as plain; a blank at either end stays one."""
    return _SPECIAL.sub(r"\\\1", _BLANKS.sub(" ", words))


def _line(words: str) -> str:
    """Return a paragraph whose first words do not make it a list or a heading."""
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", words)
