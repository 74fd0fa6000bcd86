"""What python-docx leaves to its users: links, bookmarks, repeated heads, alternative text, a file that repeats."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive can say


def outside_link(paragraph: Paragraph, words: str, to: str) -> None:
    """Add words that lead to an address outside of the document."""
    named = paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _link(paragraph, words, qn("r:id"), named)


def inside_link(paragraph: Paragraph, words: str, to: str, *, is_raised: bool = False) -> None:
    """Add words that lead to a bookmark of the document."""
    _link(paragraph, words, qn("w:anchor"), to, is_raised=is_raised)


def _link(paragraph: Paragraph, words: str, attribute: str, value: str, *, is_raised: bool = False) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(attribute, value)
    run = paragraph.add_run(words)
    run.font.superscript = is_raised or None
    run.font.underline = not is_raised
    link.append(run._r)  # noqa: SLF001 - python-docx has no other way to a run's element
    paragraph._p.append(link)  # noqa: SLF001


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark at the paragraph; its number is its own in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001
    paragraph._p.append(end)  # noqa: SLF001


def page_number(paragraph: Paragraph) -> None:
    """Add the number of the page, which whoever shows the document works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    field.append(run._r)  # noqa: SLF001 - python-docx has no fields
    paragraph._p.append(field)  # noqa: SLF001


def new_numbers(document: Docx, style: str) -> int:
    """Return the id of a numbering like that of the style which begins with 1; lists would go on counting otherwise."""
    numbering = document.part.numbering_part.element
    own = document.styles[style].element.pPr.numPr.numId.val
    number = numbering.add_num(numbering.num_having_numId(own).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def number_by(paragraph: Paragraph, numbers: int) -> None:
    """Count the paragraph in the numbering of that id."""
    properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no other way to a numbering
    told = properties.get_or_add_numPr()
    told.get_or_add_ilvl().val = 0
    told.get_or_add_numId().val = numbers


def fill(cell: Any, colour: RGBColor) -> None:  # noqa: ANN401 - python-docx's cell
    """Give a cell a background."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", str(colour))):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def set_widths(table: Any, points: Sequence[float]) -> None:  # noqa: ANN401 - python-docx's table
    """Give the columns of a table these widths, in the grid and in each cell: programs read one or the other."""
    table.autofit = False
    for column, width in zip(table.columns, points, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        for cell, width in zip(row.cells, points, strict=True):
            cell.width = Pt(width)


def repeat_head(row: Any) -> None:  # noqa: ANN401 - python-docx's row
    """Repeat a row at the top of each page that the table goes on to."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:  # noqa: ANN401 - python-docx's row
    """Break no page within the row."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:cantSplit"))


def describe(picture: Any, words: str, number: int) -> None:  # noqa: ANN401 - python-docx's shape
    """Give a picture its alternative text."""
    properties = picture._inline.docPr  # noqa: SLF001
    properties.set("descr", words)
    properties.set("id", str(number))
    properties.set("name", f"Drawing {number}")


def speak(document: Docx, language: str) -> None:
    """Say in which language the document is."""
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is None:
        return
    for known in properties.findall(qn("w:lang")):
        properties.remove(known)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)


def saved(document: Docx, made_at: datetime) -> bytes:
    """Return the file, the same bytes for the same document: its archive names no time of writing."""
    stamp = made_at.replace(tzinfo=None)
    document.core_properties.created = document.core_properties.modified = stamp
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
