"""The DOCX: headings that are headings, tables whose heads repeat, pictures that say what they show."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.reports.conftest import SITE

from infracommons.reports.document import Break, Document, Heading, Listing, Table
from infracommons.reports.writers import docx as writer


@pytest.fixture(scope="module")
def content(state: Document) -> bytes:
    return writer.write(state, SITE)["state_of_open_infrastructure.docx"]


@pytest.fixture(scope="module")
def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_chapters_are_headings_in_order(opened: Any, state: Document) -> None:
    chapters = [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"]
    assert len(chapters) == len(state.chapters()) + 1
    levels = [int(p.style.name[-1]) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    assert len(levels) == sum(isinstance(block, Heading) for block in state.blocks) + 1


def test_the_head_of_every_table_repeats(opened: Any, state: Document) -> None:
    tables = [block for block in state.blocks if isinstance(block, Table)]
    assert len(opened.tables) == len(tables)
    for table, told in zip(opened.tables, tables, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(table.rows) == len(told.rows) + 1
        assert [cell.text for cell in table.rows[0].cells] == [head.label for head in told.heads]


def test_every_picture_says_what_it_shows(opened: Any, state: Document) -> None:
    said = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert said == [figure.alt for figure in state.figures()]
    section = opened.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in opened.inline_shapes)


def test_it_says_its_title_and_language_and_when_its_release_was_made(opened: Any, state: Document) -> None:
    assert opened.core_properties.title == state.title
    assert opened.core_properties.created.date() == state.made_at.date()
    defaults = opened.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == state.language


def test_every_mark_leads_to_a_bookmark(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = docx.Document(io.BytesIO(content)).element
        assert archive.testzip() is None
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))}
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert links
    assert links <= set(marks)
    assert len(marks) == len(set(marks))


def test_it_is_the_same_bytes_each_time(state: Document, content: bytes) -> None:
    assert writer.write(state, SITE)["state_of_open_infrastructure.docx"] == content


def test_each_numbered_list_begins_with_one(opened: Any, state: Document) -> None:
    lists = [block for block in state.blocks if isinstance(block, Listing) and block.is_ordered]
    used = [
        paragraph._p.pPr.numPr.numId.val for paragraph in opened.paragraphs if paragraph.style.name == "List Number"
    ]
    assert len(lists) > 1
    assert len(used) == sum(len(one.items) for one in lists)
    assert len(set(used)) == len(lists)
    numbering = opened.part.numbering_part.element
    for number in set(used):
        assert numbering.num_having_numId(number).find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_tables_fill_the_page_and_no_more(opened: Any) -> None:
    section = opened.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in opened.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.01)
        assert [cell.width for cell in table.rows[0].cells] == [column.width for column in table.columns]


def test_pages_have_numbers_and_chapters_begin_where_they_are_told_to(opened: Any, state: Document) -> None:
    footer = opened.sections[0].footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE"]
    begun = [paragraph for paragraph in opened.paragraphs if paragraph.paragraph_format.page_break_before]
    assert len(begun) == sum(isinstance(block, Break) for block in state.blocks)
    assert all(paragraph.style.name == "Heading 1" for paragraph in begun)
