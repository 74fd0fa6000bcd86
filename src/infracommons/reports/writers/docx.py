"""Writes a document as DOCX: real headings, tables with repeated heads, pictures with alternative text."""

import io
from collections.abc import Mapping

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

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
    Source,
    Styled,
    Table,
    Text,
    plain,
)
from infracommons.reports.wording import CONTENTS, LISTED, WHERE, about, address, from_where, row_note
from infracommons.reports.writers.docx_parts import (
    bookmark,
    describe,
    fill,
    inside_link,
    keep_whole,
    new_numbers,
    number_by,
    outside_link,
    page_number,
    repeat_head,
    saved,
    set_widths,
    speak,
)
from infracommons.reports.writers.drawings import as_png, printed, size
from infracommons.reports.writers.widths import fitted

_ACCENT, _SOFT = RGBColor(0x0B, 0x55, 0x63), RGBColor(0x55, 0x58, 0x5C)
_TEXT_WIDTH, _TALLEST = 16.6, 19.0  # centimetres
_CM_A_PIXEL = 2.54 / 96
_POINTS = Cm(_TEXT_WIDTH).pt
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_SMALL, _BODY = Pt(8.5), Pt(10.5)
_FONT = "Calibri"


def write(document: Document, site: str | None) -> Mapping[str, bytes]:
    """Return one file."""
    return {f"{document.name}.docx": saved(_Docx(document, site).whole(), document.made_at)}


