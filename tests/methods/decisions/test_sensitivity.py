from collections.abc import Callable
from itertools import pairwise
from math import pi
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.additive import Additive
from infracommons.methods.decisions.break_even import break_even, moved
from infracommons.methods.decisions.decide import run_decision
from infracommons.methods.decisions.importance import gap_importance, sobol
from infracommons.methods.decisions.promethee import Promethee2
from infracommons.methods.decisions.rank_reversal import rank_reversals
from infracommons.methods.decisions.smaa import draw_weights, smaa
from infracommons.methods.decisions.stakeholders import order_distance
from infracommons.methods.decisions.table import Criterion, Table, known
from infracommons.methods.decisions.topsis import Topsis
from infracommons.methods.result import MethodInputError

if TYPE_CHECKING:
    from infracommons.methods.decisions.models import Model

Form = Callable[..., dict[str, Any]]
thousand = settings(max_examples=1000, deadline=None)
worths = st.integers(0, 10).map(lambda value: value / 10)


def scale(number: int) -> list[Criterion]:
    return [Criterion(f"c{place}", "max", worst=0.0, best=1.0) for place in range(number)]


def exact_first(values: list[list[float]]) -> list[float]:
    """Return the length of weights of the first of two criteria at which each option is first, level ones sharing."""
    lines = [(one[0] - one[1], one[1]) for one in values]  # score is slope times weight plus start
    cuts = {0.0, 1.0}
    for a, p in lines:
        for b, q in lines:
            if a != b and 0 < (q - p) / (a - b) < 1:
                cuts.add((q - p) / (a - b))
    ordered = sorted(cuts)
    lengths = [0.0] * len(values)
    for start, end in pairwise(ordered):
        scores = [a * (start + end) / 2 + p for a, p in lines]
        firsts = [place for place, score in enumerate(scores) if score >= max(scores) - 1e-9]
        for place in firsts:
            lengths[place] += (end - start) / len(firsts)
    return lengths


@thousand
@given(values=st.lists(st.tuples(worths, worths).map(list), min_size=2, max_size=4))
def test_drawn_first_ranks_are_the_exact_lengths_where_there_are_two_criteria(values: list[list[float]]) -> None:
    table = known([f"A{place}" for place in range(len(values))], scale(2), values)
    found = smaa(Additive(), table, draws=400, seed=3)
    assert list(found.ranks[:, 0]) == pytest.approx(exact_first(values), abs=0.08)


@thousand
@given(values=st.lists(st.lists(worths, min_size=3, max_size=3), min_size=1, max_size=4), seed=st.integers(0, 9))
def test_rank_shares_sum_to_one_by_option_and_by_rank(values: list[list[float]], seed: int) -> None:
    table = known([f"A{place}" for place in range(len(values))], scale(3), values)
    found = smaa(Additive(), table, draws=20, seed=seed)
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(len(values)))
    assert found.ranks.sum(axis=1) == pytest.approx(np.ones(len(values)))
    both = found.pairwise + found.pairwise.T + np.eye(len(values))
    assert both == pytest.approx(np.ones((len(values), len(values))))


def test_drawn_weights_are_uniform_on_the_simplex_and_keep_the_order_asked_for() -> None:
    generator = np.random.Generator(np.random.PCG64(1))
    free = draw_weights(generator, 50_000, 4)
    assert free.sum(axis=1) == pytest.approx(np.ones(50_000))
    assert free.mean(axis=0) == pytest.approx([0.25] * 4, abs=0.005)
    assert free.var(axis=0) == pytest.approx([3 / 80] * 4, abs=0.002)  # of a Dirichlet distribution of ones
    ordered = draw_weights(generator, 50_000, 3, order=[2, 0, 1])
    assert np.all(ordered[:, 2] >= ordered[:, 0])
    assert np.all(ordered[:, 0] >= ordered[:, 1])
    # Mean weights by rank order: (1 + 1/2 + 1/3)/3, (1/2 + 1/3)/3, (1/3)/3.
    assert ordered.mean(axis=0) == pytest.approx([5 / 18, 1 / 9, 11 / 18], abs=0.005)


def test_central_weights_and_confidence_are_those_of_a_case_worked_by_hand() -> None:
    # A is first where the first weight is above one half: mean of it there 3/4.
    table = known(["A", "B", "C"], scale(2), [[1, 0], [0, 1], [0, 0]])
    found = smaa(Additive(), table, draws=20_000, seed=5)
    assert found.central_weights[0] == pytest.approx((0.75, 0.25), abs=0.01)
    assert found.central_weights[2] is None
    assert found.confidence == (1.0, 1.0, None)


def test_confidence_counts_draws_of_values_only() -> None:
    cells = known(["A", "B"], scale(1), [[0.5], [0.0]])
    table = Table(cells.options, cells.criteria, np.array([[0.5], [0.0]]), np.array([[0.5], [1.0]]))
    found = smaa(Additive(), table, draws=20_000, seed=5)
    assert found.ranks[0, 0] == pytest.approx(0.5, abs=0.02)
    assert found.confidence[0] == pytest.approx(0.5, abs=0.04)


