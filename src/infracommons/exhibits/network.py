"""Draws a network of reliance: those that work together near each other, no sign or name over another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from infracommons.exhibits.draw.apart import Box, apart
from infracommons.exhibits.draw.words import pixels
from infracommons.insights.release import Row

MOST_NODES = 100  # of which lines are drawn; more would be a knot
_NAMED, _NAMED_NARROW = 25, 6  # the most relied on have their names beside them, fewer on a telephone
_WIDTH, _HEIGHT = 620, 560
_LEAST_SIZE, _MOST_SIZE = 40, 700  # of a sign, in square pixels
_LINE = 15  # pixels of a line of a name
_LETTERS = 11 / 13  # size of a name in parts of other text
_MONEY = ["One funder", "Several funders", "No award known"]
_PLACE: dict[str, Any] = {
    "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, _WIDTH], "nice": False}},
    "y": {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, _HEIGHT], "nice": False, "reverse": True},
    },
}
DRAWING: Mapping[str, Any] = {
    "height": _HEIGHT,
    "width": _WIDTH,
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
                    "scale": {"rangeMin": _LEAST_SIZE, "rangeMax": _MOST_SIZE, "zero": True, "nice": False},
                    "legend": {"title": "Relied on by", "orient": "bottom", "tickCount": 3, "format": "d"},
                },
                "color": {
                    "field": "money",
                    "type": "nominal",
                    "scale": {"domain": _MONEY, "range": ["token:adjacent", "token:direct", "token:unknown"]},
                    "legend": {"title": "Known money", "orient": "top"},
                },
                "shape": {
                    "field": "money",
                    "type": "nominal",
                    "scale": {"domain": _MONEY, "range": ["diamond", "circle", "square"]},
                },
            },
        },
        {
            # A field of their own, or names would be taken for words behind bars, which need room to the right.
            "transform": [{"filter": "datum.part == 'name'"}, {"calculate": "datum.x", "as": "middle"}],
            "mark": {
                "type": "text",
                "fontSize": 11,
                "color": "token:ink",
                "opacity": {"expr": f"width > 400 || datum.rank < {_NAMED_NARROW} ? 1 : 0"},
            },
            "encoding": _PLACE | {"x": {**_PLACE["x"], "field": "middle"}, "text": {"field": "label"}},
        },
    ],
}


def joined(ranked: Sequence[Row], pairs: Iterable[tuple[str, str]]) -> tuple[list[Row], list[tuple[str, str]]]:
    """Return those of the first rows that a pair joins to another of them, and these pairs, each once."""
    first = {row["infrastructure_id"] for row in ranked[:MOST_NODES]}
    lines = sorted({(min(a, b), max(a, b)) for a, b in pairs if a in first and b in first})
    ends = {end for line in lines for end in line}
    return [row for row in ranked[:MOST_NODES] if row["infrastructure_id"] in ends], lines


def drawn(nodes: Sequence[Row], lines: Sequence[tuple[str, str]]) -> list[Row]:
    """Return the rows of the drawing: lines, signs and names with their places, the same for the same network."""
    most = max((row["relied_on_by"] for row in nodes), default=0)
    boxes = _boxes(nodes, lines, most)
    at = {row["infrastructure_id"]: box for row, box in zip(nodes, boxes, strict=True)}
    signs = {slug: (round(box.x, 1), round(box.y + _raised(rank), 1)) for rank, (slug, box) in enumerate(at.items())}
    edges: list[Row] = [
        {"part": "edge", "x": signs[a][0], "y": signs[a][1], "x2": signs[b][0], "y2": signs[b][1]} for a, b in lines
    ]
    named = zip(nodes[:_NAMED], boxes[:_NAMED], strict=True)
    return (
        edges
        + [_sign(row, signs[row["infrastructure_id"]]) for row in nodes]
        + [_name(row, box, rank) for rank, (row, box) in enumerate(named)]
    )


def _boxes(nodes: Sequence[Row], lines: Sequence[tuple[str, str]], most: int) -> list[Box]:
    """Return the box of each sign with its name, apart from the others."""
    places = _places([row["infrastructure_id"] for row in nodes], lines)
    boxes = []
    for rank, row in enumerate(nodes):
        x, y = places[row["infrastructure_id"]]
        side = _side(row["relied_on_by"], most)
        wide = max(side, pixels(row["name"]) * _LETTERS) if rank < _NAMED else side
        boxes.append(Box(x * _WIDTH, y * _HEIGHT, wide, side + 2 * _raised(rank)))
    return apart(boxes, _WIDTH, _HEIGHT)


def _places(slugs: Sequence[str], lines: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return a place of each from 0 to 1, near those it is joined to; crowds are spread by their order."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(slugs)
    graph.add_edges_from(lines)
    at = nx.spring_layout(graph, seed=1, iterations=100)
    across, down = ({one: float(at[one][axis]) for one in slugs} for axis in (0, 1))
    ordered = _spread(across), _spread(down)
    return {one: (ordered[0][one], ordered[1][one]) for one in slugs}


def _spread(values: Mapping[str, float]) -> dict[str, float]:
    """Return each value's place in the order, from 0 to 1."""
    order = sorted(values, key=lambda one: (values[one], one))
    return {one: (place + 0.5) / len(order) for place, one in enumerate(order)}


def _side(number: int, most: int) -> float:
    """Return how many pixels a sign is wide, as the scale of the drawing has it."""
    return float((_LEAST_SIZE + (_MOST_SIZE - _LEAST_SIZE) * number / max(1, most)) ** 0.5)


def _raised(rank: int) -> float:
    """Return how far below the middle of its box a sign stands: a name above it takes a line."""
    return _LINE / 2 if rank < _NAMED else 0.0


def _sign(row: Row, at: tuple[float, float]) -> Row:
    return {"part": "node", "x": at[0], "y": at[1], "relied_on_by": row["relied_on_by"], "money": _money(row)}


def _name(row: Row, box: Box, rank: int) -> Row:
    top = box.y - box.height / 2 + _LINE / 2
    return {"part": "name", "x": round(box.x, 1), "y": round(top, 1), "label": row["name"], "rank": rank}


def _money(row: Row) -> str:
    if row["funders"] is None:
        return "No award known"
    return "One funder" if row["funders"] == 1 else "Several funders"
