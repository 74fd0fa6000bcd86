from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.additive import Additive
from infracommons.methods.decisions.decide import run_decision
from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.normalisation import normalise
from infracommons.methods.decisions.promethee import Promethee2, preference
from infracommons.methods.decisions.spotis import Spotis
from infracommons.methods.decisions.table import Criterion, Preference, Table, dominated, known, ranks
from infracommons.methods.decisions.topsis import Topsis
from infracommons.methods.decisions.vikor import Vikor, compromise
from infracommons.methods.result import MethodInputError

Form = Callable[..., dict[str, Any]]
MODELS: list[Model] = [Additive(), Spotis(), Promethee2(), Topsis(), Topsis("min_max"), Vikor()]
thousand = settings(max_examples=1000, deadline=None)


@st.composite
def tables(draw: st.DrawFn, fewest: int = 1) -> tuple[Table, np.ndarray[Any, np.dtype[np.float64]]]:
    """Draw a table of whole values from 0 to 10 on fixed anchors, with weights that sum to 1."""
    criteria, options = draw(st.integers(1, 3)), draw(st.integers(fewest, 4))
    cells = st.lists(st.integers(0, 10).map(float), min_size=criteria, max_size=criteria)
    rows = draw(st.lists(cells, min_size=options, max_size=options))
    up = draw(st.lists(st.booleans(), min_size=criteria, max_size=criteria))
    names = [Criterion(f"c{j}", "max" if up[j] else "min", worst=0.0 if up[j] else 10.0, best=10.0 if up[j] else 0.0)
             for j in range(criteria)]  # fmt: skip
    weights = draw(st.lists(st.integers(1, 9), min_size=criteria, max_size=criteria))
    return known([f"A{i}" for i in range(options)], names, rows), np.array(weights) / sum(weights)


@thousand
@given(drawn=tables())
def test_a_dominated_option_never_ranks_above_its_dominator(drawn: Any) -> None:
    table, weights = drawn
    for model in MODELS:
        placed = ranks(model.merits(table, table.middle, weights))
        assert all(placed[a] <= placed[b] for a, b in dominated(table)), model.name


@thousand
@given(drawn=tables(), factor=st.sampled_from([0.001, 0.5, 3.0, 1000.0]))
def test_the_unit_of_a_criterion_makes_no_difference(drawn: Any, factor: float) -> None:
    table, weights = drawn
    criteria = [Criterion(one.criterion_id, one.direction, worst=one.worst * factor, best=one.best * factor)
                for one in table.criteria]  # fmt: skip
    scaled = Table(table.options, tuple(criteria), table.low * factor, table.high * factor)
    for model in MODELS:
        ours, theirs = (model.merits(one, one.middle, weights) for one in (table, scaled))
        assert ours == pytest.approx(theirs, abs=1e-9), model.name


@thousand
@given(drawn=tables(), option=st.integers(0, 3), criterion=st.integers(0, 2))
def test_an_option_that_gets_better_does_not_get_a_lower_score(drawn: Any, option: int, criterion: int) -> None:
    table, weights = drawn
    i, j = option % len(table.options), criterion % len(table.criteria)
    better = table.low.copy()
    better[i, j] = table.criteria[j].best
    models: list[Model] = [Additive(), Spotis(), Promethee2()]
    for model in models:
        before, after = (model.merits(table, values, weights)[i] for values in (table.low, better))
        assert after >= before - 1e-12, model.name


@thousand
@given(drawn=tables(2), dropped=st.integers(0, 3))
def test_on_fixed_bounds_dropping_an_option_changes_no_score(drawn: Any, dropped: int) -> None:
    table, weights = drawn
    kept = [row for row in range(len(table.options)) if row != dropped % len(table.options)]
    fewer = table.only(kept)
    models: list[Model] = [Additive(), Spotis()]
    for model in models:
        before = model.merits(table, table.middle, weights)[kept]
        assert before == pytest.approx(model.merits(fewer, fewer.middle, weights)), model.name


def test_text_book_weighted_sums_turn_round_when_an_option_is_added() -> None:
    # Predicted by theory: their scale is made by the options.
    criteria = [Criterion("c0", "max"), Criterion("c1", "max")]
    model, weights = Additive("min_max"), np.array([0.5, 0.5])
    few = known(["A", "B"], criteria, [[6, 4], [4, 6.5]])
    more = known(["A", "B", "C", "D"], criteria, [[6, 4], [4, 6.5], [4, 20], [4, 4]])
    before, after = (model.merits(table, table.middle, weights) for table in (few, more))
    assert ranks(before) == (1, 1)
    assert after[0] > after[1]


