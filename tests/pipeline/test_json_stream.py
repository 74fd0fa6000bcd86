"""JSON is read record by record: in one block or many, whole or cut off."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.pipeline import json_stream
from infracommons.pipeline.json_stream import decoded, items, lines
from infracommons.pipeline.raw import Document

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def document(content: bytes, name: str = "a.json") -> Document:
    return Document(name, Path(name), lambda: io.BytesIO(content))


def values(content: bytes, key: str | None = None) -> list[Any]:
    return [value for _, value in items(document(content), key)]


@given(st.lists(VALUES), st.sampled_from([None, 1]))
def test_an_array_gives_its_items_whatever_they_are(given_values: list[Any], indent: int | None) -> None:
    assert values(json.dumps(given_values, indent=indent).encode()) == given_values


@given(st.lists(VALUES))
def test_the_size_of_the_blocks_changes_nothing(given_values: list[Any]) -> None:
    content = json.dumps({"meta": {"total": 3}, "results": given_values, "after": [1]}, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_BLOCK", 1)
        assert values(content, "results") == given_values


def test_numbers_stay_exact_and_a_byte_order_mark_is_no_text() -> None:
    assert values(b"\xef\xbb\xbf[1.10, 371050.05, 7]") == [Decimal("1.10"), Decimal("371050.05"), 7]


def test_an_array_cut_off_gives_the_items_before_and_then_says_so() -> None:
    content = json.dumps({"results": [{"id": 1}, {"id": 2}, {"id": 3}]}).encode()
    reader = items(document(content[:-10]), "results")
    assert [next(reader), next(reader)] == [("record 1", {"id": 1}), ("record 2", {"id": 2})]
    with pytest.raises(ValueError, match="Expecting"):
        next(reader)


def test_a_document_without_the_array_is_refused() -> None:
    with pytest.raises(ValueError, match="no array under 'results'"):
        values(b'{"message": "busy"}', "results")
    with pytest.raises(ValueError, match="no array at the top"):
        values(b'{"results": [1]}')


def test_memory_holds_one_item_not_the_document() -> None:
    item = {"id": "x" * 1000}
    stream = io.BytesIO(json.dumps([item] * 20_000).encode())
    reader = items(Document("a.json", Path("a.json"), lambda: stream))
    next(reader)
    assert stream.tell() <= 2 * 2**20 < len(stream.getvalue()) / 9


def test_a_bad_line_costs_itself_and_not_those_after_it() -> None:
    read = dict(lines(document(b'{"id": 1}\n\n{"id": \n{"id": 3}\n', "a.jsonl")))
    assert list(read) == ["line 1", "line 3", "line 4"]
    assert decoded(read["line 4"]) == {"id": 3}
    with pytest.raises(ValueError, match="unexpected"):
        decoded(read["line 3"])


def test_a_line_that_is_no_object_is_refused() -> None:
    with pytest.raises(TypeError, match="not a JSON object but list"):
        decoded(b"[1]")
