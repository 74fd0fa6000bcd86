"""The drawing of a network: no sign or name over another, the same each time, and only what is joined."""

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.exhibits.draw.apart import Box, apart
from infracommons.exhibits.network import MOST_NODES, drawn, joined

Row = dict[str, Any]
boxes = st.builds(
    Box,
    x=st.floats(-50, 750),
    y=st.floats(-50, 650),
    width=st.floats(5, 80),
    height=st.floats(5, 30),
)


def member(slug: str, relied_on_by: int, funders: int | None = None) -> Row:
    return {"infrastructure_id": slug, "name": slug.title(), "relied_on_by": relied_on_by, "funders": funders}


def covers(one: Box, other: Box) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < (one.height + other.height) / 2
    )


@settings(deadline=None)
@given(st.lists(boxes, max_size=25))
def test_boxes_with_room_end_apart_and_on_the_sheet(given_boxes: list[Box]) -> None:
    moved = apart(given_boxes, 700, 600)
    assert [(one.width, one.height) for one in moved] == [(one.width, one.height) for one in given_boxes]
    assert not [pair for pair in combinations(moved, 2) if covers(*pair)]
    for one in moved:
        assert one.width / 2 <= one.x <= 700 - one.width / 2
        assert one.height / 2 <= one.y <= 600 - one.height / 2


def test_boxes_that_are_apart_stay_where_they_are() -> None:
    there = [Box(100, 100, 20, 20), Box(200, 100, 20, 20)]
    assert apart(there, 300, 300) == there


def test_only_those_that_a_line_joins_are_drawn_and_each_line_once() -> None:
    rows = [member("a", 2), member("b", 1), member("c", 0), member("alone", 0)]
    nodes, lines = joined(rows, [("b", "a"), ("a", "b"), ("c", "a"), ("c", "elsewhere")])
    assert [row["infrastructure_id"] for row in nodes] == ["a", "b", "c"]
    assert lines == [("a", "b"), ("a", "c")]


def test_beyond_the_most_relied_on_nobody_is_drawn() -> None:
    rows = [member(f"m{place:03}", MOST_NODES * 2 - place) for place in range(MOST_NODES * 2)]
    nodes, lines = joined(rows, [(row["infrastructure_id"], "m000") for row in rows[1:]])
    assert (len(nodes), len(lines)) == (MOST_NODES, MOST_NODES - 1)


def test_a_line_ends_at_its_signs_and_the_drawing_is_the_same_again() -> None:
    nodes = [member("hub", 3, 1), member("a", 0, 2), member("b", 0), member("c", 0)]
    lines = [("a", "hub"), ("b", "hub"), ("c", "hub")]
    rows = drawn(nodes, lines)
    assert rows == drawn(nodes, lines)
    signs = {(row["x"], row["y"]) for row in rows if row["part"] == "node"}
    assert len(signs) == 4
    for row in rows:
        if row["part"] == "edge":
            assert {(row["x"], row["y"]), (row["x2"], row["y2"])} <= signs
    assert [row["money"] for row in rows if row["part"] == "node"] == [
        "One funder", "Several funders", "No award known", "No award known",
    ]  # fmt: skip
    assert [row["label"] for row in rows if row["part"] == "name"] == ["Hub", "A", "B", "C"]


def test_no_network_no_drawing() -> None:
    assert drawn([], []) == []
