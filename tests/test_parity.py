"""Holds `docs/parity.md` to the tests and decisions that it names: each point and each weakness has one that exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
CHAPTERS = {"What it does": 12, "What it does badly": 36}
_NODE = re.compile(r"`([a-z0-9_/]+\.py)::([a-z0-9_]+)`")
_DECISION = re.compile(r"decision (\d+)")
Row = tuple[str, int, str]  # chapter, number, what holds it


def _rows() -> list[Row]:
    """Return every numbered row of the page; a row has four cells, none of them empty."""
    found, chapter = [], ""
    for line in (DOCS / "parity.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            chapter = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            assert len(cells) == 4, line
            assert all(cells), line
            found.append((chapter, int(cells[0]), cells[3]))
    return found


ROWS = _rows()


@cache
def _tests_of(path: Path) -> frozenset[str]:
    return frozenset(
        node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_number_is_there_once(chapter: str) -> None:
    numbers = [number for of, number, _ in ROWS if of == chapter]
    assert numbers == list(range(1, CHAPTERS[chapter] + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}".replace(" ", "_"))
def test_what_is_said_to_hold_a_row_exists(row: Row) -> None:
    _, _, held_by = row
    nodes, decisions = _NODE.findall(held_by), _DECISION.findall(held_by)
    assert nodes or decisions, "neither a test nor a decision"
    assert held_by == ", ".join([*(f"`{file}::{name}`" for file, name in nodes), *(f"decision {n}" for n in decisions)])
    for file, name in nodes:
        assert f"test_{name}" in _tests_of(TESTS / file), file
    headings = re.findall(r"^## (\d+)\. ", (DOCS / "decisions.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(decisions) <= set(headings)
