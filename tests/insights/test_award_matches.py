from typing import Any

import pytest

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.award_index import matching
from infracommons.insights.award_matches import Match, matches
from infracommons.insights.awards import award_list
from infracommons.insights.release import Release
from infracommons.insights.snippet import Piece
from infracommons.vocabulary.folding import folded


def found(release: Release, q: str) -> dict[str, tuple[dict[str, Any], Match]]:
    rows = award_list(release, AwardFilters(q=q, decision="any")).rows
    why = matches(release, matching(release, q).query, rows)
    return {row["award_id"]: (row, why[row["award_id"]]) for row in rows if row["award_id"] in why}


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_marked]


@pytest.mark.parametrize(
    "q", ["open", "preprints", '"open science"', "repositor*", "zenodo", "example", "library", "360g*"]
)
def test_every_award_that_words_find_shows_where_they_stand(release: Release, q: str) -> None:
    shown = found(release, q)
    assert shown
    for row, why in shown.values():
        assert why.reasons, row["award_id"]
        assert all(marked(reason.pieces) for reason in why.reasons)


def test_the_title_is_shown_whole_with_its_words_marked(release: Release) -> None:
    for row, why in found(release, "open").values():
        assert "".join(piece.text for piece in why.title) == (row["title"] or "")
        assert all(folded(text) == "open" for text in marked(why.title))


def test_the_passage_is_a_part_of_the_description(release: Release) -> None:
    passages = [(row, why.passage) for row, why in found(release, "preprints").values() if why.passage]
    assert passages
    for row, pieces in passages:
        assert "".join(piece.text for piece in pieces).strip("…") in row["description"]


def test_an_accent_does_not_hide_what_matched(release: Release) -> None:
    ((_, why),) = found(release, "edition").values()
    assert marked(why.title) == ["Édition"]


def test_a_match_in_another_field_says_which(release: Release) -> None:
    shown = found(release, "foundation")
    labels = {reason.label for _, why in shown.values() for reason in why.others}
    assert "Funder" in labels
    numbers = [reason for _, why in found(release, "U24EX000001").values() for reason in why.others]
    assert {(reason.label, marked(reason.pieces)[0]) for reason in numbers} == {("Award number", "U24EX000001")}


def test_what_was_asked_of_one_field_is_marked_there_only(release: Release) -> None:
    for _, why in found(release, "title:open").values():
        assert marked(why.title)
        assert not why.passage
        assert not why.others


@pytest.mark.parametrize("q", ["", "country:GB", "-open", "year:>=2000"])
def test_where_no_words_are_sought_nothing_is_marked(release: Release, q: str) -> None:
    assert found(release, q) == {}
