"""Breaks long names beside an axis, and long titles under one, into lines, and gives rows the height they need."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

_LINE = 16  # pixels of a line of text
_GAP = 8  # pixels between the names of two rows
_NAMES = {"nominal", "ordinal"}

Spec = Mapping[str, Any]


def with_labels(drawing: Spec, rows: Sequence[Spec], letters: int) -> dict[str, Any]:
    """Return the drawing with the names on its vertical axis broken after `letters`, titles below after twice as many.

    An axis that says its labels itself keeps them.
    """
    titled = _with_titles(dict(drawing), 2 * letters)
    y = _named_axis(drawing)
    if y is None:
        return titled
    names = {str(row[y["field"]]) for row in rows if row.get(y["field"]) is not None}
    broken = {name: textwrap.wrap(name, letters) for name in sorted(names) if len(name) > letters}
    if not broken:
        return titled
    table = json.dumps(broken, ensure_ascii=False)
    # Lines go down from the first; half of the others' height brings their middle to the row.
    raised = f"{-_LINE / 2} * (length(({table})[datum.value] || ['']) - 1)"
    axis = {
        "labelExpr": f"({table})[datum.label] || datum.label",
        "labelOffset": {"condition": {"test": "true", "expr": raised}, "value": 0},
        "labelLineHeight": _LINE,
        "labelLimit": 0,
    }
    return _with_axis(titled, axis, max(map(len, broken.values())) * _LINE + _GAP)


def _named_axis(drawing: Spec) -> Spec | None:
    """Return the vertical channel where it has names; None where there is none or it says its labels itself."""
    for part in (drawing, *drawing.get("layer", ()), drawing.get("spec", {})):
        y: Spec | None = part.get("encoding", {}).get("y")
        if y and y.get("field") and y.get("type") in _NAMES:
            axis = y.get("axis", {})
            return None if axis is None or "labelExpr" in axis else y
    return None


def _with_axis(part: dict[str, Any], axis: Spec, step: int) -> dict[str, Any]:
    """Return the drawing with more said of each vertical axis of names, and rows at least `step` pixels high."""
    encoding = part.get("encoding", {})
    y = encoding.get("y")
    if y and y.get("type") in _NAMES and y.get("axis", {}) is not None:
        part["encoding"] = {**encoding, "y": {**y, "axis": {**y.get("axis", {}), **axis}}}
    if "layer" in part:
        part["layer"] = [_with_axis(dict(one), axis, step) for one in part["layer"]]
    if "spec" in part:
        part["spec"] = _with_axis(dict(part["spec"]), axis, step)
    height = part.get("height")
    if isinstance(height, Mapping) and "step" in height:
        part["height"] = {**height, "step": max(height["step"], step)}
    return part


def _with_titles(part: dict[str, Any], letters: int) -> dict[str, Any]:
    """Return the drawing with long titles of horizontal axes broken into lines."""
    encoding = part.get("encoding", {})
    axis = (encoding.get("x") or {}).get("axis") or {}
    title = axis.get("title")
    if isinstance(title, str) and len(title) > letters:
        x = {**encoding["x"], "axis": {**axis, "title": textwrap.wrap(title, letters)}}
        part["encoding"] = {**encoding, "x": x}
    if "layer" in part:
        part["layer"] = [_with_titles(dict(one), letters) for one in part["layer"]]
    if "spec" in part:
        part["spec"] = _with_titles(dict(part["spec"]), letters)
    return part
