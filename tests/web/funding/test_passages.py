from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.funding.passages import AROUND, passages


def mention(start: int, end: int, name: str = "Zenodo", field: str = "description") -> dict[str, Any]:
    return {"field": field, "start": start, "end": end, "name": name}


def record(**texts: str) -> dict[str, Any]:
    return {"title": None, "recipient_name": None, "description": None} | texts


def test_a_mention_stands_in_the_words_around_it_and_no_word_is_cut() -> None:
    text = "word " * 100 + "we use Zenodo for data " + "more " * 100
    start = text.index("Zenodo")
    (passage,) = passages(record(description=text), [mention(start, start + 6)])
    before, marked, after = passage.pieces
    assert (marked.text, marked.names) == ("Zenodo", ("Zenodo",))
    assert before.text.startswith("word ")
    assert after.text.endswith(" more")
    assert passage.is_cut_before
    assert passage.is_cut_after
    assert len(before.text) <= AROUND


def test_mentions_near_each_other_share_a_passage_and_far_ones_do_not() -> None:
    text = "Zenodo and arXiv " + "x " * 300 + "Zenodo"
    last = text.rindex("Zenodo")
    found = passages(record(description=text), [mention(last, last + 6), mention(0, 6), mention(11, 16, "arXiv")])
    assert [[p.text for p in passage.pieces if p.names] for passage in found] == [["Zenodo", "arXiv"], ["Zenodo"]]


def test_mentions_that_overlap_say_both_names() -> None:
    (passage,) = passages(
        record(title="Open Library of Humanities"), [mention(0, 12, "A", "title"), mention(5, 26, "B", "title")]
    )
    assert [(p.text, p.names) for p in passage.pieces] == [
        ("Open ", ("A",)),
        ("Library", ("A", "B")),
        (" of Humanities", ("B",)),
    ]


def test_the_title_comes_before_the_description() -> None:
    found = passages(record(title="Zenodo", description="Zenodo"), [mention(0, 6), mention(0, 6, field="title")])
    assert [passage.field for passage in found] == ["title", "description"]


@given(st.data(), st.text("ab ", min_size=1, max_size=900))
def test_no_mention_is_lost_and_every_passage_is_a_part_of_the_text(data: st.DataObject, text: str) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30)), min_size=1, max_size=5))
    mentions = [mention(start, min(start + length, len(text))) for start, length in spans]
    shown = passages(record(description=text), mentions)
    whole = ["".join(piece.text for piece in passage.pieces) for passage in shown]
    assert all(part in text for part in whole)
    marked = sum(len(piece.text) for passage in shown for piece in passage.pieces if piece.names)
    assert marked == len({place for m in mentions for place in range(m["start"], m["end"])})
