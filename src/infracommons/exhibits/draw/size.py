"""Fits a drawing into a width: one view by the engine itself, several by drawing once and mending the width."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from infracommons.exhibits.draw.words import room_for_bars

Spec = dict[str, Any]
Measure = Callable[[Spec], float]
_OPERATORS = ("facet", "repeat", "concat", "hconcat", "vconcat")
_CHANNELS = ("column", "facet", "row")  # that cut a view into several
_NARROW = 400  # pixels: below it views stand under each other
_LEAST = 60  # pixels of one view
_A_VIEW = 240  # pixels that a view gets where nobody says how many stand in a line
_AXIS = 90  # pixels that an axis of figures takes at most
_MAP = 0.44  # of the width of a map of the world without Antarctica is its height
_PADDING = 12  # pixels around a view, both sides together
_WIDTH = re.compile(r'<svg[^>]* width="([\d.]+)"')


def sized(spec: Spec, width: int, letters: int, measure: Measure) -> Spec:
    """Return the specification drawn `width` pixels wide, axes and words beside its marks included.

    A width in the specification is the most that a view gets; a step for each value is kept, whatever it comes to.
    A map is as high as its width asks. Where bars would vanish between names (in lines of so many `letters`) and
    words, the drawing is wider.
    `measure` draws a specification and returns its width in pixels; it is only asked where several views are cut.
    """
    asked = spec.get("width")
    if isinstance(asked, Mapping):
        return spec
    if "projection" in spec:
        # Nothing stands beside a map, so that its width is known without the engine drawing it twice to see.
        return {**spec, "width": width - _PADDING, "height": round(_MAP * width)}
    if not _is_cut(spec):
        return spec if asked and asked + _AXIS <= width else {**spec, **_fitted(spec, width, letters)}
    whole = _stacked(spec) if width < _NARROW else spec
    across = _across(whole, width)
    cell = min(asked or width, max(_LEAST, width // across - _LEAST))
    mended = cell + int(width - measure(_with_cells(whole, cell))) // across
    return _with_cells(whole, max(_LEAST, mended if asked is None else min(asked, mended)))


def _fitted(spec: Spec, width: int, letters: int) -> Spec:
    """Return what fits one view with its axes into a width; words behind bars the engine leaves out of account."""
    room = room_for_bars(spec, width, letters)
    if room is None:
        return {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return {"width": max(_LEAST, int(room))}


def drawn_width(svg: str) -> float:
    """Return the width of a drawing in pixels."""
    found = _WIDTH.search(svg)
    return float(found[1]) if found else 0


def _is_cut(spec: Mapping[str, Any]) -> bool:
    cut = any(channel in spec.get("encoding", {}) for channel in _CHANNELS)
    return cut or any(operator in spec for operator in _OPERATORS)


def _across(spec: Mapping[str, Any], width: int) -> int:
    """Return how many views stand beside each other."""
    encoding, facet = spec.get("encoding", {}), spec.get("facet", {})
    if "hconcat" in spec:
        return len(spec["hconcat"])
    column = encoding.get("column") or facet.get("column")
    if column:
        return max(1, _values(spec, column))
    if not _is_cut(spec) or "vconcat" in spec or "row" in encoding or "row" in facet:
        return 1
    columns = spec.get("columns") or encoding.get("facet", {}).get("columns") or facet.get("columns")
    return columns or max(1, width // _A_VIEW)


def _values(spec: Mapping[str, Any], channel: Mapping[str, Any]) -> int:
    """Return how many values the field of a channel has in the data of the specification."""
    return len({row.get(channel.get("field")) for row in spec.get("data", {}).get("values", [])})


def _stacked(spec: Spec) -> Spec:
    """Return the specification with its views under each other."""
    encoding = spec.get("encoding", {})
    if "facet" in encoding:
        return {**spec, "encoding": {**encoding, "facet": {**encoding["facet"], "columns": 1}}}
    if "hconcat" in spec:
        return {**{key: part for key, part in spec.items() if key != "hconcat"}, "vconcat": spec["hconcat"]}
    return {**spec, "columns": 1} if any(key in spec for key in ("facet", "repeat", "concat")) else spec


def _with_cells(spec: Spec, cell: int) -> Spec:
    """Return the specification with each view `cell` pixels wide, its axes beside that."""
    for operator in ("concat", "hconcat", "vconcat"):
        if operator in spec:
            return {**spec, operator: [_with_cells(view, cell) for view in spec[operator]]}
    if "spec" in spec:
        return {**spec, "spec": _with_cells(spec["spec"], cell)}
    return {**spec, "width": cell}
