"""Published examples of each ranking rule, with the numbers their sources print."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pymcdm import methods as pymcdm
from pymcdm import normalizations

from infracommons.methods.decisions.decide import run_decision

Form = Callable[..., dict[str, Any]]
TZENG_HUANG = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
WEIGHTS = [0.3, 0.4, 0.3]


def test_topsis_gives_the_numbers_of_tzeng_and_huang(form: Form) -> None:
    result = run_decision(form("topsis", TZENG_HUANG, WEIGHTS, parameters={"normalisation": "vector"}))
    assert list(result.scores.values()) == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=5e-5)
    assert result.parameters["normalisation"] == "vector"


def test_topsis_by_minimum_and_maximum_gives_other_numbers_and_says_so(form: Form) -> None:
    result = run_decision(form("topsis", TZENG_HUANG, WEIGHTS, parameters={"normalisation": "min_max"}))
    assert list(result.scores.values()) == pytest.approx([0.4853, 0.6484, 0.7768, 0.3630], abs=5e-5)
    assert result.parameters["normalisation"] == "min_max"


def test_vikor_gives_the_numbers_and_the_compromise_of_the_same_example(form: Form) -> None:
    result = run_decision(form("vikor", TZENG_HUANG, WEIGHTS))
    assert list(result.details["S"].values()) == pytest.approx([0.6, 0.3, 0.15, 0.65])
    assert list(result.details["R"].values()) == pytest.approx([0.3, 0.2, 0.15, 0.4])
    assert list(result.details["Q"].values()) == pytest.approx([0.75, 0.25, 0, 1])
    assert sorted(result.details["compromise"]) == ["A2", "A3"]


def test_promethee_gives_the_flows_of_papathanasiou_and_ploskas(form: Form) -> None:
    rows = [[8, 7, 2, 1], [5, 3, 7, 5], [7, 5, 6, 4], [9, 9, 7, 3], [11, 10, 3, 7], [6, 9, 5, 4]]
    shape = {"shape": "linear", "q": 1, "p": 2}
    result = run_decision(form("promethee_2", rows, [0.4, 0.3, 0.1, 0.2], preference=shape))
    assert list(result.scores.values()) == pytest.approx([-0.26, -0.52, -0.22, 0.36, 0.70, -0.06])


def test_promethee_gives_the_flows_of_zhao_and_others(form: Form) -> None:
    result = run_decision(form("promethee_2", [[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2]))
    assert list(result.scores.values()) == pytest.approx([0.1, -0.3, 0.2])


def test_spotis_gives_the_distances_of_dezert_and_others(form: Form) -> None:
    rows = [[10.5, -3.1, 1.7], [-4.7, 0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]]
    bounds = [[-5, 12], [-6, 10], [-8, 5]]
    result = run_decision(form("spotis", rows, [0.2, 0.3, 0.5], directions="+-+", bounds=bounds))
    assert list(result.scores.values()) == pytest.approx([0.1989, 0.3705, 0.3063, 0.7491], abs=5e-5)
    assert result.winners == ("A1",)


def test_a_third_party_turns_topsis_round_but_not_spotis(form: Form) -> None:
    few, more = [[9, 8, 3], [5, 6, 9], [2, 7, 9]], [[9, 8, 3], [5, 6, 9], [2, 7, 9], [9, 3, 2]]
    equal = [1 / 3, 1 / 3, 1 / 3]
    before = run_decision(form("topsis", few, equal)).scores
    after = run_decision(form("topsis", more, equal))
    assert (before["A1"], before["A2"]) == pytest.approx((0.5996, 0.5657), abs=5e-5)
    assert (after.scores["A1"], after.scores["A2"]) == pytest.approx((0.5884, 0.6523), abs=5e-5)
    assert after.certificate["free_of_rank_reversal"].holds is False
    bounds = [[1, 9]] * 3  # of a scale from 1 to 9
    for rows in (few, more):
        result = run_decision(form("spotis", rows, equal, bounds=bounds))
        assert list(result.scores.values())[:3] == pytest.approx([0.2917, 0.2917, 0.375], abs=5e-5)
        assert result.certificate["free_of_rank_reversal"].holds


def test_a_second_opinion_agrees_on_random_tables(form: Form) -> None:
    generator = np.random.Generator(np.random.PCG64(7))
    ways = {"vector": normalizations.vector_normalization, "min_max": normalizations.minmax_normalization,
            "max": normalizations.max_normalization, "sum": normalizations.sum_normalization,
            "linear": normalizations.linear_normalization}  # fmt: skip
    quiet = {"break_even": False, "rank_reversal": False}
    for _ in range(10):
        rows = generator.integers(1, 100, (6, 4)).astype(float)
        weights = generator.dirichlet(np.ones(4))
        types = np.array([1, -1, 1, -1])
        for name, way in ways.items():
            ours = run_decision(form("topsis", rows.tolist(), weights.tolist(), directions="+-+-",
                                     parameters={"normalisation": name}, sensitivity=quiet))  # fmt: skip
            theirs = pymcdm.TOPSIS(way)(rows, weights, types)
            assert list(ours.scores.values()) == pytest.approx(list(theirs)), name
        ours = run_decision(form("vikor", rows.tolist(), weights.tolist(), directions="+-+-", sensitivity=quiet))
        assert list(ours.scores.values()) == pytest.approx(list(pymcdm.VIKOR()(rows, weights, types)))
        for shape, theirs in (("usual", pymcdm.PROMETHEE_II("usual")),
                              ("linear", pymcdm.PROMETHEE_II("vshape_2", p=[20] * 4, q=[5] * 4)),
                              ("level", pymcdm.PROMETHEE_II("level", p=[20] * 4, q=[5] * 4))):  # fmt: skip
            thresholds = {} if shape == "usual" else {"q": 5, "p": 20}
            ours = run_decision(form("promethee_2", rows.tolist(), weights.tolist(), directions="+-+-",
                                     preference={"shape": shape} | thresholds, sensitivity=quiet))  # fmt: skip
            assert list(ours.scores.values()) == pytest.approx(list(theirs(rows, weights, types))), shape
