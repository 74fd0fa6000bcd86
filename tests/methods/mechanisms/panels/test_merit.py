from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from infracommons.methods.mechanisms.panels.draw import DrawRules
from infracommons.methods.mechanisms.panels.mechanisms import read_intervals, read_merit_rules
from infracommons.methods.mechanisms.panels.merit import Intervals, MeritRules, allocate, merit, worst_value
from infracommons.methods.mechanisms.panels.reviews import Panel
from infracommons.methods.result import MethodInputError

DRAW = DrawRules("seed", None)


def value(intervals: dict[str, tuple[float, float]], fundable: int) -> Fraction:
    return allocate(Intervals(intervals), MeritRules(fundable, DRAW)).details["value"]  # type: ignore[no-any-return]


def test_equal_intervals_have_equal_chances_and_a_sure_order_is_kept() -> None:  # RV-4
    assert merit(dict.fromkeys("abc", (1.0, 2.0)), 1) == dict.fromkeys("abc", Fraction(1, 3))
    assert value(dict.fromkeys("abc", (1.0, 2.0)), 1) == Fraction(1, 3)
    assert merit({"a": (3.0, 4.0), "b": (1.0, 2.0)}, 1) == {"a": 1, "b": 0}
    assert value({"a": (3.0, 4.0), "b": (1.0, 2.0)}, 1) == 1


def test_a_chain_of_intervals_has_the_published_worst_case() -> None:  # RV-5
    chain = {"a": (5.0, 6.0), "b": (3.0, 5.5), "c": (2.0, 4.0), "d": (1.0, 3.0), "e": (0.0, 0.5)}
    assert value(chain, 2) == Fraction(4, 3)
    assert merit(chain, 2)["e"] == 0


def test_the_mock_panel_has_the_published_worst_case(mock_panel: Panel) -> None:  # RV-6
    assert value(mock_panel.leave_one_out(), 5) == Fraction(11, 4)


@pytest.mark.parametrize("bounds", [[2, 1], [1], ["x", 2], [float("inf"), 2], 5])
def test_bad_intervals_are_refused_by_their_place(bounds: Any) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_intervals({"intervals": {"a": bounds}})
    assert caught.value.where.startswith("intervals.a")


def test_an_amount_for_nobody_is_refused() -> None:
    with pytest.raises(MethodInputError, match=r"amounts\.b"):
        read_intervals({"intervals": {"a": [1, 2]}, "amounts": {"b": 5}})


def test_more_places_than_proposals_are_refused() -> None:
    rules = read_merit_rules({"fundable": 3, "draw_seed": "s", "commitment": None})
    with pytest.raises(MethodInputError, match="from 0 to 1"):
        allocate(Intervals({"a": (0, 1)}), rules)
    assert allocate(Intervals({"a": (0, 1)}), MeritRules(0, DRAW)).selected == ()


some_intervals = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 4)).map(lambda one: (float(one[0]), float(sum(one)))),
    min_size=1,
    max_size=6,
)


def possible(intervals: list[tuple[float, float]], fundable: int) -> list[tuple[int, ...]]:
    """Return all sets that can be the true best: no lower bound outside is above an upper bound inside."""
    every = range(len(intervals))
    return [
        best
        for best in combinations(every, fundable)
        if all(intervals[one][1] >= intervals[other][0] for one in best for other in every if other not in best)
    ]


@settings(max_examples=1000, deadline=None)
@given(bounds=some_intervals, fundable=st.integers(1, 5))
def test_the_worst_case_is_as_good_as_trying_all_sets_allows(bounds: list[tuple[float, float]], fundable: int) -> None:
    fundable = min(fundable, len(bounds))
    number, sets = len(bounds), possible(bounds, fundable)
    rows = np.array([[-float(at in best) for at in range(number)] + [1.0] for best in sets])
    solved = linprog(
        [0.0] * number + [-1.0],
        A_ub=rows,
        b_ub=np.zeros(len(sets)),
        A_eq=np.array([[1.0] * number + [0.0]]),
        b_eq=[fundable],
        bounds=[(0, 1)] * number + [(0, fundable)],
    )
    intervals = {f"p{at}": one for at, one in enumerate(bounds)}
    chance = merit(intervals, fundable)
    found, _ = worst_value(intervals, chance, fundable)
    assert float(found) == pytest.approx(-solved.fun, abs=1e-6)
    assert found == min(sum(chance[f"p{at}"] for at in best) for best in sets)


@settings(max_examples=1000, deadline=None)
@given(bounds=some_intervals, fundable=st.integers(0, 5))
def test_a_better_interval_never_has_the_lower_chance(bounds: list[tuple[float, float]], fundable: int) -> None:
    intervals = {f"p{at}": one for at, one in enumerate(bounds)}
    chance = merit(intervals, min(fundable, len(bounds)))
    assert sum(chance.values()) == min(fundable, len(bounds))
    for one, (low, high) in intervals.items():
        for other, (less, more) in intervals.items():
            if low >= less and high >= more:
                assert chance[one] >= chance[other] - Fraction(1, 10**8)
            if low > more:
                assert chance[one] == 1 or chance[other] == 0
