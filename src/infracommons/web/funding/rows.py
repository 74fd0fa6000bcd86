"""Gives the rows of tables what readers need beside the figures: bars, words, and the address of the rows behind."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Row
from infracommons.vocabulary.figures import years
from infracommons.web.funding.presenters import awards_address
from infracommons.web.funding.wording import STAGES


def largest(rows: Sequence[Row]) -> Decimal:
    """Return the largest amount of all rows: the one whose bar is the longest, on whichever page it stands."""
    return max((row["counted_usd"] for row in rows), default=Decimal(0))


def year_rows(rows: Sequence[Row], filters: AwardFilters) -> list[Row]:
    """Add bar and address to rows of totals by year."""
    years_barred = _with_bars(rows, largest(rows))
    return [row | {"href": awards_address(filters, **_of_year(row["award_year"]))} for row in years_barred]


def funder_rows(rows: Sequence[Row], filters: AwardFilters, most: Decimal) -> list[Row]:
    """Add bar, address and the range of years to rows of totals by funder."""
    return [
        row
        | {
            "href": awards_address(filters, funder=(row["funder"],)),
            "years": years(row["first_year"], row["last_year"]),
        }
        for row in _with_bars(rows, most)
    ]


def recipient_rows(rows: Sequence[Row], filters: AwardFilters, most: Decimal) -> list[Row]:
    """Add bar, address and the range of years to rows of totals by recipient."""
    return [
        row
        | {
            "href": awards_address(filters, recipient=(row["recipient"],)),
            "years": years(row["first_year"], row["last_year"]),
        }
        for row in _with_bars(rows, most)
    ]


def infrastructure_rows(rows: Sequence[Row], filters: AwardFilters, most: Decimal) -> list[Row]:
    """Add bar and address to rows of totals by infrastructure."""
    return [
        row | {"href": awards_address(filters, infrastructure=(row["infrastructure_id"],))}
        for row in _with_bars(rows, most)
    ]


def award_rows(rows: Sequence[Row], names: Mapping[str, str]) -> list[Row]:
    """Add to awards the infrastructures that they are listed for, with names and kinds of support."""
    return [row | {"pairs": _pairs(row, names)} for row in rows]


def reason_rows(rows: Sequence[Row]) -> list[Row]:
    """Add what the stage means to counts of exclusions."""
    return [row | {"stage_words": STAGES[row["stage"]]} for row in rows]


def _pairs(row: Row, names: Mapping[str, str]) -> list[dict[str, str]]:
    ids, kinds = row["infrastructure_ids"].split("; "), row["support_types"].split("; ")
    return [
        {"infrastructure_id": one, "name": names.get(one, one), "kind": kind}
        for one, kind in zip(ids, kinds, strict=True)
    ]


def _of_year(year: int | None) -> dict[str, Any]:
    if year is None:
        return {"year_from": None, "year_to": None, "undated": "yes"}
    return {"year_from": year, "year_to": year}


def _with_bars(rows: Sequence[Row], most: Decimal) -> list[Row]:
    """Add `bar`, 0 to 100: the length of the row's bar, where an amount of `most` has 100."""
    return [row | {"bar": round(float(100 * row["counted_usd"] / most), 1) if most else 0} for row in rows]
