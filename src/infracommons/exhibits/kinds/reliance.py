"""What relies on what: the network of integrations, the money behind its hubs, and what would go with one of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from infracommons.exhibits.draw.apart import Box, apart
from infracommons.exhibits.draw.words import pixels
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind, Made
from infracommons.exhibits.findings import leaders, listed
from infracommons.exhibits.made import made_of
from infracommons.exhibits.network import DRAWING, MOST_NODES, drawn, joined
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.characteristics import chosen
from infracommons.insights.infrastructures import infrastructure_facts
from infracommons.insights.release import Release, Row
from infracommons.insights.reliance import edges, reliance, touched
from infracommons.vocabulary.figures import counted

MOST_POINTS, MOST_NAMES, NAMES_NARROW = 200, 12, 2
RELIED_ON = 3  # by so many others, an infrastructure is called much relied on
_COLUMNS = (
    Column("name", "Infrastructure"),
    Column("relied_on_by", "Relied on by", "count"),
    Column("dependants", "Directly or through others", "count"),
    Column("relies_on", "Relies on", "count"),
    Column("cut_off", "Cut off without it", "count"),
    Column("counted_usd", "USD known", "usd"),
    Column("funders", "Funders", "count"),
    Column("top_funder_name", "Largest funder"),
    Column("top_share", "Its share", "share"),
)
_TOUCHED = (
    Column("name", "Infrastructure"),
    Column("steps", "Steps away", "count"),
    Column("through", "Relies on"),
    Column("link", "Where that is said"),
)
_WIDTH, _HEIGHT, _ABOVE = 600, 320, 1.15  # of the drawing in pixels; how far its upright axis goes
_SHARE = {
    "field": "top_share",
    "type": "quantitative",
    "scale": {"domain": [0, _ABOVE], "nice": False},
    "axis": {
        "title": "Part of its known money from its largest funder",
        "format": ".0%",
        "values": [0, 0.25, 0.5, 0.75, 1],
    },
}
_LINE, _NARROW = 15, 400  # pixels of a line of a name, and of a drawing with room for few names
_NOT_SAID = "Only integrations that the catalogue names; that none is known does not mean that there is none."


def _network(release: Release, filters: AwardFilters) -> Exhibit:
    name = "reliance"
    rows, made = reliance(release, filters), _made(release, filters)
    if not rows:
        return Exhibit(name, "No integration is known yet", _nothing(release, filters), _COLUMNS, [], made)
    nodes, lines = joined(rows, ((edge["infrastructure_id"], edge["other_id"]) for edge in edges(release)))
    return Exhibit(
        name,
        _most_relied_on(rows),
        _who_is_in(rows, chosen(release, filters)),
        _COLUMNS,
        rows,
        made,
        reading="A line joins two infrastructures that work together. A larger sign is relied on by more; a diamond "
        "has a single known funder, a square no known award.",
        drawing=DRAWING if nodes else None,
        drawn=drawn(nodes, lines),
        drawn_note=_note(len(nodes), len(rows)),
        behind=lambda row: _awards_of(row, filters),
    )


def _most_relied_on(rows: Sequence[Row]) -> str:
    first = leaders(rows, "relied_on_by")
    if not first:
        return "None of these is known to be relied on"
    each = " each" if len(first) > 1 else ""
    return (
        f"{listed([row['name'] for row in first])} {'are' if each else 'is'} relied on most: "
        f"by {counted(first[0]['relied_on_by'], 'other')}{each}"
    )


def _who_is_in(rows: Sequence[Row], total: int) -> str:
    said = f"{len(rows):,} of {counted(total, 'infrastructure')} {'is' if len(rows) == 1 else 'are'} in the network."
    if first := leaders(rows, "dependants"):
        names = listed([row["name"] for row in first])
        said += f" Directly or through others, most rely on {names}: {first[0]['dependants']:,}"
        said += " each." if len(first) > 1 else "."
    holding = [row["name"] for row in rows if row["cut_off"]]
    if not holding:
        return f"{said} None of them alone keeps others joined to the rest."
    without = holding[0] if len(holding) == 1 else f"any one of {len(holding):,} of them"
    return f"{said} Without {without}, others would be cut off from the rest."


def _note(nodes: int, rows: int) -> str:
    if not 0 < nodes < rows:
        return ""
    return f"{nodes:,} of {rows:,} are drawn: those among the {MOST_NODES} most relied on that work with one another."


def _awards_of(row: Row, filters: AwardFilters) -> AwardFilters | None:
    """Return the filters that list the awards behind a row; None where none is known."""
    if row["counted_usd"] is None:
        return None
    return filters.narrowed(infrastructure=(row["infrastructure_id"],), counted="yes")


def _risk(release: Release, filters: AwardFilters) -> Exhibit:
    name = "reliance-risk"
    every, made = reliance(release, filters), _made(release, filters)
    rows = [row for row in every if row["top_share"] is not None and row["relied_on_by"]]
    if not rows:
        said = f"No infrastructure that others rely on has a known award. {_NOT_SAID}"
        return Exhibit(name, "Nothing to compare yet", said, _COLUMNS, [], made)
    hubs = [row for row in rows if row["relied_on_by"] >= RELIED_ON]
    alone = sum(row["funders"] == 1 for row in hubs)
    points = rows[:MOST_POINTS]
    return Exhibit(
        name,
        _alone(alone, len(hubs)),
        f"{RELIED_ON} others or more rely on {counted(len(hubs), 'infrastructure')} with known awards; {alone:,} "
        f"of these {'gets' if alone == 1 else 'get'} all from one funder. {_NOT_SAID}",
        _COLUMNS,
        rows,
        made,
        reading="Further right, more rely on it; further up, more of its known money comes from one funder.",
        drawing=_scatter(rows[0]["relied_on_by"]),
        drawn=[{"part": "point", **row} for row in points] + _names(points),
        drawn_note=f"The {MOST_POINTS} most relied on of {len(rows):,} are drawn." if len(rows) > MOST_POINTS else "",
        behind=lambda row: _awards_of(row, filters),
    )


def _alone(alone: int, hubs: int) -> str:
    if not hubs:
        return "None with a known award is much relied on"
    much = counted(hubs, "much relied-on infrastructure")
    return f"{alone:,} of {much} {'has' if alone == 1 or hubs == 1 else 'have'} one known funder"


def _scatter(most: int) -> Mapping[str, Any]:
    """Return the drawing of points from no to `most` others that rely on it."""
    x = {
        "field": "relied_on_by",
        "type": "quantitative",
        "scale": {"domain": [0, _end(most)], "nice": False},
        "axis": {"title": "Infrastructures that rely on it", "tickMinStep": 1, "format": "d"},
    }
    point = {"type": "point", "filled": True, "size": 70, "color": "token:accent"}
    said = f"width > {_NARROW} || datum.rank < {NAMES_NARROW} ? 1 : 0"
    text = {"type": "text", "fontSize": 11, "color": "token:ink", "opacity": {"expr": said}}
    return {
        "height": _HEIGHT,
        "width": _WIDTH,
        "layer": [
            {"transform": [{"filter": "datum.part == 'point'"}], "mark": point},
            {
                "transform": [{"filter": "datum.part == 'name'"}],
                "mark": text,
                "encoding": {"text": {"field": "name"}},
            },
        ],
        "encoding": {"x": x, "y": _SHARE},
    }


def _names(points: Sequence[Row]) -> list[Row]:
    """Return the names of the most relied on, at their points but apart; those of one point are named together."""
    end = _end(points[0]["relied_on_by"])
    there: dict[tuple[int, float], list[str]] = {}
    for row in points:
        if row["relied_on_by"] >= RELIED_ON:
            there.setdefault((row["relied_on_by"], round(row["top_share"], 2)), []).append(row["name"])
    labels = {place: listed(names) for place, names in list(there.items())[:MOST_NAMES]}
    boxes = [
        Box(x / end * _WIDTH, (1 - y / _ABOVE) * _HEIGHT - _LINE, pixels(label), _LINE)
        for (x, y), label in labels.items()
    ]
    return [
        {
            "part": "name",
            "relied_on_by": round(box.x / _WIDTH * end, 3),
            "top_share": round((1 - box.y / _HEIGHT) * _ABOVE, 3),
            "name": label,
            "rank": rank,
        }
        for rank, (box, label) in enumerate(zip(apart(boxes, _WIDTH, _HEIGHT), labels.values(), strict=True))
    ]


def _end(most: int) -> float:
    """Return where the axis ends, a little behind the last point."""
    return most + max(0.5, most / 20)


def _without(release: Release, filters: AwardFilters) -> Exhibit:
    name, gone = "reliance-without", filters.infrastructure
    made = _made(release, filters)
    if not gone:
        said = "Choose one infrastructure or more in the filters to see what relies on it, directly or through others."
        return Exhibit(name, "Choose an infrastructure", said, _TOUCHED, [], made)
    facts = (infrastructure_facts(release, slug) for slug in gone)
    who = " and ".join(fact["name"] for fact in facts if fact)
    rows = touched(release, gone)
    if not rows:
        return Exhibit(name, f"Nothing is known to rely on {who}", f"No evidence yet. {_NOT_SAID}", _TOUCHED, [], made)
    near = sum(row["steps"] == 1 for row in rows)
    return Exhibit(
        name,
        f"Without {who}, {counted(len(rows), 'infrastructure')} would be touched",
        f"{near:,} {'relies' if near == 1 else 'rely'} on {'it' if len(gone) == 1 else 'one of them'} directly and "
        f"{len(rows) - near:,} through others. {_NOT_SAID}",
        _TOUCHED,
        rows,
        made,
    )


def _made(release: Release, filters: AwardFilters) -> Made:
    return made_of(release, filters, "The network is made of the integrations in the catalogue.", _NOT_SAID)


def _nothing(release: Release, filters: AwardFilters) -> str:
    return f"Of {counted(chosen(release, filters), 'infrastructure')} no integration is in this release. {_NOT_SAID}"


KINDS = (
    ExhibitKind("reliance", "What is relied on most", "reliance", _network, 10),
    ExhibitKind("reliance-risk", "Much relied on, few funders", "reliance", _risk, 11),
    ExhibitKind(
        "reliance-without", "Without this infrastructure", "reliance", _without, 12, frozenset({"infrastructure"})
    ),
)
