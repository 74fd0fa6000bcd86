"""What ends when, where money paused, and the awards of an infrastructure as spans of time."""

from datetime import date
from decimal import Decimal
from typing import Any

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.continuity import MONTHS_AHEAD, continuity_of_each, day_of, endings, running, timeline
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted, day, rounded

MOST_SPANS, MOST_BARS = 40, 30
MOST_AWARDS = 2_000  # that are shown one by one
_LOOKS_AHEAD = "Looked at from the day on which the release was made, {}."
_ENDINGS = (
    Column("month", "Month", "month"),
    Column("awards", "Awards that end", "count"),
    Column("counted_usd", "USD of these, whole", "usd"),
    Column("counted", "Of these counted", "count"),
    Column("infrastructures", "Infrastructures", "count"),
)
_EACH = (
    Column("name", "Infrastructure"),
    Column("awards", "Awards", "count"),
    Column("running", "Running", "count"),
    Column("last_end", "Last known end", "date"),
    Column("months_left", "Months left", "count"),
    Column("gaps", "Pauses of over 30 days", "count"),
    Column("longest_gap_days", "Longest pause, days", "count"),
    Column("no_end", "Awards without a last day", "count"),
)
_SPANS = (
    Column("title", "Award"),
    Column("funder_name", "Funder"),
    Column("start_date", "First day", "date"),
    Column("end_date", "Last day", "date"),
    Column("counted_usd", "USD", "usd"),
    Column("support_types", "Kind of support"),
)
_BY_MONTH = {
    "height": 240,
    "mark": {"type": "bar"},
    "encoding": {
        "x": {
            "field": "month",
            "type": "ordinal",
            "timeUnit": "yearmonth",
            "axis": {"title": None, "format": "%b %Y", "labelAngle": -45, "labelOverlap": True},
        },
        "y": {"field": "awards", "type": "quantitative", "axis": {"title": "Awards that end", "tickMinStep": 1}},
    },
}
_LEFT = {
    "height": {"step": 22},
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "months_left",
            "type": "quantitative",
            "axis": {"title": "Months until its last known award ends", "tickMinStep": 1},
        },
    },
}
_TIMELINE = {
    "height": {"step": 24},
    "transform": [
        {"calculate": "toDate(datum.end_date || datum.start_date)", "as": "until"},
        {"calculate": "isValid(datum.end_date) ? 'known' : 'unknown'", "as": "end"},
    ],
    "encoding": {
        "y": {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 320}},
        "x": {"field": "start_date", "type": "temporal", "axis": {"title": None, "format": "%Y", "tickCount": 8}},
    },
    "layer": [
        {
            "mark": {"type": "bar", "height": 12},
            "encoding": {"x2": {"field": "until"}},
            "transform": [{"filter": "datum.end == 'known'"}],
        },
        {
            "mark": {"type": "point", "shape": "triangle-right", "filled": True, "size": 90, "color": "token:unknown"},
            "transform": [{"filter": "datum.end == 'unknown'"}],
        },
    ],
}


def _ending(release: Release, filters: AwardFilters) -> Exhibit:
    name, today = "endings", day_of(release)
    rows = endings(release, filters)
    standing = running(release, filters)
    made = made_of(release, filters, _LOOKS_AHEAD.format(day(today)), _without_end(standing))
    soon = sum(row["awards"] for row in rows)
    if not soon:
        title = f"No award is known to end in the next {MONTHS_AHEAD} months"
        said = f"{_known_to_run(standing)} known to run on {day(today)}. "
        return Exhibit(name, title, said + _without_end(standing), _ENDINGS, rows, made)
    money = sum((row["counted_usd"] for row in rows), Decimal(0))
    first = next(row for row in rows if row["awards"])
    return Exhibit(
        name,
        f"{counted(soon, 'award')} {'ends' if soon == 1 else 'end'} within {MONTHS_AHEAD} months",
        f"{_of_running(standing['running'], soon, today)} by the end of "
        f"{rows[-1]['month']:%B %Y}, with {rounded(money)} in all{_first(soon, first)}. " + _without_end(standing),
        _ENDINGS,
        rows,
        made,
        reading="Each bar counts the awards whose last day is in a month.",
        drawing=_BY_MONTH,
    )


def _known_to_run(standing: Row) -> str:
    number, awards = standing["running"], counted(standing["awards"], "award")
    return f"{number:,} of {awards} {'is' if number == 1 else 'are'}" if number else "No award is"


def _of_running(awards: int, soon: int, today: date) -> str:
    if awards == 1:
        return f"The only award that is known to run on {day(today)} ends"
    return f"Of {awards:,} awards that run on {day(today)}, {soon:,} {'ends' if soon == 1 else 'end'}"


