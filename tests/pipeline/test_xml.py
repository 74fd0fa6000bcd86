"""XML records are whole while they are looked at, and the tree behind them stays small."""

import io
from pathlib import Path

import pytest

from infracommons.pipeline.raw import Document
from infracommons.pipeline.xml import xml_records

RECORDS = 1000


def document(content: bytes) -> Document:
    return Document("a.xml", Path("a.xml"), lambda: io.BytesIO(content))


def test_every_record_is_whole_while_it_is_looked_at_and_gone_afterwards() -> None:
    content = "".join(f"<Award><AwardID>{number}</AwardID></Award>\n" for number in range(RECORDS))
    identifiers, most = [], 0
    for award in xml_records(document(f"<rootTag>{content}</rootTag>".encode()), "Award"):
        identifiers.append(award.findtext("AwardID"))
        most = max(most, sum(1 for _ in award.itersiblings(preceding=True)))
    assert identifiers == [str(number) for number in range(RECORDS)]
    assert most == 1, "the record before, emptied"


def test_what_stands_before_a_record_is_dropped_with_it() -> None:
    content = b"<rootTag><Other/><Award/><Other/><Award/></rootTag>"
    before = [sum(1 for _ in award.itersiblings(preceding=True)) for award in xml_records(document(content), "Award")]
    assert before == [1, 2]


def test_a_document_that_is_one_record_is_read() -> None:
    assert [
        award.findtext("AwardID") for award in xml_records(document(b"<Award><AwardID>1</AwardID></Award>"), "Award")
    ] == ["1"]


def test_the_records_before_a_break_are_given() -> None:
    records = xml_records(document(b"<rootTag><Award/><Award"), "Award")
    with pytest.raises(SyntaxError):
        assert len(list(records)) == 1
