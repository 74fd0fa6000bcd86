"""Keeps the documents true: generated pages are up to date, links lead somewhere, every command is told of."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from infracommons.docs import DOCS, pages

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "starter").glob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)")


# `make check` holds docs/sources.md as well; here a new source needs no other edit to pass.
@pytest.mark.parametrize("name", sorted(pages().keys() - {"sources.md"}))
def test_a_generated_page_is_as_the_code_says(name: str) -> None:
    assert (ROOT / DOCS / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in link and not link.startswith("mailto:"):
            assert (page.parent / link).exists(), link


def test_the_readme_names_the_two_commands_and_the_main_job() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for said in ("make run", "make test", "infracommons harvest", "infracommons release", "infracommons serve"):
        assert said in readme


def test_the_example_of_the_readme_runs_as_it_stands(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Divide money")[1].split("\n## ")[0]
    script = "\n".join(line.strip() for line in section.splitlines() if line.startswith("    "))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    done = subprocess.run(["/bin/sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {"50.00  a", "150.00  b"} <= {line.strip() for line in done.stdout.splitlines()}
    assert "quadratic_funding" in done.stdout
    assert "portfolio" in done.stdout


def test_every_make_target_that_the_docs_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")))
        assert named <= targets, page
