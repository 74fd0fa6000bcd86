"""The PDF: no empty page, nothing outside the margins, pictures where drawings are, tagged, the same each time."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from tests.conftest import DEFINITIONS
from tests.reports.conftest import BRIEFING, SITE

from infracommons.insights.release import Release
from infracommons.reports.assemble import assemble
from infracommons.reports.definition import definition
from infracommons.reports.document import Cell, Document, Head, Table, text
from infracommons.reports.writers import pdf
from infracommons.reports.writers.widths import widths

_MARGIN = 25  # points that stay white at each edge


@pytest.fixture(scope="module")
def content(state: Document) -> bytes:
    return pdf.write(state, SITE)["state_of_open_infrastructure.pdf"]


@pytest.fixture(scope="module")
def pages(content: bytes) -> Iterator[list[Any]]:
    opened = pypdfium2.PdfDocument(content)
    yield list(opened)
    opened.close()


def _outside(pages: list[Any]) -> list[str]:
    found = []
    for number, page in enumerate(pages, start=1):
        width, height = page.get_size()
        words = page.get_textpage()
        for rect in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(rect)
            if left < _MARGIN or right > width - _MARGIN or bottom < _MARGIN or top > height - _MARGIN:
                found.append(f"page {number}: {words.get_text_bounded(left, bottom, right, top)}")
    return found


def test_no_page_is_empty_and_no_word_leaves_the_page(pages: list[Any]) -> None:
    assert len(pages) > 15
    # The head and foot of a page have some sixty letters; what the page is for comes on top.
    assert all(page.get_textpage().count_chars() > 80 for page in pages)
    assert _outside(pages) == []


def test_every_drawing_is_there(state: Document, pages: list[Any]) -> None:
    words = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    for figure in state.figures():
        assert " ".join(figure.note.split()[:5]) in words
        assert figure.shown.title.split()[0] in words


def test_no_placeholder_is_printed(pages: list[Any]) -> None:
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    assert re.findall(r"{{|}}|TODO|\bNone\b(?! known| of)|\bnan\b|undefined", words) == []


def test_it_is_tagged_says_its_language_and_has_bookmarks(content: bytes, state: Document) -> None:
    opened = pypdfium2.PdfDocument(content)
    assert opened.get_metadata_value("Title") == state.title
    assert opened.get_metadata_value("CreationDate").startswith(f"D:{state.made_at:%Y%m%d}")
    titles = [item.get_title() for item in opened.get_toc()]
    assert "Key findings" in titles
    assert "Where each number comes from" in titles
    opened.close()
    assert b"/StructTreeRoot" in content
    assert b"/Lang" in content
    assert b"pdfuaid" in content


def test_it_is_the_same_bytes_each_time(state: Document, content: bytes) -> None:
    assert pdf.write(state, SITE)["state_of_open_infrastructure.pdf"] == content


def test_a_title_in_letters_that_our_fonts_lack_makes_a_pdf_all_the_same(state: Document) -> None:
    strange = replace(state, title="\N{CJK UNIFIED IDEOGRAPH-65E5} report", blocks=(), sources=())
    (made,) = pdf.write(strange, None).values()
    assert len(pypdfium2.PdfDocument(made)) >= 1


def test_a_briefing_has_two_pages_for_the_largest_and_the_smallest(release: Release, by_support: list[str]) -> None:
    for infrastructure in (by_support[0], by_support[1], by_support[-1]):
        document = assemble(definition(DEFINITIONS / "reports", BRIEFING), release, infrastructure=infrastructure)
        (made,) = pdf.write(document, SITE).values()
        opened = pypdfium2.PdfDocument(made)
        assert len(opened) == 2, infrastructure
        assert _outside(list(opened)) == []
        opened.close()


def test_rows_that_do_not_fit_are_left_out_with_how_many_there_are(release: Release) -> None:
    rows = tuple((Cell(text(f"Row {number}"), str(number)), Cell(text("1"), "1")) for number in range(300))
    table = Table("Many", (Head("Name"), Head("Number", is_number=True)), rows, 300, all_at="/funding/awards/")
    document = Document("ours", "Ours", "", "en-GB", release.release_id, _made(release), (table,), (), pages=2)
    (made,) = pdf.write(document, SITE).values()
    opened = pypdfium2.PdfDocument(made)
    assert len(opened) <= 2
    words = "".join(page.get_textpage().get_text_range() for page in opened)
    assert "of 300 rows" in words
    opened.close()


def _made(release: Release) -> Any:
    return assemble(definition(DEFINITIONS / "reports", "state_of_open_infrastructure"), release).made_at


def test_wide_tables_shrink_then_turn_the_page() -> None:
    def table(columns: int) -> Table:
        heads = tuple(Head(f"Column number {number}", is_number=number > 0) for number in range(columns))
        row = tuple(Cell(text("123,456,789.01")) for _ in range(columns))
        return Table("Wide", heads, (row,), 1)

    few, more, most = (widths(table(columns), 10.5, 478.0, 720.0) for columns in (3, 7, 10))
    assert (few.size, few.is_turned) == (0.84, False)
    assert more.size < few.size
    assert not more.is_turned
    assert most.is_turned
    assert sum(most.points) <= 720


def test_long_words_may_break_and_short_ones_may_not() -> None:
    assert pdf.breakable("short words stay") == "short words stay"
    broken = pdf.breakable("a" * 64)
    assert broken.replace("\N{ZERO WIDTH SPACE}", "") == "a" * 64
    assert max(map(len, broken.split("\N{ZERO WIDTH SPACE}"))) == 8


def test_the_template_reads_nothing_but_the_document(state: Document) -> None:
    data = pdf._Pdf(state, None, 10.5, 1.0).data()
    assert json.loads(json.dumps(data))["title"] == state.title
