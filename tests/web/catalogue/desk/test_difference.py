"""Differences are shown word by word, and lose nothing of either text."""

import time

from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.desk.difference import ADDED, REMOVED, Difference, difference, word_pieces

texts = st.text(st.sampled_from("ab c.,\n-é"), max_size=40)


@given(texts, texts)
def test_pieces_give_both_texts_again(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind == "same" for piece in word_pieces(text, text))


@given(st.lists(texts, max_size=5), st.lists(texts, max_size=5))
def test_lists_come_back_whole_and_in_order(old: list[str], new: list[str]) -> None:
    found = difference(old, new)
    assert joined(found, "old") == old
    assert joined(found, "new") == new


def joined(found: Difference, side: str) -> list[str]:
    return ["".join(piece.text for piece in pieces) for pieces in getattr(found, side)]


def test_only_the_words_that_changed_are_marked() -> None:
    found = difference(["Run by a university since 2011."], ["Run by a foundation since 2011."])
    assert [(piece.kind, piece.text) for piece in found.old[0]] == [
        ("same", "Run by a "),
        ("removed", "university"),
        ("same", " since 2011."),
    ]
    assert [piece.text for piece in found.new[0] if piece.kind == "added"] == ["foundation"]


def test_terms_of_a_list_are_marked_whole() -> None:
    found = difference(["Python", "C++"], ["Python", "C++", "Rust"])
    assert [piece.kind for pieces in found.new for piece in pieces] == ["same", "same", "added"]


def test_texts_too_long_to_compare_are_shown_whole_at_once() -> None:
    started = time.perf_counter()
    pieces = word_pieces("old word " * 20_000, "new text " * 20_000)
    assert [piece.kind for piece in pieces] == ["removed", "added"]
    assert time.perf_counter() - started < 2
