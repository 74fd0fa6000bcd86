"""The colours and type of drawings: on pages the style sheet's own tokens, in files the light theme's colours."""

import re
from collections.abc import Mapping
from typing import Any, Literal

Theme = Literal["page", "file"]
# As in shared/style.css, light; a test holds the two together.
LIGHT = {
    "paper": "#fffdf9",
    "sheet": "#f5f2ea",
    "ink": "#1c1d1f",
    "soft": "#55585c",
    "line": "#d6d1c4",
    "edge": "#7d796d",
    "accent": "#0b5563",
    "direct": "#0b5fa5",
    "adjacent": "#8a4b08",
    "adopt": "#6b3fa0",
    "unknown": "#5b5f63",
}
_MARK = "token:"
_MIX = "color-mix(in srgb, var(--{}) {}%, var(--paper))"
_MIXED = re.compile(re.escape(_MIX).replace(r"\{\}", "([a-z0-9]+)"))
_PART = re.compile(r"[1-9]\d?|100")
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
CONFIG: Mapping[str, Any] = {
    "aria": False,  # the figure around the drawing says what it shows; its table is the way through it
    "font": FONT,
    "background": "token:none",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "token:ink",
        "titleColor": "token:soft",
        "titleFontWeight": "normal",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelLimit": 0,
        "gridColor": "token:line",
        "domainColor": "token:edge",
        "tickColor": "token:edge",
    },
    "axisX": {"labelOverlap": True, "labelSeparation": 5},
    "legend": {
        "orient": "top",
        "labelColor": "token:ink",
        "titleColor": "token:soft",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelLimit": 0,
        "symbolBaseFillColor": "token:soft",
        "symbolBaseStrokeColor": "token:edge",
    },
    "header": {"labelColor": "token:ink", "titleColor": "token:soft", "labelFontSize": 13},
    "text": {"color": "token:ink", "fontSize": 13},
    "bar": {"color": "token:accent"},
    "line": {"color": "token:accent", "strokeWidth": 2.5},
    "point": {"color": "token:accent"},
    "rule": {"color": "token:edge"},
}
NARROW_CONFIG: Mapping[str, Any] = {
    "axisX": {**CONFIG["axisX"], "tickCount": 4},
    "legend": {**CONFIG["legend"], "columns": 2, "labelLimit": 130},
}


def themed(value: Any, theme: Theme) -> Any:  # noqa: ANN401 - JSON goes in and out
    """Return a specification with each token in the words of the theme."""
    if isinstance(value, Mapping):
        return {key: themed(part, theme) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [themed(part, theme) for part in value]
    if isinstance(value, str) and value.startswith(_MARK):
        return _colour(value, theme)
    return value


def unmixed(drawn: str) -> str:
    """Return a drawing for pages with colours of the light theme where it has parts of a colour, which print lacks."""
    return _MIXED.sub(lambda found: _mixed(found[1], int(found[2])), drawn)


def _colour(value: str, theme: Theme) -> str | None:
    """Return the colour of a token, or so many per cent of it on paper (`token:accent 40`).

    A text that begins like a token, as a title may, stays as it is.
    """
    name, _, part = value.removeprefix(_MARK).partition(" ")
    if name == "none":
        return None if theme == "page" else LIGHT["paper"]
    if name not in LIGHT or (part and not _PART.fullmatch(part)):
        return value
    if not part:
        return f"var(--{name})" if theme == "page" else LIGHT[name]
    return _MIX.format(name, part) if theme == "page" else _mixed(name, int(part))


def _mixed(name: str, part: int) -> str:
    """Return a colour of files with paper through it, as browsers mix it."""
    channels = (
        (int(LIGHT[name][at : at + 2], 16) * part + int(LIGHT["paper"][at : at + 2], 16) * (100 - part)) / 100
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)
