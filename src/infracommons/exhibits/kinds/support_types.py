"""What awards are for: types of support, what direct support pays for, and types over the years."""

from collections.abc import Mapping, Sequence

from infracommons.exhibits.bars import amount, bars
from infracommons.exhibits.columns import sums
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import added, first_upper, leaders, listed, nothing, ratio, share, sum_words
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release, Row
from infracommons.insights.support_types import by_activity, by_support_type, by_support_type_and_year
from infracommons.vocabulary.figures import counted, rounded, years
from infracommons.vocabulary.support import ACTIVITIES, SUPPORT_TYPES

_NOT_DECIDED = "Not support, or not decided"
_SEVERAL = "An award that supports several infrastructures may stand in several rows."
_HEIGHT = 74
_TYPES_BY_YEAR = {
    "height": _HEIGHT,
    "mark": {"type": "bar"},
    "encoding": {
        "row": {
            "field": "drawn_name",
            "type": "nominal",
            "sort": [*(words for words, _ in SUPPORT_TYPES.values()), _NOT_DECIDED],
            "header": {"title": None, "labelAngle": 0, "labelAlign": "left", "labelAnchor": "middle"},
            "spacing": 12,
        },
        "x": {"field": "award_year", "type": "ordinal", "axis": {"title": None, "labelOverlap": True, "labelAngle": 0}},
        "y": {
            "field": "counted_usd",
            "type": "quantitative",
            "axis": {
                "title": None,
                "format": "~s",
                "tickCount": 2,
                "labelExpr": "datum.value ? replace(datum.label, 'G', 'B') : '0'",
            },
        },
        "color": {"field": "drawn_colour", "type": "nominal", "scale": None},
    },
}


def _types(release: Release, filters: AwardFilters) -> Exhibit:
    rows = by_support_type(release, filters)
    total = award_total(release, filters)
    whole = added(rows)
    told = [row | {"name": _type(row), "share": ratio(row["counted_usd"], whole)} for row in rows]
    made = made_of(release, filters, _SEVERAL, total=total)
    columns = (Column("name", "Type of support"), *sums(filters), Column("share", "Share of the rows", "share"))
    first = leaders([row for row in told if row["support_type"] != "unknown"])
    if not first:
        return nothing("support-types", columns, made, told, noun="type of support")
    drawn = bars(
        told,
        lambda row: row["name"],
        words=lambda row: f"{amount(row)}, {share(row['counted_usd'], whole)}",
        colour=lambda row: _colour(row["support_type"]),
    )
    names = " and ".join(row["name"].lower() for row in first)
    return Exhibit(
        "support-types",
        first_upper(f"{share(added(first), whole)} of the money is {names} support"),
        f"{'; '.join(_told(row) for row in told)}.",
        columns,
        told,
        made,
        reading="Direct support goes to those who run or build an infrastructure, adjacent support uses or extends it, "
        "adopt pays for taking it up.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        behind=lambda row: row["support_type"] and filters.narrowed(support_type=(row["support_type"],)),
    )


def _told(row: Row) -> str:
    return f"{first_upper(row['name'])}: {sum_words(row)}"


def _activities(release: Release, filters: AwardFilters) -> Exhibit:
    rows = by_activity(release, filters)
    whole = added(rows)
    told = [row | {"name": _activity(row), "share": ratio(row["counted_usd"], whole)} for row in rows]
    direct = filters.narrowed(support_type=("direct",))
    made = made_of(release, direct, "Of direct support only: what it pays for is read from the award's text.", _SEVERAL)
    columns = (Column("name", "Pays for"), *sums(filters), Column("share", "Share of direct support", "share"))
    known = [row for row in told if row["activity"]]
    first = leaders(known)
    if not first:
        return nothing("activities", columns, made, told, noun="kind of work")
    drawn = bars(
        told,
        lambda row: row["name"],
        words=lambda row: f"{amount(row)}, {share(row['counted_usd'], whole)}",
        colour=lambda row: _colour("direct" if row["activity"] else "unknown"),
    )
    return Exhibit(
        "activities",
        f"{listed([row['name'] for row in first])} {'take' if len(first) > 1 else 'takes'} most direct support",
        f"Of {rounded(whole)} of direct support, {'; '.join(_told(row) for row in told)}.",
        columns,
        told,
        made,
        reading="Each bar is the direct support that pays for one kind of work.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
    )