class _Docx:
    """One document on its way to DOCX."""

    def __init__(self, document: Document, site: str | None) -> None:
        self.document = document
        self.site = site
        self.docx = _empty(document)
        self.marks = 0
        self.drawn = 0
        self.begins_page = False

    def whole(self) -> Docx:
        document = self.document
        self.docx.add_heading(document.title, 0)
        self.docx.add_paragraph(document.subtitle, style="Subtitle")
        for words in (about(document), LISTED):
            self.small(self.docx.add_paragraph(words))
        self.contents()
        for block in document.blocks:
            self.block(block)
        if document.sources:
            self.docx.add_heading(WHERE, 1)
        for source in document.sources:
            self.source(source)
        return self.docx

    def contents(self) -> None:
        """List the chapters, each leading to its heading."""
        chapters = self.document.chapters()
        if len(chapters) > 1:
            self.docx.add_paragraph(CONTENTS, style="Caption")
        for chapter in chapters if len(chapters) > 1 else ():
            paragraph = self.docx.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            inside_link(paragraph, plain(chapter.children), _name(chapter.anchor))

    def source(self, source: Source) -> None:
        paragraph = self.docx.add_paragraph(f"{source.number}. {from_where(source)} ")
        to = address(self.site, source.path)
        if to:
            outside_link(paragraph, to, to)
        else:
            paragraph.add_run(source.path)
        self.bookmark(paragraph, f"source_{source.number}")
        self.small(paragraph)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                paragraph = self.docx.add_heading(level=min(block.level, 9))
                paragraph.paragraph_format.page_break_before = self.begins_page or None
                self.begins_page = False
                self.inlines(paragraph, block.children)
                self.bookmark(paragraph, block.anchor)
            case Paragraph():
                self.paragraph(block)
            case Listing():
                self.listing(block)
            case Table():
                self.table(block)
            case Figure():
                self.figure(block)
            case Break():
                self.begins_page = True

    def paragraph(self, block: Paragraph) -> None:
        paragraph = self.docx.add_paragraph(style="Quote" if block.kind == "left_out" else None)
        self.inlines(paragraph, block.children)
        if block.kind == "note":
            self.small(paragraph)

    def listing(self, block: Listing) -> None:
        style = "List Number" if block.is_ordered else "List Bullet"
        numbers = new_numbers(self.docx, style) if block.is_ordered else None
        for item in block.items:
            for inner in item:
                if isinstance(inner, Paragraph):
                    paragraph = self.docx.add_paragraph(style=style)
                    if numbers is not None and inner is item[0]:
                        number_by(paragraph, numbers)
                    self.inlines(paragraph, inner.children)
                else:
                    self.block(inner)

    def figure(self, figure: Figure) -> None:
        self.drawn += 1
        width, height = size(printed(figure.shown))
        wide = min(width * _CM_A_PIXEL, _TEXT_WIDTH, _TALLEST * width / height)
        picture = self.docx.add_picture(io.BytesIO(as_png(figure.shown)), width=Cm(wide))
        describe(picture, figure.alt, self.drawn)
        self.docx.paragraphs[-1].paragraph_format.keep_with_next = bool(figure.note)
        if figure.note:
            self.small(self.docx.add_paragraph(figure.note))

    def table(self, block: Table) -> None:
        if block.caption:
            caption = self.docx.add_paragraph(block.caption, style="Caption")
            caption.paragraph_format.keep_with_next = True
            self.mark(caption, block.source)
        fit = fitted(block, _BODY.pt, _POINTS)
        table = self.docx.add_table(rows=1, cols=len(block.heads), style="Light List Accent 1")
        for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
            self.cell(cell.paragraphs[0], (Text(head.label),), fit.size, is_number=head.is_number)
            fill(cell, _ACCENT)
            for run in cell.paragraphs[0].runs:
                run.bold, run.font.color.rgb = True, _WHITE
        repeat_head(table.rows[0])
        for row in block.rows:
            added = table.add_row()
            keep_whole(added)
            for cell, told, head in zip(added.cells, row, block.heads, strict=True):
                self.cell(cell.paragraphs[0], told.children, fit.size, is_number=head.is_number)
        set_widths(table, fit.points)
        if block.note:
            self.rest(block)

    def rest(self, block: Table) -> None:
        """Say how many rows are shown, and lead to all."""
        note = self.docx.add_paragraph(row_note(block))
        if to := address(self.site, block.all_at):
            note.add_run(" ")
            outside_link(note, f"All {block.total:,}", to)
        self.small(note)

    def cell(self, paragraph: DocxParagraph, children: Inlines, size_of_type: float, *, is_number: bool) -> None:
        self.inlines(paragraph, children)
        if is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(1)
        for run in paragraph.runs:
            run.font.size = Pt(round(_BODY.pt * size_of_type * 2) / 2)

    def inlines(self, paragraph: DocxParagraph, children: Inlines) -> None:
        for child in children:
            self.inline(paragraph, child)

    def inline(self, paragraph: DocxParagraph, child: Inline) -> None:
        match child:
            case Text():
                paragraph.add_run(child.text)
            case Styled():
                before = len(paragraph.runs)
                self.inlines(paragraph, child.children)
                for run in paragraph.runs[before:]:
                    run.bold, run.italic = child.style == "strong" or None, child.style == "emphasis" or None
            case Link():
                self.link(paragraph, child)
            case Number():
                paragraph.add_run(child.text)
                self.mark(paragraph, child.source)
                paragraph.add_run(child.change)
            case Mark():
                self.mark(paragraph, child.source)

    def link(self, paragraph: DocxParagraph, link: Link) -> None:
        words = "".join(part.text for part in link.children if isinstance(part, Text | Number))
        to = address(self.site, link.href) if link.href.startswith("/") else link.href
        if link.href.startswith("#"):
            inside_link(paragraph, words, _name(link.href[1:]))
        elif to:
            outside_link(paragraph, words, to)
        else:
            paragraph.add_run(words)

    def mark(self, paragraph: DocxParagraph, number: int) -> None:
        if number:
            inside_link(paragraph, str(number), _name(f"source_{number}"), is_raised=True)

    def bookmark(self, paragraph: DocxParagraph, name: str) -> None:
        self.marks += 1
        bookmark(paragraph, _name(name), self.marks)

    @staticmethod
    def small(paragraph: DocxParagraph) -> None:
        for run in paragraph.runs:
            run.font.size = _SMALL
            run.font.color.rgb = _SOFT


def _name(anchor: str) -> str:
    """Return the name of a bookmark: letters, digits and low lines, 40 at most."""
    return anchor.replace("-", "_")[:40]


def _empty(document: Document) -> Docx:
    """Return an empty document with our type, title and language."""
    empty = docx.Document()
    section = empty.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    footer = section.footer.paragraphs[0]
    footer.text = f"{document.title}, release {document.release_id}, page "
    page_number(footer)
    for run in footer.runs:
        run.font.size = _SMALL
    normal = empty.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, _BODY
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        empty.styles[name].font.color.rgb = _ACCENT
    properties = empty.core_properties
    properties.title, properties.subject = document.title, document.subtitle
    properties.author, properties.last_modified_by = "Infracommons", "Infracommons"
    properties.language, properties.comments = document.language, f"Release {document.release_id}"
    properties.revision = 1
    speak(empty, document.language)
    return empty
