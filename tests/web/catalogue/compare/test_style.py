"""What the style sheet of comparisons owes to wide tables: names stay in sight, and paper gets all of it."""

import re
from pathlib import Path

from infracommons.web import catalogue

STYLE = (Path(catalogue.__file__).parent / "static" / "catalogue" / "compare.css").read_text(encoding="utf-8")


def _rules(selector: str) -> str:
    return " ".join(re.findall(re.escape(selector) + r"\s*\{([^}]*)\}", STYLE))


def test_names_of_rows_and_columns_stay_in_sight() -> None:
    assert "position: sticky" in _rules(".compare thead th")
    assert "position: sticky" in _rules(".compare th:first-child")


def test_paper_shows_the_whole_table_and_no_controls() -> None:
    _, _, on_paper = STYLE.partition("@media print")
    assert "display: none" in on_paper
    assert "position: static" in on_paper or "overflow: visible" in on_paper
