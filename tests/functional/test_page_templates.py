"""The table of visits leaves no page out: each template that is a page is visited, or says why it cannot be."""

import re
from pathlib import Path

from tests.functional.visits import MAIN, NARROW, VISITS

ROOT = Path(__file__).parents[2]
EXTENDS = re.compile(r'{%\s*extends\s+"([^"]+)"')
# A page that nobody can look at for long enough.
EXCEPTIONS = {"accounts/leaving.html": "sends the browser on to another service at once; one sentence with one link"}


def _pages() -> set[str]:
    """Return the templates that extend a layout and are none themselves."""
    extended: dict[str, str] = {}
    for folder in (ROOT / "src" / "infracommons" / "web").glob("*/templates"):
        for path in folder.rglob("*.html"):
            if found := EXTENDS.search(path.read_text("utf-8")):
                extended[path.relative_to(folder).as_posix()] = found[1]
    return extended.keys() - extended.values()


def test_every_page_is_visited_or_says_why_it_cannot_be() -> None:
    visited = {visit.template for visit in VISITS}
    assert visited | EXCEPTIONS.keys() == _pages()
    assert {visit.template for visit in NARROW} == MAIN
