"""The numbers of a report as JSON, and what is different between two of them."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.conftest import SITE

from infracommons.exhibits.cells import NUMBERS
from infracommons.reports.compare import compare
from infracommons.reports.document import Document
from infracommons.reports.write import WRITERS

Told = dict[str, Any]


@pytest.fixture(scope="module")
def told(state: Document) -> Told:
    ((name, content),) = WRITERS["json"](state, SITE).items()
    assert name == "state_of_open_infrastructure.json"
    read: Told = json.loads(content)
    return read


def test_every_number_of_every_row_of_each_exhibit_is_told(state: Document, told: Told) -> None:
    for source, shown in state.shown.items():
        path = next(one.path for one in state.sources if one.number == source)
        cells = sum(column.kind in NUMBERS for column in shown.columns) * len(shown.rows)
        assert sum((one["exhibit"], one["path"]) == (shown.name, path) for one in told["numbers"]) == cells
    assert len(told["findings"]) == len(state.shown)
    assert all(one["address"] == f"{SITE}{one['path']}" for one in told["numbers"])


def test_a_number_in_a_sentence_has_its_exact_value(told: Told) -> None:
    (one,) = [
        one for one in told["numbers"] if one["number"] == "total.counted_usd" and one["path"] == "/funding/awards/"
    ]
    (total,) = [one for one in told["numbers"] if one["number"] == "total.awards" and one["path"] == "/funding/awards/"]
    assert one["shown"].startswith("USD ")
    assert Decimal(one["value"]).as_tuple().exponent == -2
    assert (one["kind"], total["kind"]) == ("usd", "count")


def _told(row: list[str], value: str | None, number: str = "USD") -> Told:
    return {
        "part": "Money", "exhibit": "funders", "path": "/f/", "key": "/f/", "row": row, "number": number,
        "kind": "usd", "shown": value or "unknown", "value": value,
    }  # fmt: skip


def _report(*numbers: Told, sentence: str = "Same.") -> Told:
    finding = {"part": "Money", "exhibit": "funders", "path": "/f/", "key": "/f/", "title": "T", "sentence": sentence}
    return {"findings": [finding], "numbers": list(numbers)}


def test_a_row_is_the_same_row_though_a_word_that_follows_from_its_number_changed() -> None:
    (one,) = compare(_report(_told(["arXiv", "low"], "1")), _report(_told(["arXiv", "high"], "3"))).movements
    assert (one.what, one.before, one.after, one.change, one.percent) == ("moved", "1", "3", Decimal(2), Decimal(200))


def test_rows_of_one_name_are_told_apart_by_what_else_they_say() -> None:
    before = _report(_told(["NSF", "arXiv"], "1"), _told(["NSF", "Zenodo"], "2"))
    after = _report(_told(["NSF", "Zenodo"], "2"), _told(["NSF", "Dryad"], "5"))
    found = compare(before, after)
    assert [(one.what, one.row) for one in found.movements] == [("came", "NSF; Dryad"), ("went", "NSF; arXiv")]
    assert found.same == 1


def test_from_unknown_or_zero_no_percent_is_worked_out() -> None:
    unknown, zero = (
        compare(_report(_told(["a"], was)), _report(_told(["a"], "5"))).movements[0] for was in (None, "0")
    )
    assert (unknown.what, unknown.before, unknown.change, unknown.percent) == ("moved", "unknown", None, None)
    assert (zero.change, zero.percent) == (Decimal(5), None)


def test_a_sentence_that_changed_is_told_with_both_and_one_written_otherwise_is_the_same_number() -> None:
    found = compare(_report(_told(["a"], "5.0"), sentence="Old."), _report(_told(["a"], "5.00"), sentence="New."))
    (finding,) = found.findings
    assert (finding.before, finding.after) == ("T. Old.", "T. New.")
    assert not found.movements


_ROWS = st.dictionaries(st.sampled_from("abcdef"), st.integers(-9, 9).map(str) | st.none(), max_size=6)


@given(_ROWS, _ROWS)
def test_every_number_of_both_is_accounted_for_once(old: dict[str, str | None], new: dict[str, str | None]) -> None:
    before, after = (_report(*(_told([name], value) for name, value in one.items())) for one in (old, new))
    found = compare(before, after)
    what = {one.row: one.what for one in found.movements}
    expected = dict.fromkeys(new.keys() - old.keys(), "came") | dict.fromkeys(old.keys() - new.keys(), "went")
    expected |= {name: "moved" for name in old.keys() & new.keys() if old[name] != new[name]}
    assert what == expected
    assert found.same + len(found.movements) == len(old.keys() | new.keys())
