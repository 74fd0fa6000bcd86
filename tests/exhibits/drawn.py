"""Exhibits written by hand, to see what drawing makes of them."""

from decimal import Decimal
from typing import Any

from infracommons.exhibits.bars import bars
from infracommons.exhibits.exhibit import Column, Exhibit, Made
from infracommons.insights.award_filters import AwardFilters

LONG = "Biotechnology and Biological Sciences Research Council of the United Kingdom and its Institutes"
EVIL = '</text><script>alert("1")</script> & "quoted" <style>'
COLUMNS = (
    Column("name", "Name"),
    Column("counted_usd", "USD", "usd"),
    Column("awards", "Awards", "count"),
    Column("part", "Part", "share"),
    Column("since", "Since", "year"),
)


def made(**values: Any) -> Made:
    return Made("20260102T030405Z-00000000", AwardFilters(), 10, 8, **values)


def row(name: str, usd: str | None = "1.00", awards: int = 1) -> dict[str, Any]:
    amount = None if usd is None else Decimal(usd)
    return {"name": name, "counted_usd": amount, "awards": awards, "part": 0.25, "since": 2020}


def named(*names: str) -> Exhibit:
    """Return an exhibit with a bar for each name."""
    rows = [row(name, f"{number + 1}000000.50") for number, name in enumerate(names)]
    drawn = bars(rows, lambda one: one["name"])
    return Exhibit("named", "A title", "A sentence.", COLUMNS, rows, made(), drawing=drawn.drawing, drawn=drawn.drawn)
