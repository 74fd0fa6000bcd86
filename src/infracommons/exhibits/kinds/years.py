"""What was given in each year."""

from infracommons.exhibits.columns import sums
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import leaders, listed, nothing, share
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total, award_total
from infracommons.insights.release import Release, Row
from infracommons.insights.totals import by_year
from infracommons.vocabulary.figures import counted, rounded, years

NAME, AWARDS = "years", "years-awards"
_OF_YEAR = "An award stands in the year of its first day."
_X = {"field": "award_year", "type": "ordinal", "axis": {"title": None, "labelOverlap": True, "labelAngle": 0}}
_DRAWING = {
    "height": 260,
    "mark": {"type": "bar"},
    "encoding": {
        "x": _X,
        "y": {
            "field": "counted_usd",
            "type": "quantitative",
            "axis": {
                "title": "USD",
                "format": "~s",
                "tickCount": 5,
                "labelExpr": "datum.value ? replace(datum.label, 'G', 'B') : '0'",
            },
        },
    },
}
_STACKED = {
    "height": 220,
    "mark": {"type": "bar", "stroke": "token:edge", "strokeWidth": 0.5},
    "encoding": {
        "x": _X,
        "y": {"field": "number", "type": "quantitative", "axis": {"title": "Awards", "tickCount": 5, "format": "d"}},
        "color": {
            "field": "part",
            "type": "nominal",
            "scale": {"domain": ["In the sum", "Not in the sum"], "range": ["token:accent", "token:line"]},
            "legend": {"title": None},
        },
        "order": {"field": "place", "type": "quantitative"},
    },
}


def _money(release: Release, filters: AwardFilters) -> Exhibit:
    rows = list(reversed(by_year(release, filters)))
    total = award_total(release, filters)
    made = made_of(release, filters, _OF_YEAR, total=total)
    columns = (Column("award_year", "Year", "year"), *sums(filters))
    dated = [row for row in rows if row["award_year"] is not None]
    most = leaders(dated)
    if not most:
        return nothing(NAME, columns, made, rows, noun="year")
    when = listed([str(row["award_year"]) for row in most])
    return Exhibit(
        NAME,
        f"Most was given in {when}",
        f"{rounded(total.counted_usd)} in {counted(total.counted, 'award')}, "
        f"{years(total.first_year, total.last_year)}; {rounded(most[0]['counted_usd'])} of it in {when}"
        f"{' each' if len(most) > 1 else ''}.",
        columns,
        rows,
        made,
        reading="Each bar is the money of the awards that began in a year.",
        drawing=_DRAWING,
        drawn=_every_year(dated),
        drawn_note=_undated(rows),
        behind=lambda row: _of_year(filters, row),
        rounds=(total.counted_usd,),
    )


def _awards(release: Release, filters: AwardFilters) -> Exhibit:
    rows = [row | {"not_counted": row["awards"] - row["counted"]} for row in reversed(by_year(release, filters))]
    total = award_total(release, filters)
    made = made_of(release, filters, _OF_YEAR, total=total)
    columns = (
        Column("award_year", "Year", "year"),
        Column("awards", "Awards", "count"),
        Column("counted", "Of these in the sum", "count"),
        Column("not_counted", "Not in it", "count"),
    )
    dated = [row for row in rows if row["award_year"] is not None]
    most = leaders(dated, "awards")
    if not most:
        return nothing(AWARDS, columns, made, rows, noun="year")
    when = listed([str(row["award_year"]) for row in most])
    return Exhibit(
        AWARDS,
        f"Most awards began in {when}",
        f"{counted(most[0]['awards'], 'award')} began in {when}{' each' if len(most) > 1 else ''}, of "
        f"{counted(total.awards, 'award')}, {years(total.first_year, total.last_year)}. " + _counting(total),
        columns,
        rows,
        made,
        reading="Each bar is the number of awards that began in a year; the light part is in no sum of money.",
        drawing=_STACKED,
        drawn=_parts(_every_year(dated)),
        drawn_note=_undated(rows),
        behind=lambda row: _of_year(filters, row),
    )


def _counting(total: Total) -> str:
    if not total.not_counted:
        return "All of them are in the sum of money."
    return f"{share(total.not_counted, total.awards)} of the awards are in no sum."


def _parts(dated: list[Row]) -> list[Row]:
    """Return two rows a year: the awards in the sum, and those that are not."""
    return [
        {"award_year": row["award_year"], "part": part, "number": number, "place": place}
        for row in dated
        for place, (part, number) in enumerate(
            (("In the sum", row["counted"]), ("Not in the sum", row["awards"] - row["counted"]))
        )
    ]


def _undated(rows: list[Row]) -> str:
    undated = sum(row["awards"] for row in rows if row["award_year"] is None)
    return (
        f"{counted(undated, 'award')} of unknown year {'is' if undated == 1 else 'are'} not drawn." if undated else ""
    )


def _every_year(rows: list[Row]) -> list[Row]:
    """Return a row for each year from the first to the last: a year without an award is a gap that is seen."""
    known = {row["award_year"]: row for row in rows}
    nothing = {"counted_usd": 0, "awards": 0, "counted": 0}
    return [known.get(year, {"award_year": year, **nothing}) for year in range(min(known), max(known) + 1)]


def _of_year(filters: AwardFilters, row: Row) -> AwardFilters:
    year = row["award_year"]
    if year is None:
        return filters.narrowed(year_from=None, year_to=None, undated="yes")
    return filters.narrowed(year_from=year, year_to=year)


KINDS = (
    ExhibitKind(NAME, "Money by year", "money", _money, order=10),
    ExhibitKind(AWARDS, "Awards by year", "money", _awards, order=20),
)