def _first(soon: int, row: Row) -> str:
    return f", in {row['month']:%B %Y}" if soon == 1 else f"; the first in {row['month']:%B %Y}"


def _each(release: Release, filters: AwardFilters) -> Exhibit:
    name, today = "continuity", day_of(release)
    rows = continuity_of_each(release, filters)
    standing = running(release, filters)
    made = made_of(release, filters, _LOOKS_AHEAD.format(day(today)), _without_end(standing))
    if not rows:
        return Exhibit(name, "No award to look at", "No award matches.", _EACH, [], made)
    going = [row for row in rows if row["running"]]
    soon = sum(row["months_left"] < MONTHS_AHEAD for row in going)
    paused = sum(row["gaps"] > 0 for row in rows)
    drawn = going[:MOST_BARS]
    return Exhibit(
        name,
        f"The last known award of {counted(soon, 'infrastructure')} ends within {MONTHS_AHEAD} months"
        if going
        else "No infrastructure has an award that is known to run",
        f"Of {counted(len(rows), 'infrastructure')} with awards, {len(going):,} {'has' if len(going) == 1 else 'have'} "
        f"one that is known to run on {day(today)}, and {paused:,} had a pause of over 30 days between two. "
        + _without_end(standing),
        _EACH,
        rows,
        made,
        reading="Each bar is the time until the last known award of an infrastructure ends; the shortest comes first.",
        drawing=_LEFT if drawn else None,
        drawn=drawn,
        drawn_note=f"{len(drawn)} of {len(going):,} with a running award are drawn." if len(drawn) < len(going) else "",
        behind=lambda row: filters.narrowed(infrastructure=(row["infrastructure_id"],)),
    )


def _timeline(release: Release, filters: AwardFilters) -> Exhibit:
    made = made_of(release, filters, _LOOKS_AHEAD.format(day(day_of(release))))
    if made.awards > MOST_AWARDS:
        said = (
            f"{made.awards:,} awards match; choose an infrastructure or a funder, so that at most {MOST_AWARDS:,} do."
        )
        return Exhibit("timeline", "Too many awards to show one by one", said, _SPANS, [], made)
    rows = timeline(release, filters)
    undated = made.awards - len(rows)
    said = (
        f"{counted(undated, 'award')} of {made.awards:,} without a known first day cannot be shown." if undated else ""
    )
    if not rows:
        return Exhibit("timeline", "No award with a date", said or "No award matches.", _SPANS, [], made)
    largest = sorted(rows, key=lambda row: (-(row["counted_usd"] or 0), row["award_id"]))[:MOST_SPANS]
    drawn = sorted(largest, key=lambda row: (row["start_date"], row["award_id"]))
    open_ended = sum(row["end_date"] is None for row in rows)
    first, last = rows[0]["start_date"], rows[-1]["start_date"]
    return Exhibit(
        "timeline",
        f"{counted(len(rows), 'award')} since {first.year}",
        (_begun(len(rows), first, last, open_ended) + said).rstrip(),
        _SPANS,
        rows,
        made,
        reading="Each bar is an award from its first to its last day; a triangle is one whose last day is unknown.",
        drawing=_TIMELINE,
        drawn=[_labelled(row, place) for place, row in enumerate(drawn, start=1)],
        drawn_note=f"The {len(drawn)} largest of {len(rows):,} are drawn." if len(drawn) < len(rows) else "",
        behind=None,
    )


def _begun(awards: int, first: date, last: date, open_ended: int) -> str:
    """Return when the awards begin, and of how many the end is unknown, with a space after it."""
    verb = "begins" if awards == 1 else "begin"
    when = f"on {day(first)}" if first == last else f"between {day(first)} and {day(last)}"
    ends = f"the last day of {open_ended:,} is unknown" if open_ended else "every last day is known"
    if awards == 1:
        ends = f"its last day is {'unknown' if open_ended else 'known'}"
    return f"{counted(awards, 'award')} {verb} {when}; {ends}. "


def _labelled(row: Row, place: int) -> dict[str, Any]:
    """Return a span with a label of its own, for two awards may have one title."""
    title = row["title"] or "untitled"
    return row | {"label": f"{place}. {title if len(title) <= 48 else title[:47] + '…'}"}  # noqa: PLR2004 - fits


def _without_end(standing: Row) -> str:
    number = standing["no_end"]
    if not number:
        return "Every award has a last day."
    return f"{counted(number, 'award')} of {standing['awards']:,} {'has' if number == 1 else 'have'} no known last day."


KINDS = (
    ExhibitKind("endings", f"What ends in the next {MONTHS_AHEAD} months", "risk", _ending, 30),
    ExhibitKind("continuity", "How long the known money of each infrastructure lasts", "risk", _each, 31),
    ExhibitKind("timeline", "Awards as spans of time", "risk", _timeline, 32),
)
