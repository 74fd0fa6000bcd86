"""Shortens an SVG for pages: what says nothing there is left out, numbers have one place, type is said once."""

import re

from lxml import etree

_SAYS_NOTHING = {"role", "class", "aria-hidden", "aria-roledescription", "aria-label", "pointer-events", "version"}
_DEFAULTS = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "font-weight": "normal",
    "transform": "translate(0,0)",
}
_GEOMETRY = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points", "viewBox"}
_PLACES = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_LINES = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+|Z)+")
_POINT = re.compile(r"([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?")
_TENTHS = 10
_INHERITED = ("stroke", "stroke-width")
_TYPE = ("font-family", "font-size")
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_NO_NETWORK = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def compact(svg: str) -> str:
    """Return the same picture in fewer bytes, without roles of its own: the element around it says what it shows."""
    root = etree.fromstring(svg.encode(), _NO_NETWORK)
    for element in root.iter():
        _shorten(element)
    for element in reversed(list(root.iter())):
        _drop_if_empty(element)
    for group in root.iter(f"{_NAMESPACE}g"):
        _say_lines_once(group)
    _say_type_once(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _shorten(element: etree._Element) -> None:
    for name, value in element.attrib.items():
        if name in _SAYS_NOTHING or _DEFAULTS.get(str(name)) == value:
            del element.attrib[name]
        elif name == "d" and _LINES.fullmatch(str(value)):
            element.set(name, _steps(str(value)))
        elif name in _GEOMETRY:
            element.set(name, _PLACES.sub(_rounded, str(value)))


def _drop_if_empty(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    is_hidden = element.get("display") == "none"
    is_no_path = element.tag == f"{_NAMESPACE}path" and (
        element.get("d") in ("", "M0,0h0v0h0Z") or not {"fill", "stroke"} & set(element.attrib)
    )
    is_no_group = element.tag == f"{_NAMESPACE}g" and not len(element)
    if is_hidden or is_no_path or is_no_group:
        parent.remove(element)


def _say_lines_once(group: etree._Element) -> None:
    """Let a group say what its parts all say of their lines."""
    for name in _INHERITED:
        said = {part.get(name) for part in group}
        if len(group) > 1 and len(said) == 1 and None not in said:
            group.set(name, str(said.pop()))
            for part in group:
                del part.attrib[name]


def _say_type_once(root: etree._Element) -> None:
    texts = list(root.iter(f"{_NAMESPACE}text"))
    for name in _TYPE:
        said = [str(text.get(name)) for text in texts if text.get(name)]
        if not said or len(said) < len(texts):
            continue
        most = max(sorted(set(said)), key=said.count)
        root.set(name, most)
        for text in texts:
            if text.get(name) == most:
                del text.attrib[name]


def _steps(path: str) -> str:
    """Return a path of straight lines by its steps, which are shorter to write than places; a map has thousands."""
    said, last, x, y = "", "", 0, 0
    for command, to_x, to_y in _POINT.findall(path):
        if command == "Z":
            said, last = f"{said}Z", "Z"
            continue
        here_x, here_y = (round(float(place) * _TENTHS) for place in (to_x, to_y))
        if command == "M":
            said += f"M{_pair(here_x, here_y)}"
        elif last == "M" or (here_x, here_y) != (x, y):
            step = _pair(here_x - x, here_y - y)
            # Only the first step says what it is; before a minus nothing has to stand.
            said += f"l{step}" if last != "L" else step if step.startswith("-") else f" {step}"
        else:
            continue
        last, x, y = command, here_x, here_y
    return said


def _pair(x: int, y: int) -> str:
    """Return two numbers given in tenths, as short as they can be written."""
    one, other = (
        f"{number / _TENTHS:g}".replace("0.", ".") if abs(number) < _TENTHS else f"{number / _TENTHS:g}"
        for number in (x, y)
    )
    return one + (other if other.startswith("-") else f" {other}")


def _rounded(number: re.Match[str]) -> str:
    value = round(float(number[0]), 1)
    return f"{value:g}" if value != int(value) else str(int(value))