def test_the_same_seed_gives_the_same_shares_and_another_seed_others() -> None:
    table = known(["A", "B"], scale(3), [[1, 0, 0.4], [0, 1, 0.5]])
    shares = [smaa(Additive(), table, draws=500, seed=seed).ranks.tolist() for seed in (1, 1, 2)]
    assert shares[0] == shares[1] != shares[2]


@thousand
@given(values=st.lists(st.lists(worths, min_size=3, max_size=3), min_size=2, max_size=4),
       raw=st.lists(st.integers(1, 9), min_size=3, max_size=3))  # fmt: skip
def test_at_a_break_even_weight_two_options_are_level_and_before_it_the_winner_stays(
    values: list[list[float]], raw: list[int]
) -> None:
    table, weights = known([f"A{place}" for place in range(len(values))], scale(3), values), np.array(raw) / sum(raw)
    models: list[Model] = [Additive(), Promethee2()]
    for model in models:
        merits = model.merits(table, table.middle, weights)
        winner = int(np.argmax(merits))
        for place, one in enumerate(break_even(model, table, weights)):
            for side, other in ((one.below, one.below_winner), (one.above, one.above_winner)):
                end = (0.0 if other == one.below_winner and side == one.below else 1.0) if side is None else side
                inner = model.merits(table, table.middle, moved(weights, place, (end + one.weight) / 2))
                assert inner[winner] >= inner.max() - 1e-7
                if side is not None and other is not None:
                    level = model.merits(table, table.middle, moved(weights, place, side))
                    assert level[winner] == pytest.approx(level[table.options.index(other)], abs=1e-7)


def test_break_even_of_two_criteria_is_the_weight_worked_by_hand() -> None:
    # 0.9 w + 0.1 (1 - w) = 0.4 w + 0.8 (1 - w) at w = 0.7/1.2.
    table = known(["A", "B"], scale(2), [[0.9, 0.1], [0.4, 0.8]])
    first, second = break_even(Additive(), table, np.array([0.7, 0.3]))
    assert first.below == pytest.approx(0.7 / 1.2)
    assert (first.below_winner, first.above) == ("B", None)
    assert second.above == pytest.approx(0.5 / 1.2)
    assert first.is_exact


def test_break_even_is_searched_for_where_a_rule_is_not_linear() -> None:
    table = known(["A", "B"], scale(2), [[0.9, 0.1], [0.4, 0.8]])
    first, _ = break_even(Topsis("none"), table, np.array([0.9, 0.1]))
    assert not first.is_exact
    assert first.below is not None
    level = Topsis("none").merits(table, table.middle, np.array([first.below, 1 - first.below]))
    assert level[0] == pytest.approx(level[1], abs=1e-6)


def test_sobol_indices_of_the_ishigami_function_are_those_of_its_closed_form() -> None:
    def ishigami(x: Any) -> Any:
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    found = sobol(ishigami, ["x1", "x2", "x3"], [(-pi, pi)] * 3, samples=2**13, seed=1)
    assert found.first == pytest.approx((0.3139, 0.4424, 0.0), abs=0.01)
    assert found.total == pytest.approx((0.5576, 0.4424, 0.2437), abs=0.01)


def test_sobol_indices_of_the_g_function_are_those_of_its_closed_form() -> None:
    scale_of = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])

    def product(x: Any) -> Any:
        return np.prod((np.abs(4 * x - 2) + scale_of) / (1 + scale_of), axis=1)

    alone = 1 / 3 / (1 + scale_of) ** 2
    whole = np.prod(1 + alone) - 1
    found = sobol(product, [f"x{place}" for place in range(8)], [(0, 1)] * 8, samples=2**12, seed=1)
    assert found.first == pytest.approx(alone / whole, abs=0.01)
    assert found.total == pytest.approx(alone * (whole + 1) / (1 + alone) / whole, abs=0.01)


def test_the_gap_hangs_on_the_one_value_that_is_not_known() -> None:
    table = Table(("A", "B"), tuple(scale(1)), np.array([[0.2], [0.1]]), np.array([[1.0], [0.1]]))
    found = gap_importance(Additive(), table, np.array([1.0]), spread=0.5, samples=64, seed=0)
    assert found.inputs == ("c0 of A",)
    assert found.first == pytest.approx((1.0,), abs=0.05)
    nothing = known(["A", "B"], scale(1), [[0.3], [0.1]])
    assert gap_importance(Additive(), nothing, np.array([1.0]), spread=0.5, samples=64, seed=0).inputs == ()


def test_a_gap_that_never_changes_has_indices_of_zero() -> None:
    table = known(["A", "B"], scale(2), [[0.5, 0.5], [0.1, 0.1]])
    found = gap_importance(Additive(), table, np.array([0.4, 0.6]), spread=0.5, samples=64, seed=0)
    assert found.total == (0.0, 0.0)


