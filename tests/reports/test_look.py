"""The colours of a report in one file are those of the site."""

import re
from pathlib import Path

from tests.conftest import ROOT

_TOKEN = re.compile(r"(--[a-z-]+): (#[0-9a-f]{3,6});")


def _tokens(path: Path) -> list[dict[str, str]]:
    """Return the tokens of the light and of the dark theme."""
    text = path.read_text("utf-8")
    dark = text.index("prefers-color-scheme: dark")
    return [dict(_TOKEN.findall(text[:dark])), dict(_TOKEN.findall(text[dark : text.index("*, *::before")]))]


def test_a_report_has_the_colours_of_the_site() -> None:
    source = ROOT / "src" / "infracommons"
    ours = _tokens(source / "reports" / "template" / "report.css")
    sites = _tokens(source / "web" / "shared" / "static" / "shared" / "style.css")
    for own, site in zip(ours, sites, strict=True):
        assert len(own) >= 10
        assert own.items() <= site.items()
