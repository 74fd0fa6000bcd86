"""Nothing that readers load comes from another host: no analytics, no fonts, no documents of somebody's account."""

import re
from pathlib import Path

from infracommons import web

FILES = sorted(
    path
    for path in Path(web.__file__).parent.rglob("*")
    if path.suffix in {".html", ".js", ".css", ".svg", ".txt"} and path.is_file()
)
# The licence of the data, and the registry that an example of an identifier names.
NAMED = {"creativecommons.org", "ror.org", "www.w3.org"}
_ADDRESS = re.compile(r"(?:https?:)?//([a-z0-9.-]+\.[a-z]{2,})", re.IGNORECASE)
_LOADED = re.compile(
    r"""(?:src|srcset)\s*=\s*["']?\s*(?:https?:)?//|@import\s|url\(\s*["']?(?:https?:)?//""", re.IGNORECASE
)


def test_pages_name_no_host_but_those_that_explain_a_licence_or_an_identifier() -> None:
    assert len(FILES) > 100
    for path in FILES:
        named = set(_ADDRESS.findall(path.read_text(encoding="utf-8")))
        assert named <= NAMED, path


def test_pages_load_nothing_from_elsewhere() -> None:
    for path in FILES:
        assert not _LOADED.search(path.read_text(encoding="utf-8")), path