@thousand
@given(drawn=tables())
def test_net_flows_sum_to_zero_and_closeness_stays_between_nothing_and_one(drawn: Any) -> None:
    table, weights = drawn
    assert Promethee2().merits(table, table.middle, weights).sum() == pytest.approx(0, abs=1e-12)
    close = Topsis().merits(table, table.middle, weights)
    assert np.all((close >= 0) & (close <= 1))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (Preference("usual"), [0, 0, 1, 1, 1, 1]),
        (Preference("u_shape", q=1), [0, 0, 0, 0, 1, 1]),
        (Preference("v_shape", p=4), [0, 0, 0.125, 0.25, 0.5, 1]),
        (Preference("level", q=1, p=2), [0, 0, 0, 0, 0.5, 1]),
        (Preference("linear", q=1, p=3), [0, 0, 0, 0, 0.5, 1]),
        (Preference("linear", q=1, p=1), [0, 0, 0, 0, 1, 1]),
        (
            Preference("gaussian", s=2),
            [0, 0, 1 - np.exp(-1 / 32), 1 - np.exp(-1 / 8), 1 - np.exp(-0.5), 1 - np.exp(-2)],
        ),
    ],
)
def test_each_preference_function_at_and_around_its_thresholds(shape: Preference, expected: list[float]) -> None:
    found = preference(shape, np.array([-3.0, 0.0, 0.5, 1.0, 2.0, 4.0]))
    assert list(found) == pytest.approx(expected)


def test_a_difference_equal_to_the_threshold_does_not_count_although_floats_say_more(form: Form) -> None:
    shape = {"shape": "level", "q": 0.2, "p": 1}
    result = run_decision(form("promethee_2", [[8.4], [8.2]], [1], preference=shape))
    assert 8.4 - 8.2 > 0.2
    assert set(result.scores.values()) == {0.0}


def test_value_functions_with_bends_are_read_between_their_points(form: Form) -> None:
    asked = form("additive", [[50], [75]], [1])
    asked["criteria"][0] = {"id": "c0", "direction": "min", "points": [[0, 1], [50, 0.8], [100, 0]]}
    assert run_decision(asked).scores == pytest.approx({"A1": 0.8, "A2": 0.4})


def test_all_rules_call_options_level_that_are_alike(form: Form) -> None:
    for method in ("additive", "spotis", "promethee_2", "topsis", "vikor"):
        result = run_decision(form(method, [[3, 4], [3, 4], [3, 4]], [1, 1], bounds=[[0, 9], [0, 9]]))
        assert result.winners == ("A1", "A2", "A3")
        assert result.certificate["tells_options_apart"].holds is False
        assert result.verdict.level == "level"


def test_one_option_comes_first_by_any_rule(form: Form) -> None:
    for method in ("additive", "spotis", "promethee_2", "topsis", "vikor"):
        assert run_decision(form(method, [[3, 4]], [1, 1], bounds=[[0, 9], [0, 9]])).winners == ("A1",)


def test_the_compromise_follows_both_conditions() -> None:
    lead = np.array([0.0, 0.9, 1.0])
    assert compromise(np.array([0.1, 0.5, 0.6]), np.array([0.1, 0.2, 0.3]), lead) == [0]
    assert compromise(np.array([0.5, 0.1, 0.6]), np.array([0.5, 0.2, 0.6]), lead) == [0, 1]  # best by neither
    assert compromise(np.array([0.1, 0.5, 0.6]), np.array([0.1, 0.2, 0.3]), np.array([0.0, 0.3, 0.49])) == [0, 1, 2]


@pytest.mark.parametrize("name", ["sum", "linear"])
def test_normalisations_that_divide_refuse_zeros(name: str) -> None:
    with pytest.raises(MethodInputError, match="above zero"):
        normalise(name, np.array([[0.0], [1.0]]), np.array([-1.0]))


def test_ranks_of_level_options_are_shared_upwards() -> None:
    assert ranks(np.array([0.5, 0.7, 0.5, 0.1])) == (2, 1, 2, 4)
    assert all(a <= b for a, b in pairwise(sorted(ranks(np.array([0.3, 0.3 + 1e-13])))))