def test_dropping_and_copying_find_the_flips_of_topsis_and_none_of_fixed_scales() -> None:
    rows: list[list[float]] = [[9, 8, 3], [5, 6, 9], [2, 7, 9], [9, 3, 2]]
    criteria = [Criterion(f"c{place}", "max", worst=0.0, best=10.0) for place in range(3)]
    table, weights = known(["A", "B", "C", "D"], criteria, rows), np.ones(3) / 3
    flips = rank_reversals(Topsis(), table, weights)
    assert ("drop", "D", "B", "A") in [(one.test, one.option, one.ahead, one.behind) for one in flips]
    assert rank_reversals(Additive(), table, weights) == []


@thousand
@given(one=st.permutations(range(5)), other=st.permutations(range(5)), third=st.permutations(range(5)))
def test_the_distance_of_rankings_is_a_distance(one: list[int], other: list[int], third: list[int]) -> None:
    assert order_distance(one, one) == 0
    assert order_distance(one, other) == order_distance(other, one)
    assert order_distance(one, [4 - rank for rank in one]) == 1
    assert order_distance(one, third) <= order_distance(one, other) + order_distance(other, third) + 1e-12


def test_stakeholders_are_set_side_by_side_with_their_distance_from_the_mean(form: Form) -> None:
    asked = form("additive", [[1, 0], [0, 1], [0.4, 0.4]], [1, 1], bounds=[[0, 1], [0, 1]])
    del asked["weights"]
    asked["stakeholders"] = {"library": {"weights": {"c0": 3, "c1": 1}}, "users": {"swing": {"c0": 40, "c1": 100}}}
    result = run_decision(asked)
    people = result.stakeholders
    assert people is not None
    assert people.winners == {"library": ("A1",), "users": ("A2",)}
    assert people.distance["library"]["users"] == 1.0
    assert people.criteria["c0"]["greatest"] == 0.75
    assert people.options["A1"] == {"best": 1, "worst": 3}
    assert result.weights["c0"] == pytest.approx((0.75 + 40 / 140) / 2)
    assert result.verdict.level == "fragile"
    assert "users would put another option first" in result.verdict.words


def test_the_verdict_says_robust_or_fragile_and_because_of_what(form: Form) -> None:
    everything = {"smaa": {"draws": 500}, "sobol": {"samples": 64}}
    bounds = [[0, 10], [0, 10]]
    firm = run_decision(form("additive", [[9, 9], [1, 2]], [1, 1], bounds=bounds, sensitivity=everything))
    assert firm.verdict.level == "robust"
    assert "no weight alone can change that" in firm.verdict.words
    close = run_decision(form("additive", [[9, 1], [1, 8.8]], [1, 1], bounds=bounds, sensitivity=everything))
    assert close.verdict.level == "fragile"
    assert "draws level when c0 weighs" in close.verdict.words
    unsure = run_decision(form("additive", [[9, 9], [1, None]], [1, 1], bounds=bounds))
    assert unsure.verdict.level == "robust"
    assert "drawn weights and values" in unsure.verdict.not_looked_at
    unsure = run_decision(form("additive", [[5, 5], [1, None]], [1, 1], bounds=bounds))
    assert "with what is not known, A2 could come first" in unsure.verdict.words


def test_the_order_of_importance_is_kept_and_fixed_weights_stay(form: Form) -> None:
    asked = form("additive", [[1, 0], [0, 1]], [1, 1], bounds=[[0, 1], [0, 1]])
    ordered = {"smaa": {"draws": 200, "weights": "ordered", "order": ["c1", "c0"]}}
    found = run_decision(asked | {"sensitivity": ordered}).smaa
    assert found is not None
    assert found.ranks[1, 0] == 1
    fixed = run_decision(asked | {"sensitivity": {"smaa": {"draws": 200, "weights": "fixed"}}}).smaa
    assert fixed is not None
    assert fixed.ranks[0].tolist() == [0.5, 0.5]


def test_samples_that_are_no_power_of_two_and_an_incomplete_order_are_refused() -> None:
    table = known(["A", "B"], scale(2), [[0.5, 0.5], [0.1, 0.1]])
    with pytest.raises(MethodInputError, match="power of 2"):
        gap_importance(Additive(), table, np.array([0.4, 0.6]), spread=0.5, samples=100, seed=0)
    with pytest.raises(MethodInputError, match="spread"):
        gap_importance(Additive(), table, np.array([0.4, 0.6]), spread=0.0, samples=64, seed=0)
    with pytest.raises(MethodInputError, match="every criterion once"):
        smaa(Additive(), table, draws=10, seed=1, order=[0])
    with pytest.raises(MethodInputError, match="at least 1"):
        smaa(Additive(), table, draws=0, seed=1)