def _types_by_year(release: Release, filters: AwardFilters) -> Exhibit:
    found = by_support_type_and_year(release, filters)
    rows = [row | {"name": _type(row)} for row in found]
    rows.sort(key=lambda row: (row["award_year"] is None, row["award_year"] or 0, row["name"]))
    made = made_of(release, filters, "An award stands in the year of its first day.", _SEVERAL)
    columns = (Column("award_year", "Year", "year"), Column("name", "Type of support"), *sums(filters))
    dated = [row for row in rows if row["award_year"] is not None]
    if not added(dated):
        return nothing("support-types-by-year", columns, made, rows, noun="year")
    first, last = dated[0]["award_year"], dated[-1]["award_year"]
    return Exhibit(
        "support-types-by-year",
        _years_title(dated),
        f"{years(first, last)}: {'; '.join(_most_in(kind, of) for kind, of in _by_name(dated).items())}.",
        columns,
        rows,
        made,
        reading="One row a type of support, all to the same scale, in US dollars; each bar is a year.",
        drawing=_TYPES_BY_YEAR,
        drawn=_every_year(dated),
        drawn_note=_undated(rows),
        behind=lambda row: _behind(filters, row),
    )


def _years_title(dated: Sequence[Row]) -> str:
    kinds = [name for name, rows in _by_name(dated).items() if added(rows)]
    if len(kinds) == 1:
        return f"All dated money is {kinds[0].lower()} support"
    led = _years_led(dated)
    most = max(led.values(), default=0)
    first = [name.lower() for name in kinds if led.get(name) == most]
    among = counted(len({row["award_year"] for row in dated if row["counted_usd"]}), "year")
    if len(first) > 1:
        return f"{first_upper(listed(first))} support each lead in {most:,} of {among}"
    return f"{first_upper(first[0])} support leads in {most:,} of {among}"


def _years_led(dated: Sequence[Row]) -> Mapping[str, int]:
    """Return in how many years each type has most money, ties counted for each."""
    led: dict[str, int] = {}
    for year in {row["award_year"] for row in dated}:
        for row in leaders([row for row in dated if row["award_year"] == year]):
            led[row["name"]] = led.get(row["name"], 0) + 1
    return led


def _by_name(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    """Return the rows of each type, in the order of the vocabulary."""
    names = [*(words for words, _ in SUPPORT_TYPES.values()), _NOT_DECIDED]
    found = {name: [row for row in rows if row["name"] == name] for name in names}
    return {name: own for name, own in found.items() if own}


def _most_in(name: str, rows: Sequence[Row]) -> str:
    most = leaders(rows)
    if not most:
        return f"{name.lower()}, no money that counts"
    return f"{name.lower()} support {rounded(added(rows))}, most in {listed([str(row['award_year']) for row in most])}"


def _every_year(dated: Sequence[Row]) -> list[Row]:
    """Return a row for each type and year from the first to the last: a year without is a gap that is seen."""
    span = range(dated[0]["award_year"], dated[-1]["award_year"] + 1)
    drawn: list[Row] = []
    for name, own in _by_name(dated).items():
        known = {row["award_year"]: row for row in own}
        looks = {"drawn_name": name, "drawn_colour": _colour(own[0]["support_type"])}
        drawn += [known.get(year, {"award_year": year, "counted_usd": 0}) | looks for year in span]
    return drawn


def _undated(rows: Sequence[Row]) -> str:
    undated = added([row for row in rows if row["award_year"] is None])
    return f"{rounded(undated)} in awards whose year is unknown are in the table only." if undated else ""


def _behind(filters: AwardFilters, row: Row) -> AwardFilters | None:
    if row["support_type"] is None:
        return None
    year = row["award_year"]
    when = {"year_from": year, "year_to": year} if year else {"year_from": None, "year_to": None, "undated": "yes"}
    return filters.narrowed(support_type=(row["support_type"],), **when)


def _type(row: Row) -> str:
    return SUPPORT_TYPES[row["support_type"]][0] if row["support_type"] else _NOT_DECIDED


def _activity(row: Row) -> str:
    return ACTIVITIES[row["activity"]] if row["activity"] else "Unknown"


def _colour(support_type: str | None) -> str:
    return f"token:{support_type or 'unknown'}"


KINDS = (
    ExhibitKind("support-types", "Types of support", "kinds", _types, order=10),
    ExhibitKind("support-types-by-year", "Types of support over time", "kinds", _types_by_year, order=20),
    ExhibitKind("activities", "What direct support pays for", "kinds", _activities, order=30),
)
