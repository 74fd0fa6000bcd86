"""Writes a document as HTML: whole, in one file that needs no network, or as the middle of a page of the site."""

import json
from collections.abc import Mapping
from html import escape
from importlib import resources

from infracommons.reports.document import (
    Block,
    Break,
    Cell,
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
    Source,
    Styled,
    Table,
    Text,
    plain,
)
from infracommons.reports.wording import CONTENTS, LISTED, WHERE, about, address, from_where, row_note
from infracommons.reports.writers.drawings import inline

_TAGS = {"strong": "strong", "emphasis": "em", "code": "code"}


def write(document: Document, site: str | None) -> Mapping[str, bytes]:
    """Return one file: styles and drawings inside, no script, light, dark and for paper."""
    style = resources.files("infracommons.reports").joinpath("template", "report.css").read_text("utf-8")
    whole = f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(document.title)}</title>
<meta name="description" content="{escape(document.subtitle)}">
<style>
{style}</style>
</head>
<body>
<main>
<h1>{escape(document.title)}</h1>
{body(document, site)}
</main>
</body>
</html>
"""
    return {f"{document.name}.html": whole.encode()}


def write_page(document: Document, site: str | None) -> Mapping[str, bytes]:
    """Return one file, JSON with `title` and `body`: what a page of the site needs."""
    page = {"title": document.title, "body": body(document, site)}
    return {f"{document.name}.page": json.dumps(page, ensure_ascii=False).encode()}


def body(document: Document, site: str | None) -> str:
    """Return what stands below the title: all blocks, then where each number comes from."""
    return _Html(document, site).body()


class _Html:
    """One document on its way to HTML."""

    def __init__(self, document: Document, site: str | None) -> None:
        self.document = document
        self.site = site
        self.sources = {source.number: source for source in document.sources}
        self.drawn = 0

    def body(self) -> str:
        document = self.document
        blocks = "\n".join(map(self.block, document.blocks))
        named = f'data-report="{escape(document.name)}" data-release="{escape(document.release_id)}"'
        return f"""<div class="report" {named}>
<p class="lead">{escape(document.subtitle)}</p>
<p class="small">{escape(about(document))}</p>
<p class="small">{escape(LISTED)}</p>
{self.contents()}
{blocks}
{self.where()}
</div>"""

    def contents(self) -> str:
        chapters = [
            *((chapter.anchor, plain(chapter.children)) for chapter in self.document.chapters()),
            ("numbers", WHERE),
        ]
        items = "\n".join(f'<li><a href="#{name}">{escape(words)}</a></li>' for name, words in chapters)
        return f'<nav class="contents" aria-label="{CONTENTS}">\n<ol>\n{items}\n</ol>\n</nav>'

    def where(self) -> str:
        items = "\n".join(map(self.source, self.document.sources))
        return f'<h2 id="numbers">{WHERE}</h2>\n<ol class="where">\n{items}\n</ol>' if items else ""

    def source(self, source: Source) -> str:
        to = address(self.site, source.path)
        link = f' <a href="{escape(to)}">{escape(to)}</a>' if to else f" <code>{escape(source.path)}</code>"
        return f'<li id="source-{source.number}">{escape(from_where(source))}{link}</li>'

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                level = block.level + 1
                return f'<h{level} id="{block.anchor}">{self.inlines(block.children)}</h{level}>'
            case Paragraph():
                kind = "" if block.kind == "text" else f' class="{block.kind}"'
                return f"<p{kind}>{self.inlines(block.children)}</p>"
            case Listing():
                tag = "ol" if block.is_ordered else "ul"
                items = "\n".join(f"<li>{self.item(item)}</li>" for item in block.items)
                return f"<{tag}>\n{items}\n</{tag}>"
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Break():
                return "<hr>"

    def item(self, blocks: tuple[Block, ...]) -> str:
        """Return a point; a single paragraph needs no paragraph around it."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.inlines(blocks[0].children)
        return "\n".join(map(self.block, blocks))

    def figure(self, figure: Figure) -> str:
        self.drawn += 1
        drawing = inline(figure.shown, f"d{self.drawn}")
        note = f"\n<figcaption>{escape(figure.note)}</figcaption>" if figure.note else ""
        words = escape(figure.alt)
        return (
            f'<figure data-exhibit="{escape(figure.shown.name)}">\n'
            f'<div class="drawing" tabindex="0" role="region" aria-label="Drawing: {escape(figure.shown.title)}">'
            f'<div role="img" aria-label="{words}">{drawing}</div></div>{note}\n</figure>'
        )

    def table(self, table: Table) -> str:
        heads = "".join(
            f'<th scope="col"{_right(is_number=head.is_number)}>{escape(head.label)}</th>' for head in table.heads
        )
        rows = "\n".join(self.row(table, row) for row in table.rows)
        caption = f"<caption>{escape(table.caption)}{self.mark(table.source)}</caption>" if table.caption else ""
        named = escape(table.caption or plain(table.rows[0][0].children) if table.rows else "Table")
        told = f' data-exhibit="{escape(table.exhibit)}" data-source="{table.source}"' if table.exhibit else ""
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="Table: {named}">\n<table{told}>\n{caption}\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>{self.all_rows(table)}"
        )

    def row(self, table: Table, row: tuple[Cell, ...]) -> str:
        cells = []
        for column, (head, cell) in enumerate(zip(table.heads, row, strict=True)):
            tag, scope = ("th", ' scope="row"') if column == 0 else ("td", "")
            value = f' data-value="{escape(cell.value)}"' if table.source else ""
            words = self.inlines(cell.children)
            cells.append(f"<{tag}{scope}{_right(is_number=head.is_number)}{value}>{words}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"

    def all_rows(self, table: Table) -> str:
        if not table.note:
            return ""
        to = address(self.site, table.all_at)
        link = f' <a href="{escape(to)}">All {table.total:,}: {escape(table.caption)}</a>.' if to else ""
        return f'\n<p class="note">{row_note(table)}{link}</p>'

    def inlines(self, children: Inlines) -> str:
        return "".join(map(self.inline, children))

    def inline(self, child: Inline) -> str:
        match child:
            case Text():
                return escape(child.text, quote=False)
            case Styled():
                return f"<{_TAGS[child.style]}>{self.inlines(child.children)}</{_TAGS[child.style]}>"
            case Link():
                to = child.href
                if to.startswith("/"):
                    to = address(self.site, to)
                words = self.inlines(child.children)
                return f'<a href="{escape(to)}">{words}</a>' if to else words
            case Number():
                return self.number(child)
            case Mark():
                return self.mark(child.source)

    def number(self, number: Number) -> str:
        source = self.sources[number.source]
        to = address(self.site, source.path) or f"#source-{source.number}"
        title = f"{number.query}: {number.exact}. {from_where(source)}"
        return (
            f'<a class="number" href="{escape(to)}" title="{escape(title)}" data-query="{escape(number.query)}" '
            f'data-value="{escape(number.exact)}" data-source="{source.number}" data-path="{escape(source.path)}">'
            f"{escape(number.text)}</a>{escape(number.change)}"
        )

    def mark(self, number: int) -> str:
        if not number:
            return ""
        return f'<sup><a href="#source-{number}" aria-label="Source {number}">{number}</a></sup>'


def _right(*, is_number: bool) -> str:
    return ' class="num"' if is_number else ""
