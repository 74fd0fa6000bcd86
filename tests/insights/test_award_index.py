"""The search for awards against an oracle that reads every row."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insights.plain_search import searched

from infracommons.insights import award_index
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.award_index import AwardIndex, build, ensure_index, index_folder, index_of, matching
from infracommons.insights.award_suggestion import did_you_mean
from infracommons.insights.award_words import FIELDS, TEXTS
from infracommons.insights.awards import award_list
from infracommons.insights.release import Release
from infracommons.vocabulary.folding import words
from infracommons.vocabulary.tables import AWARD, AWARD_RECORD, INFRASTRUCTURE, SUPPORT

Tables = dict[str, list[dict[str, Any]]]
WORDS = st.sampled_from(
    ["open", "preprints", "repository", "data", "zenodo", "Édition", "library", "the", "example", "360g*", "univers*",
     '"open science"', "award-0948e02a9eaf0b9e", "nothing"]
)  # fmt: skip
IN_FIELDS = st.sampled_from(
    ["title:open", "description:arxiv", "funder:foundation", "recipient:example", "recipient:unknown",
     "programme:science", "infrastructure:zenodo", "infrastructure:DOAJ", "number:EX-1", "country:GB",
     "funder_country:GB", "funder_country:Germany", "funder_country:unknown", "country:Germany",
     "country:unknown", "country:XX", "source:nsf", "source:ukri_gtr", "currency:eur",
     "currency:unknown", "type:direct", "type:unknown", "year:2015..2020", "year:>=2019", "year:2019", "year:<2012",
     "year:unknown", "amount:>15000", "amount:82510", "amount:unknown", "usd:10000..50000", "usd:<=1,000,000",
     "usd:unknown", "title:unknown", "description:unknown"]
)  # fmt: skip
CONDITIONS = st.builds("".join, st.tuples(st.sampled_from(["", "", "", "-"]), st.one_of(WORDS, IN_FIELDS)))
QUERIES = st.lists(st.one_of(CONDITIONS, st.just("OR")), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=QUERIES)
def test_a_search_finds_the_awards_that_the_slow_oracle_finds(release: Release, tables: Tables, text: str) -> None:
    found = matching(release, text)
    everyone = [row["award_id"] for row in tables["award"]]
    ids = everyone if found.ids is None else found.ids
    assert len(ids) == len(set(ids))
    assert set(ids) == searched(tables, text)


@given(text=st.text(max_size=60))
def test_nothing_that_is_typed_raises(release: Release, text: str) -> None:
    found = matching(release, text)
    assert found.ids is None or set(found.ids) <= {
        row["award_id"] for row in release.query("SELECT award_id FROM award")
    }


def test_every_field_of_the_index_comes_from_a_column_that_holds_no_persons_name() -> None:
    """Investigators are in no published table; what is searched is made of these columns and no others."""
    assert {field.code: field.column for field in FIELDS.values()} == {
        "title": "title", "description": "description", "programme": "programme", "funder": "funder_name",
        "recipient": "recipient_name", "infrastructure": "", "number": "", "country": "recipient_country_code",
        "funder_country": "", "source": "source", "currency": "currency", "type": "", "year": "award_year",
        "amount": "amount", "usd": "amount_usd",
    }  # fmt: skip
    for table in (AWARD, AWARD_RECORD, INFRASTRUCTURE, SUPPORT):
        names = {part for column in table.columns for part in column.name.split("_")}
        assert not names & {"person", "investigator", "pi", "author", "contact", "email", "applicant", "fellow"}


def test_the_best_match_comes_first(release: Release) -> None:
    rows = award_list(release, AwardFilters(q="zenodo", decision="any")).rows
    places = [index for index, row in enumerate(rows) if "zenodo" in words(row["title"] or "")]
    assert places == list(range(len(places))) != []
    assert len(rows) > len(places)


def test_where_no_words_are_sought_the_newest_come_first(release: Release) -> None:
    years = [row["award_year"] for row in award_list(release, AwardFilters(q="year:>=2015", decision="any")).rows]
    assert years == sorted(years, reverse=True) != []


def test_words_and_filters_narrow_each_other(release: Release, tables: Tables) -> None:
    rows = award_list(release, AwardFilters(q="preprints", country=("GB",), decision="any")).rows
    british = {row["award_id"] for row in tables["award"] if row["recipient_country_code"] == "GB"}
    assert {row["award_id"] for row in rows} == british & searched(tables, "preprints") != set()


def test_a_text_that_asks_for_nothing_finds_everything_and_says_what_was_not_used(release: Release) -> None:
    found = matching(release, "colour:red")
    assert found.ids is None
    assert [issue.typed for issue in found.issues] == ["colour:red"]
    assert matching(release, "   ").ids is None


def test_another_spelling_is_offered_only_where_it_finds_something(release: Release) -> None:
    assert did_you_mean(release, AwardFilters(q="prepritns open", decision="any")) == "preprints open"
    assert did_you_mean(release, AwardFilters(q="prepritns", decision="any", year_from=2199)) == ""
    assert did_you_mean(release, AwardFilters(q="xqzzkvw", decision="any")) == ""


@pytest.fixture
def copy(release: Release, tmp_path: Path) -> Release:
    """The release at a place of its own, so that its index has a folder of its own."""
    folder = tmp_path / "releases" / release.release_id
    shutil.copytree(release.folder, folder)
    return Release(folder)


def test_an_index_in_a_folder_finds_what_one_in_memory_finds(copy: Release, release: Release) -> None:
    ensure_index(copy, is_kept=True)
    assert index_folder(copy) == copy.folder.parent.parent / "indexes" / copy.release_id
    assert [path.name for path in index_folder(copy).parent.iterdir()] == [copy.release_id], "nothing is left beside it"
    again = Release(copy.folder)
    for text in ("open", "data OR zenodo", "-title:open", "usd:>=1000", "preprint"):
        assert matching(again, text).table == matching(release, text).table


def test_an_index_that_is_there_is_not_made_again(copy: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_index(copy, is_kept=True)
    monkeypatch.setattr(award_index, "_fill", _refuse)
    again = Release(copy.folder)
    ensure_index(again, is_kept=True)
    assert matching(again, "zenodo").ids


@pytest.mark.parametrize("damage", ["about.json", "meta.json"])
def test_an_index_that_cannot_be_read_is_made_anew(copy: Release, damage: str) -> None:
    ensure_index(copy, is_kept=True)
    (index_folder(copy) / damage).write_text("{", encoding="utf-8")
    again = Release(copy.folder)
    assert matching(again, "zenodo").ids == matching(copy, "zenodo").ids


def test_a_large_release_is_indexed_in_a_folder_without_being_told(
    copy: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(award_index, "MOST_IN_MEMORY", 3)
    assert matching(copy, "zenodo").ids
    assert index_folder(copy).is_dir()


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(
    copy: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(award_index, "_fill", _refuse)
    with pytest.raises(OSError, match="no room"):
        build(copy, index_folder(copy))
    assert list(index_folder(copy).parent.iterdir()) == []


def test_a_large_release_is_searched_where_no_index_can_be_kept(
    copy: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(award_index, "MOST_IN_MEMORY", 3)
    monkeypatch.setattr(award_index, "build", _refuse)
    assert matching(copy, "zenodo").ids
    assert "cannot be kept" in caplog.text


def test_the_folder_of_indexes_can_be_another(copy: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFRACOMMONS_INDEXES", os.fspath(tmp_path / "elsewhere"))
    ensure_index(copy, is_kept=True)
    assert (tmp_path / "elsewhere" / copy.release_id).is_dir()


def test_threads_share_one_index(copy: Release) -> None:
    seen: list[AwardIndex] = []
    threads = [threading.Thread(target=_keep(seen, copy)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 4
    assert len(set(map(id, seen))) == 1


def test_only_the_last_answers_are_kept(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(award_index, "_MOST_KEPT_ROWS", 5)
    index = index_of(release)
    for field in TEXTS:
        index.matching(f"{field.code}:open -nothing{field.code}")
    assert sum(len(found.ids or ()) for found in index._kept.values()) <= 5 or len(index._kept) == 1


def _keep(seen: list[AwardIndex], release: Release) -> Callable[[], None]:
    return lambda: seen.append(index_of(release))


def _refuse(*_: object) -> None:
    raise OSError(28, "no room")
