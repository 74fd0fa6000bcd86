"""What relies on what: the network of integrations, the money behind its hubs, and what would go with one of them."""

from collections.abc import Sequence
from typing import Any

import networkx as nx

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind, Made
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.characteristics import chosen
from infracommons.insights.infrastructures import infrastructure_facts
from infracommons.insights.release import Release, Row
from infracommons.insights.reliance import edges, reliance, touched
from infracommons.vocabulary.figures import counted

MOST_NODES, MOST_POINTS = 60, 200
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
_PLACE: dict[str, Any] = {
    "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"padding": 30}},
    "y": {"field": "y", "type": "quantitative", "axis": None, "scale": {"padding": 24}},
}
_NETWORK = {
    "height": 560,
    "width": 700,
    "layer": [
        {
            "transform": [{"filter": "datum.part == 'edge'"}],
            "mark": {"type": "rule", "color": "token:line", "strokeWidth": 1},
            "encoding": _PLACE | {"x2": {"field": "x2"}, "y2": {"field": "y2"}},
        },
        {
            "transform": [{"filter": "datum.part == 'node'"}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": "token:paper", "strokeWidth": 1},
            "encoding": _PLACE
            | {
                "size": {
                    "field": "relied_on_by",
                    "type": "quantitative",
                    "scale": {"rangeMin": 40, "rangeMax": 900},
                    "legend": {"title": "Relied on by", "orient": "bottom", "tickCount": 3, "format": "d"},
                },
                "color": {
                    "field": "money",
                    "type": "nominal",
                    "scale": {
                        "domain": ["One funder", "Several funders", "No award known"],
                        "range": ["token:adjacent", "token:direct", "token:unknown"],
                    },
                    "legend": {"title": "Known money", "orient": "bottom"},
                },
                "shape": {
                    "field": "money",
                    "type": "nominal",
                    "scale": {
                        "domain": ["One funder", "Several funders", "No award known"],
                        "range": ["diamond", "circle", "square"],
                    },
                },
            },
        },
        {
            "transform": [{"filter": "datum.part == 'node' && datum.label"}],
            "mark": {"type": "text", "dy": -13, "fontSize": 11, "color": "token:ink"},
            "encoding": _PLACE | {"text": {"field": "label"}},
        },
    ],
}
_SCATTER = {
    "height": 320,
    "layer": [
        {"mark": {"type": "point", "filled": True, "size": 70, "color": "token:accent"}},
        {
            "transform": [{"filter": f"datum.relied_on_by >= {RELIED_ON}"}],
            "mark": {"type": "text", "dy": -11, "fontSize": 11, "color": "token:ink"},
            "encoding": {"text": {"field": "name"}},
        },
    ],
    "encoding": {
        "x": {
            "field": "relied_on_by",
            "type": "quantitative",
            "axis": {"title": "Infrastructures that rely on it", "tickMinStep": 1, "format": "d"},
        },
        "y": {
            "field": "top_share",
            "type": "quantitative",
            "scale": {"domain": [0, 1.05]},
            "axis": {
                "title": "Part of its known money from its largest funder",
                "format": ".0%",
                "values": [0, 0.5, 1],
            },
        },
    },
}
_NOT_SAID = "Only integrations that the catalogue has evidence of; none known does not mean none."


def _network(release: Release, filters: AwardFilters) -> Exhibit:
    name = "reliance"
    rows, made = reliance(release, filters), _made(release, filters)
    if not rows:
        return Exhibit(name, "No integration is known yet", _nothing(release, filters), _COLUMNS, [], made)
    first, holding = rows[0], [row for row in rows if row["cut_off"]]
    drawn = rows[:MOST_NODES]
    return Exhibit(
        name,
        f"{first['name']} is relied on most: by {first['relied_on_by']:,} others",
        f"{counted(len(rows), 'infrastructure')} of {chosen(release, filters):,} are in the network. "
        f"{first['name']} is relied on by {first['relied_on_by']:,} directly and {first['dependants']:,} directly or "
        f"through others. Without any one of {len(holding):,} of them, others would be cut off from the rest.",
        _COLUMNS,
        rows,
        made,
        reading="A line joins two infrastructures that work together. A larger sign is relied on by more; a diamond "
        "has a single known funder, a square no known award.",
        drawing=_NETWORK,
        drawn=_drawn(release, drawn),
        drawn_note=f"The {len(drawn)} most relied on of {len(rows):,} are drawn." if len(drawn) < len(rows) else "",
        behind=lambda row: filters.narrowed(infrastructure=(row["infrastructure_id"],)),
    )


def _drawn(release: Release, nodes: Sequence[Row]) -> list[Row]:
    """Return edges and nodes with their places, the same for the same release; those that work together are near."""
    shown = {row["infrastructure_id"]: row for row in nodes}
    graph = nx.Graph()
    graph.add_nodes_from(shown)
    graph.add_edges_from(
        (edge["infrastructure_id"], edge["other_id"])
        for edge in edges(release)
        if edge["infrastructure_id"] in shown and edge["other_id"] in shown
    )
    at = nx.spring_layout(graph, seed=1, k=2.2 / max(1, len(shown)) ** 0.5, iterations=120)
    place = {one: (round(float(x), 3), round(float(y), 3)) for one, (x, y) in at.items()}
    lines: list[Row] = [
        {"part": "edge", "x": place[a][0], "y": place[a][1], "x2": place[b][0], "y2": place[b][1]}
        for a, b in graph.edges
    ]
    return lines + [
        {
            "part": "node",
            "x": place[slug][0],
            "y": place[slug][1],
            "label": row["name"] if rank < MOST_NODES // 2 else "",
            "relied_on_by": row["relied_on_by"],
            "money": _money(row),
        }
        for rank, (slug, row) in enumerate(shown.items())
    ]


def _money(row: Row) -> str:
    if row["funders"] is None:
        return "No award known"
    return "One funder" if row["funders"] == 1 else "Several funders"


def _risk(release: Release, filters: AwardFilters) -> Exhibit:
    name = "reliance-risk"
    every, made = reliance(release, filters), _made(release, filters)
    rows = [row for row in every if row["top_share"] is not None and row["relied_on_by"]]
    if not rows:
        said = "No infrastructure that others rely on has a known award. " + _NOT_SAID
        return Exhibit(name, "Nothing to compare yet", said, _COLUMNS, [], made)
    hubs = [row for row in rows if row["relied_on_by"] >= RELIED_ON]
    alone = [row for row in hubs if row["funders"] == 1]
    return Exhibit(
        name,
        f"{len(alone):,} of {counted(len(hubs), 'much relied-on infrastructure')} "
        f"{'has' if len(alone) == 1 else 'have'} one funder",
        f"{RELIED_ON} others or more rely on {counted(len(hubs), 'infrastructure')} with known awards; {len(alone):,} "
        f"of these {'gets' if len(alone) == 1 else 'get'} all from one funder. {_NOT_SAID}",
        _COLUMNS,
        rows,
        made,
        reading="Further right, more rely on it; further up, more of its known money comes from one funder.",
        drawing=_SCATTER,
        drawn=rows[:MOST_POINTS],
        drawn_note=f"The {MOST_POINTS} most relied on of {len(rows):,} are drawn." if len(rows) > MOST_POINTS else "",
        behind=lambda row: filters.narrowed(infrastructure=(row["infrastructure_id"],), counted="yes"),
    )


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
        f"{near:,} rely on it directly and {len(rows) - near:,} through others. {_NOT_SAID}",
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
