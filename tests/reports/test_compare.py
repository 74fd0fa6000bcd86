"""A report over two releases says how each number changed, and what moved."""

import shutil

import pytest
from tests.conftest import DEFINITIONS, copy_golden
from tests.reports.conftest import STATE

from infracommons.insights.release import Release
from infracommons.pipeline.run import Job, make_release
from infracommons.reports.assemble import assemble
from infracommons.reports.definition import definition
from infracommons.reports.document import Document, Heading, Number, Paragraph, Table, plain
from infracommons.reports.queries import change


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the same files but those of one source."""
    raw = copy_golden(tmp_path_factory.mktemp("before") / "raw")
    shutil.rmtree(raw / "nsf")
    return Release(make_release(Job(raw, raw.parent / "releases", DEFINITIONS)))


@pytest.fixture(scope="module")
def compared(release: Release, before: Release) -> Document:
    return assemble(definition(DEFINITIONS / "reports", STATE), release, before=before)


def test_a_chapter_says_what_changed(compared: Document, before: Release) -> None:
    chapters = [plain(chapter.children) for chapter in compared.chapters()]
    assert f"What changed since release {before.release_id}" in chapters
    (totals,) = (b for b in compared.blocks if isinstance(b, Table) and b.caption == "Totals under each rule")
    assert len(totals.rows) == 4
    for row in totals.rows:
        was, now, moved = (float(cell.value) for cell in row[1:4])
        assert now - was == pytest.approx(moved)


def test_numbers_that_changed_say_so_and_others_do_not(compared: Document, release: Release, before: Release) -> None:
    told = [
        child
        for block in compared.blocks
        if isinstance(block, Paragraph)
        for child in block.children
        if isinstance(child, Number)
    ]
    awards = {number.change for number in told if number.query == "release.awards"}
    now, was = release.manifest["counts"]["awards"], before.manifest["counts"]["awards"]
    assert was < now
    assert awards == {change(now, was)}
    assert {number.change for number in told if number.query == "catalogue.infrastructures"} == {""}


def test_without_a_release_to_compare_with_there_is_no_such_chapter(state: Document) -> None:
    assert not any(isinstance(b, Heading) and b.anchor == "changed" for b in state.blocks)


def test_a_release_compared_with_itself_says_that_nothing_changed(release: Release) -> None:
    same = assemble(definition(DEFINITIONS / "reports", STATE), release, before=release)
    words = " ".join(plain(block.children) for block in same.blocks if isinstance(block, Paragraph))
    assert "Awards, decisions and totals are the same in both." in words
