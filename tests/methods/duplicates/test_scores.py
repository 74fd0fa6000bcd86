import pytest

from infracommons.methods.duplicates.scores import pair_scores


def test_scores_are_those_of_the_class_of_same_awards() -> None:
    scores = pair_scores([True, True, True, False, False], [True, True, False, True, False])
    assert scores.n == 5
    assert scores[1:] == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_saying_nothing_scores_nothing() -> None:
    assert pair_scores([True, False], [False, False]) == (2, 0.0, 0.0, 0.0)
    assert pair_scores([], []) == (0, 0.0, 0.0, 0.0)


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        pair_scores([True, False], [True])
