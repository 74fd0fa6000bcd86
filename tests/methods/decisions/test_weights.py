import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.weights import direct, equal, pairwise, swing
from infracommons.methods.result import MethodInputError


def test_weights_are_divided_by_their_sum_and_the_result_says_so() -> None:
    found = direct([2, 1, 1], ["a", "b", "c"])
    assert list(found.values) == [0.5, 0.25, 0.25]
    assert "summed to 4" in found.checks[0].words
    assert list(equal(["a", "b"]).values) == [0.5, 0.5]


def test_swings_are_points_and_a_greatest_other_than_100_is_said() -> None:
    assert list(swing([100, 60, 40], ["a", "b", "c"]).values) == pytest.approx([0.5, 0.3, 0.2])
    assert swing([80, 40], ["a", "b"]).checks[1].holds is False


def test_weights_that_sum_to_zero_or_are_negative_are_refused() -> None:
    with pytest.raises(MethodInputError, match="sum to zero"):
        direct([0, 0], ["a", "b"])
    with pytest.raises(MethodInputError, match=r"weights\.b"):
        direct([1, -1], ["a", "b"])


def test_pairwise_judgements_of_a_text_book_have_its_weights_and_ratio() -> None:
    # Closed form for three criteria: lambda = 1 + t + 1/t with t the cube root of a13/(a12 a23), here (5/6)^(1/3).
    found = pairwise([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]], ["a", "b", "c"])
    means = np.array([15 ** (1 / 3), (2 / 3) ** (1 / 3), 0.1 ** (1 / 3)])
    assert found.values == pytest.approx(means / means.sum())
    root = (5 / 6) ** (1 / 3)
    ratio = (1 + root + 1 / root - 3) / 2 / 0.58
    assert found.checks[0].witness["consistency_ratio"] == pytest.approx(ratio)
    assert found.checks[0].holds


def test_judgements_that_contradict_each_other_fail_their_check_with_a_witness() -> None:
    check = pairwise([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]], ["a", "b", "c"]).checks[0]
    assert check.holds is False
    assert set(check.witness["worst_judgement"]) == {"row", "column", "said", "weights_say"}


@settings(max_examples=1000, deadline=None)
@given(weights=st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_judgements_that_agree_give_back_the_weights(weights: list[int]) -> None:
    names = [str(place) for place in range(len(weights))]
    found = pairwise([[a / b for b in weights] for a in weights], names)
    assert found.values == pytest.approx(np.array(weights) / sum(weights))
    assert found.checks[0].holds


@pytest.mark.parametrize("matrix", [[[1, 2]], [[1, 2], [2, 1]], [[1, 0], [0, 1]], [[2, 1], [1, 2]]])
def test_a_matrix_that_is_not_reciprocal_is_refused(matrix: list[list[float]]) -> None:
    with pytest.raises(MethodInputError, match="ahp"):
        pairwise(matrix, ["a", "b"])


def test_no_ratio_is_made_up_beyond_fifteen_criteria() -> None:
    names = [str(place) for place in range(16)]
    assert pairwise([[1.0] * 16] * 16, names).checks[0].holds is None


def test_the_wealth_of_seven_nations_has_the_weights_and_the_root_that_saaty_prints() -> None:
    # Saaty, A Scaling Method for Priorities in Hierarchical Structures (1977): judgements, eigenvector, root 7.61.
    judged: list[list[float]] = [
        [1, 4, 9, 6, 6, 5, 5], [0, 1, 7, 5, 5, 3, 4], [0, 0, 1, 1 / 5, 1 / 5, 1 / 7, 1 / 5],
        [0, 0, 0, 1, 1, 1 / 3, 1 / 3], [0, 0, 0, 0, 1, 1 / 3, 1 / 3], [0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 0, 0, 1],
    ]  # fmt: skip
    whole = [[judged[i][j] if i <= j else 1 / judged[j][i] for j in range(7)] for i in range(7)]
    found = pairwise(whole, ["US", "USSR", "China", "France", "UK", "Japan", "Germany"])
    assert found.values == pytest.approx([0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094], abs=5e-4)
    witness = found.checks[0].witness
    assert witness["main_eigenvalue"] == pytest.approx(7.61, abs=0.005)
    assert witness["consistency_ratio"] == pytest.approx((witness["main_eigenvalue"] - 7) / 6 / 1.32)
    assert witness["random_index"] == 1.32
