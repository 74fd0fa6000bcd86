"""Runs every example of the pages on methods: what a page says comes out is what comes out."""

import doctest
import json
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted([*(DOCS / "methods").glob("*.md"), DOCS / "howto" / "mechanisms.md"])
METHODS = [page for page in PAGES if page.parent.name == "methods" and page.stem != "README"]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ALL = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def _blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


@ALL
def test_every_python_example_of_a_page_gives_what_the_page_shows(page: Path) -> None:
    blocks = _blocks(page, "python")
    code = "\n".join(blocks)
    examples = doctest.DocTestParser().get_doctest(code, {}, page.stem, str(page), 0)
    assert bool(examples.examples) == bool(blocks), "a block of Python without an example that is run"
    said: list[str] = []
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed = doctest.DocTestRunner(optionflags=options).run(examples, out=said.append).failed
    assert not failed, "".join(said)


@ALL
def test_every_json_example_of_a_page_is_json(page: Path) -> None:
    for block in _blocks(page, "json"):
        json.loads(block)


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_a_page_on_a_method_has_a_worked_example(page: Path) -> None:
    assert _blocks(page, "python"), "no example that is run"


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_the_overview_leads_to_every_page(page: Path) -> None:
    assert f"]({page.name})" in (DOCS / "methods" / "README.md").read_text(encoding="utf-8")
