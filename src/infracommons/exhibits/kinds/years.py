"""What was given in each year."""

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release, Row
from infracommons.insights.totals import by_year
from infracommons.vocabulary.figures import counted, rounded, years

NAME = "years"
_COLUMNS = (
    Column("award_year", "Year", "year"),
    Column("counted_usd", "USD", "usd"),
    Column("awards", "Awards", "count"),
    Column("counted", "Of these counted", "count"),
)
_DRAWING = {
    "height": 260,
    "mark": {"type": "bar"},
    "encoding": {
        "x": {"field": "award_year", "type": "ordinal", "axis": {"title": None, "labelOverlap": True, "labelAngle": 0}},
        "y": {"field": "counted_usd", "type": "quantitative", "axis": {"title": "USD", "format": "~s", "tickCount": 5}},
    },
}


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    rows = list(reversed(by_year(release, filters)))
    total = award_total(release, filters)
    made = made_of(release, filters, "An award stands in the year of its first day.", total=total)
    dated = [row for row in rows if row["award_year"] is not None]
    if not dated:
        return Exhibit(NAME, "No award has a year", "No award that matches has a year.", _COLUMNS, rows, made)
    most = max(dated, key=lambda row: row["counted_usd"])
    return Exhibit(
        NAME,
        f"Most was given in {most['award_year']}",
        f"{rounded(total.counted_usd)} in {counted(total.counted, 'award')}, "
        f"{years(total.first_year, total.last_year)}; {rounded(most['counted_usd'])} of it in {most['award_year']}.",
        _COLUMNS,
        rows,
        made,
        reading="Each bar is the money of the awards that began in a year.",
        drawing=_DRAWING,
        drawn=_every_year(dated),
        behind=lambda row: _of_year(filters, row),
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


KINDS = (ExhibitKind(NAME, "Awards and money by year", "money", _ask, order=10),)
