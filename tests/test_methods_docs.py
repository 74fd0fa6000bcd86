"""Runs every example of the pages on methods: what a page says comes out is what comes out."""

import doctest
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from typer.testing import CliRunner

from infracommons import cli
from infracommons.methods.decisions.kinds import RANKING, kind_named
from infracommons.methods.health.finance import FINANCE_SCHEMA
from infracommons.methods.health.software_report import SOFTWARE_SCHEMA
from infracommons.methods.mechanisms.registry import all_mechanisms, mechanism

DOCS = Path(__file__).parent.parent / "docs"
INDEX = DOCS / "methods" / "README.md"
OVERVIEWS = sorted(page for page in INDEX.parent.glob("*.md") if page != INDEX)
METHODS = sorted(INDEX.parent.glob("*/*.md"))
PAGES = [INDEX, *OVERVIEWS, *METHODS, DOCS / "howto" / "mechanisms.md"]
HEADINGS = ["What it is for", "When not to use it", "The rule", "Example", "What is known to go wrong", "Sources"]
HEALTH = {"finance": FINANCE_SCHEMA, "software": SOFTWARE_SCHEMA}
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^`([\w-]+\.(?:json|csv|pb))`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RUN = re.compile(r"^```sh\n(.*?)^```\n+```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _name(page: Path) -> str:
    return page.relative_to(DOCS).with_suffix("").as_posix()


ALL = pytest.mark.parametrize("page", PAGES, ids=_name)
EACH_METHOD = pytest.mark.parametrize("page", METHODS, ids=_name)


def _blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


@ALL
def test_every_python_example_of_a_page_gives_what_the_page_shows(page: Path) -> None:
    blocks = _blocks(page, "python")
    code = "\n".join(blocks)
    examples = doctest.DocTestParser().get_doctest(code, {}, page.stem, str(page), 0)
    assert bool(examples.examples) == bool(blocks), "a block of Python without an example that is run"
    said: list[str] = []
    failed = doctest.DocTestRunner(optionflags=_OPTIONS).run(examples, out=said.append).failed
    assert not failed, "".join(said)


@ALL
def test_every_json_example_of_a_page_is_json(page: Path) -> None:
    for block in _blocks(page, "json"):
        json.loads(block)


@EACH_METHOD
def test_every_command_of_a_page_prints_what_the_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = page.read_text(encoding="utf-8")
    for name, held in _FILE.findall(text):
        (tmp_path / name).write_text(held, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runs = _RUN.findall(text)
    assert runs, "no command that is run"
    assert len(runs) == len(_blocks(page, "sh")) == len(_blocks(page, "text")), "a command without what it prints"
    for command, shown in runs:
        program, *said = shlex.split(command)
        done = CliRunner().invoke(cli.app, said)
        assert (program, done.exit_code) == ("infracommons", 0), done.exception
        agrees = doctest.OutputChecker().check_output(shown, done.output, _OPTIONS)
        assert agrees, f"{command}\nprints\n{done.output}\nand not\n{shown}"


@EACH_METHOD
def test_every_file_of_a_page_is_used_by_a_command_and_as_the_schema_has_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    files = {name: json.loads(held) for name, held in _FILE.findall(text) if name.endswith(".json")}
    assert len(files) == len(_blocks(page, "json")), "a file without a name, or two of one name"
    looked_at = set()
    for command, _ in _RUN.findall(text):
        for name, schema in _schemas(shlex.split(command), files):
            Draft202012Validator(schema).validate(files[name])
            looked_at.add(name)
    assert looked_at == set(files)


def _schemas(command: list[str], files: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the JSON files that a command reads, with the schema of each."""
    _, group, verb, *said = command
    if group == "mechanism":
        found = mechanism(said[0])
        schemas = {"--inputs": found.inputs_schema, "--parameters": found.parameters_schema}
        yield from ((said[at + 1], schemas[one]) for at, one in enumerate(said) if one in schemas)
    elif group == "decide":
        yield said[0], kind_named(files[said[0]].get("kind", RANKING)).schema
    else:
        yield said[0], HEALTH[verb]


@EACH_METHOD
def test_a_page_on_a_method_says_what_each_of_them_says(page: Path) -> None:
    assert re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) == HEADINGS


def test_every_mechanism_has_a_page_of_its_own_and_every_such_page_a_mechanism() -> None:
    named = {f"methods/{one.family}/{one.name}" for one in all_mechanisms()}
    families = {one.family for one in all_mechanisms()}
    assert {_name(page) for page in METHODS if page.parent.name in families} == named


def test_a_mechanism_that_is_described_names_its_page() -> None:
    for one in all_mechanisms():
        said = CliRunner().invoke(cli.app, ["mechanism", "describe", one.name, "--json"]).output
        assert (DOCS.parent / json.loads(said)["page"]).is_file()


@pytest.mark.parametrize("page", OVERVIEWS, ids=_name)
def test_the_index_leads_to_every_overview(page: Path) -> None:
    assert f"]({page.name})" in INDEX.read_text(encoding="utf-8")


@EACH_METHOD
def test_the_overview_of_its_family_leads_to_every_page(page: Path) -> None:
    overview = page.parent.with_suffix(".md").read_text(encoding="utf-8")
    assert f"]({page.parent.name}/{page.name})" in overview
