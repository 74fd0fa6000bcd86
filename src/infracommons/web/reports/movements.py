"""What the page of a report over two releases shows, and the rows of its files."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa

from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.reports.compare import WHATS, Comparison, Movement
from infracommons.vocabulary.figures import counted, words
from infracommons.web.funding.presenters import page_links
from infracommons.web.shared.paged import address

Context = dict[str, Any]
_MINUS = "\N{MINUS SIGN}"
_SAID = {"moved": "moved", "came": "new", "went": "gone"}
_PLACES = Decimal("0.0001")
_TEXTS = "what", "part", "exhibit", "path", "row", "number", "kind", "before", "after"
_DIGITS = {"before_value": 12, "after_value": 12, "change": 12, "percent": 4}  # behind the point
_ROW = pa.schema(
    [
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.decimal128(38, digits)) for name, digits in _DIGITS.items()),
    ]
)


def parts(found: Comparison) -> dict[str, int]:
    """Return the parts of the report of which a number is different, with how many there are."""
    told: dict[str, int] = {}
    for movement in found.movements:
        told[movement.part] = told.get(movement.part, 0) + 1
    return told


def chosen(found: Comparison, asked: Any) -> list[Movement]:  # noqa: ANN401 - what an address asks for
    """Return the movements of the part and kind asked for."""
    return [
        movement
        for movement in found.movements
        if asked.part in {"", movement.part} and asked.what in {"", movement.what}
    ]


def context(path: str, found: Comparison, asked: Any, current: str | None) -> Context:  # noqa: ANN401 - as above
    """Return what the template shows; charts are there of the current release only."""
    every = chosen(found, asked)
    start = (asked.page - 1) * ROWS_A_PAGE
    shown = every[start : start + ROWS_A_PAGE]
    last = pages(len(every))
    has_charts = current in {asked.before, asked.after}
    return {
        "is_compared": True,
        "headline": headline(found),
        "same": found.same,
        "findings": [asdict(one) | {"has_chart": has_charts} for one in found.findings],
        "rows": [_row(movement, has_chart=has_charts and bool(movement.exhibit)) for movement in shown],
        "count": len(every),
        "total": len(found.movements),
        "pages": page_links(path, asked, last, len(shown), ROWS_A_PAGE),
        "is_beyond": asked.page > last,
        "whats": _links(path, asked, "what", {what: found.count(what) for what in WHATS if found.count(what)}),
        "parts": _links(path, asked, "part", parts(found)),
        "current": current,
        "other_way": address(path, replace(asked, before=asked.after, after=asked.before, page=1)),
    }


def headline(found: Comparison) -> str:
    """Return what is different, as a heading."""
    if not found.movements:
        return "No number of the report is different"
    said: list[str] = []
    for what in filter(found.count, WHATS):
        number, verb = found.count(what), "" if what == "moved" else "is " if found.count(what) == 1 else "are "
        said.append(f"{f'{number:,}' if said else counted(number, 'number')} {verb}{_SAID[what]}")
    return ", ".join(said)


def every_row(chosen_movements: Sequence[Movement]) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return all movements for a file: their values beside how the report writes them."""
    rows = [
        told | {name: _with_digits(told[name], digits) for name, digits in _DIGITS.items()}
        for told in map(asdict, chosen_movements)
    ]
    return _ROW, iter(pa.Table.from_pylist(rows, _ROW).to_batches())


def _with_digits(value: Decimal | None, digits: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits))


def _row(movement: Movement, *, has_chart: bool) -> Context:
    return asdict(movement) | {
        "has_chart": has_chart,
        "named": movement.row or words(movement.number.partition(".")[2] or movement.number),
        "column": movement.number if movement.row else "",
        "was": movement.before if movement.before is not None else "not there",
        "now": movement.after if movement.after is not None else "not there",
        "moved": _moved(movement),
        "percent": _percent(movement.percent),
    }


def _moved(movement: Movement) -> str:
    if movement.what != "moved":
        return _SAID[movement.what]
    if movement.change is None:
        return "unknown"
    amount = abs(movement.change)
    sign = "+" if movement.change > 0 else _MINUS
    if movement.kind == "share":
        return f"{sign}{amount * 100:,.2f} points"
    return f"{sign}{amount:,.2f}" if movement.kind == "usd" else f"{sign}{_plain(amount)}"


def _plain(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount.quantize(_PLACES).normalize():,f}"


def _percent(percent: Decimal | None) -> str:
    if percent is None:
        return "none"
    sign = "+" if percent > 0 else _MINUS
    return f"{sign}{abs(percent):,.1f} %"


def _links(path: str, asked: Any, name: str, counts: dict[str, int]) -> list[Context]:  # noqa: ANN401 - as above
    """Return a link without the filter, and one for each of its values with how many numbers it has."""
    values = [("", "All", None), *((value, _SAID.get(value, value), number) for value, number in counts.items())]
    return [
        {
            "label": label,
            "count": number,
            "href": address(path, replace(asked, **{name: value, "page": 1})),
            "is_current": getattr(asked, name) == value,
        }
        for value, label, number in values
    ]
