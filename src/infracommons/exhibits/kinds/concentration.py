"""How concentrated the money is: over funders, over infrastructures, and on the funders of each infrastructure."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.concentration import (
    Concentration,
    concentration_of,
    funder_sums,
    funders_of_each,
    infrastructure_sums,
)
from infracommons.insights.release import Release, Row
from infracommons.methods.health.concentration import lorenz
from infracommons.vocabulary.figures import counted, percent

HIGH = 0.25  # a Herfindahl index from which markets are called highly concentrated (US merger guidelines of 2010)
MOST_POINTS = 200  # of a curve that is drawn
MOST_BARS = 25
_MEASURES = (
    "Gini: 0 where all have the same, near 1 where one has almost all. Herfindahl index: the sum of squared shares; "
    f"above {HIGH} a market is called highly concentrated."
)
_DID = {"funders": "gave", "infrastructures": "received"}
_SHARES = {
    "height": {"step": 22},
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "top_share",
            "type": "quantitative",
            "scale": {"domain": [0, 1]},
            "axis": {"format": ".0%", "title": "Part of its money that the largest funder gives", "tickCount": 5},
        },
    },
}


def _curve(members: str) -> dict[str, Any]:
    """Return the Lorenz curve over `members`, such as funders."""
    return {
        "height": 320,
        "width": 320,
        "layer": [
            {
                "mark": {"type": "line", "strokeDash": [4, 4], "color": "token:edge", "strokeWidth": 1.5},
                "encoding": {
                    "x": {"field": "members", "type": "quantitative"},
                    "y": {"field": "members", "type": "quantitative"},
                },
            },
            {
                "mark": {"type": "line", "interpolate": "linear"},
                "encoding": {
                    "x": {
                        "field": "members",
                        "type": "quantitative",
                        "scale": {"domain": [0, 1]},
                        "axis": {"format": ".0%", "title": f"Part of the {members}, smallest first", "tickCount": 5},
                    },
                    "y": {
                        "field": "money",
                        "type": "quantitative",
                        "scale": {"domain": [0, 1]},
                        "axis": {"format": ".0%", "title": "Part of the money that they have", "tickCount": 5},
                    },
                },
            },
        ],
    }


def _over(
    name: str,
    members: str,
    sums: Callable[[Release, AwardFilters], list[Row]],
    narrowed: Callable[[AwardFilters, Row], AwardFilters],
) -> Callable[[Release, AwardFilters], Exhibit]:
    """Return the question how unevenly money is spread over `members`, such as funders."""
    columns = (
        Column("name", members.capitalize()),
        Column("counted_usd", "USD", "usd"),
        Column("share", "Share", "share"),
        Column("cumulative", "Share with all before", "share"),
    )

    def ask(release: Release, filters: AwardFilters) -> Exhibit:
        found = sums(release, filters)
        made = made_of(release, filters, _MEASURES)
        rows = _with_shares(found)
        if not rows:
            return Exhibit(
                name, "Nothing to concentrate", "No award that matches has money that counts.", columns, [], made
            )
        measures = concentration_of([row["counted_usd"] for row in found])
        curve, note = _thinned(found)
        return Exhibit(
            name,
            _title(rows, measures, members),
            _sentence(rows, measures, members),
            columns,
            rows,
            made,
            reading="The further the curve hangs below the dashed line, on which all would have the same, the more "
            "uneven it is.",
            drawing=_curve(members),
            drawn=curve,
            drawn_note=note,
            behind=lambda row: narrowed(filters, row),
        )

    return ask


def _title(rows: Sequence[Row], measures: Concentration, members: str) -> str:
    if measures.members == 1:
        return f"All of it concerns one: {rows[0]['name']}"
    few = next(place for place, row in enumerate(rows, start=1) if row["cumulative"] >= 0.5)  # noqa: PLR2004 - half
    if few == 1:
        return f"{rows[0]['name']} {_DID[members]} {percent(rows[0]['share'])} of the money"
    return f"{few} of {measures.members:,} {members} {_DID[members]} half of the money"


def _sentence(rows: Sequence[Row], measures: Concentration, members: str) -> str:
    one = members.removesuffix("s")
    said = f"Of {counted(measures.members, one, members)} with money, the largest, {rows[0]['name']}, {_DID[members]} "
    said += percent(measures.top_one)
    if measures.members > 5:  # noqa: PLR2004 - as it says
        said += f", the largest five {percent(measures.top_five)}"
    if measures.members > 10:  # noqa: PLR2004 - as it says
        said += f", the largest ten {percent(measures.top_ten)}"
    return (
        f"{said}. The Gini coefficient is {measures.gini:.2f}, the Herfindahl index {measures.herfindahl:.2f}, as if "
        f"{measures.effective_number:.1f} equal {members} shared it."
    )


def _with_shares(rows: Sequence[Row]) -> list[Row]:
    whole = sum((row["counted_usd"] for row in rows), Decimal(0))
    running = Decimal(0)
    found = []
    for row in rows:
        running += row["counted_usd"]
        found.append(row | {"share": float(row["counted_usd"] / whole), "cumulative": float(running / whole)})
    return found


def _thinned(rows: Sequence[Row]) -> tuple[list[Row], str]:
    """Return the points of the Lorenz curve, and the words that say so where some are left out of the drawing."""
    curve = lorenz([row["counted_usd"] for row in rows]) or []
    kept = curve
    note = ""
    if len(curve) > MOST_POINTS:
        step = (len(curve) - 1) / (MOST_POINTS - 1)
        kept = [curve[round(place * step)] for place in range(MOST_POINTS)]
        note = f"The curve is drawn through {MOST_POINTS} of its {len(curve):,} points; the table has all."
    return [{"members": float(x), "money": float(y)} for x, y in kept], note


_EACH_COLUMNS = (
    Column("name", "Infrastructure"),
    Column("counted_usd", "USD", "usd"),
    Column("funders", "Funders", "count"),
    Column("top_funder_name", "Largest funder"),
    Column("top_share", "Its share", "share"),
    Column("herfindahl", "Herfindahl index", "number"),
)


def _each(release: Release, filters: AwardFilters) -> Exhibit:
    name = "concentration-of-each"
    rows = funders_of_each(release, filters)
    made = made_of(release, filters, _MEASURES)
    if not rows:
        return Exhibit(
            name, "Nothing to concentrate", "No award that matches has money that counts.", _EACH_COLUMNS, [], made
        )
    alone = sum(row["funders"] == 1 for row in rows)
    half = sum(row["top_share"] >= 0.5 for row in rows)  # noqa: PLR2004 - half
    drawn = rows[:MOST_BARS]
    return Exhibit(
        name,
        f"{alone:,} of {counted(len(rows), 'infrastructure')} {'has' if alone == 1 else 'have'} a single funder",
        f"Of {counted(len(rows), 'infrastructure')} with money, {half:,} {'gets' if half == 1 else 'get'} half or more "
        f"of it from one funder and {alone:,} all of it; these are the funders that this release knows of.",
        _EACH_COLUMNS,
        rows,
        made,
        reading="Each bar is the part of an infrastructure's money that its largest funder gives; those with the most "
        "money come first.",
        drawing=_SHARES,
        drawn=drawn,
        drawn_note=f"The {len(drawn)} with the most money of {len(rows):,} are drawn."
        if len(drawn) < len(rows)
        else "",
        behind=lambda row: filters.narrowed(infrastructure=(row["infrastructure_id"],), counted="yes"),
    )


def _of_funder(filters: AwardFilters, row: Row) -> AwardFilters:
    return filters.narrowed(funder=(row["funder"],), counted="yes")


def _of_infrastructure(filters: AwardFilters, row: Row) -> AwardFilters:
    return filters.narrowed(infrastructure=(row["infrastructure_id"],), counted="yes")


def _kind(name: str, label: str, ask: Any, order: int) -> ExhibitKind:  # noqa: ANN401 - an Ask
    return ExhibitKind(name, label, "risk", ask, order)


KINDS = (
    _kind(
        "concentration",
        "How concentrated funders are",
        _over("concentration", "funders", funder_sums, _of_funder),
        10,
    ),
    _kind(
        "concentration-of-infrastructures",
        "How concentrated the money is on infrastructures",
        _over("concentration-of-infrastructures", "infrastructures", infrastructure_sums, _of_infrastructure),
        11,
    ),
    _kind("concentration-of-each", "How far each infrastructure depends on its largest funder", _each, 12),
)
