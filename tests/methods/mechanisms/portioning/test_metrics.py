from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from infracommons.methods.filling import water_filled
from infracommons.methods.mechanisms.portioning.mechanisms import read_metric_inputs, read_metric_parameters
from infracommons.methods.mechanisms.portioning.metrics import Measured, MetricRules, allocate
from infracommons.methods.result import MethodInputError

RULES = MetricRules({"use": Fraction(1)}, "largest", 0, "raise", None, "refuse")


def measured(pot: int, **use: int) -> Measured:
    return Measured(pot, {"use": {one: Fraction(figure) for one, figure in use.items()}})


def test_a_cap_hands_the_rest_to_the_others_and_loses_nothing() -> None:
    # The case that loses four fifths of a pot where the rest goes only to who has nothing yet: 90/7/3 per cent.
    result = allocate(measured(1000, a=90, b=7, c=3), replace(RULES, cap=400))
    assert result.amounts == {"a": 400, "b": 400, "c": 200}
    assert result.certificate["pot_handed_out"].holds


def test_caps_that_leave_money_are_refused_or_leave_it_by_rule() -> None:
    low = replace(RULES, cap=100)
    with pytest.raises(MethodInputError, match="together leave 700"):
        allocate(measured(1000, a=90, b=7, c=3), low)
    kept = allocate(measured(1000, a=90, b=7, c=3), replace(low, caps_too_low="keep_remainder"))
    assert kept.amounts == {"a": 100, "b": 100, "c": 100}
    assert kept.details["not_handed_out"] == kept.certificate["pot_handed_out"].witness == 700


def test_the_minimum_raises_or_drops_by_rule() -> None:
    round_ = measured(1000, a=90, b=7, c=3)
    assert allocate(round_, replace(RULES, minimum=100)).amounts == {"a": 800, "b": 100, "c": 100}
    dropped = allocate(round_, replace(RULES, minimum=50, below_minimum="drop"))
    assert dropped.amounts == {"a": 928, "b": 72, "c": 0}
    assert dropped.losers["c"]["why"] == "its share was below the minimum"


def test_metrics_meet_on_one_scale_and_are_weighed() -> None:
    round_ = Measured(900, {"use": {"a": Fraction(10), "b": Fraction(5)}, "cited": {"b": Fraction(4)}})
    known = replace(RULES, weights={"use": Fraction(2), "cited": Fraction(1)})
    assert allocate(round_, known).amounts == {"a": 450, "b": 450}
    assert allocate(round_, replace(known, scale="sum")).details["scores"] == {
        "a": Fraction(4, 3),
        "b": Fraction(2, 3) + 1,
    }


@pytest.mark.parametrize(
    ("rules", "pot", "problem"),
    [
        (replace(RULES, minimum=600), 1000, "together ask for"),
        (replace(RULES, minimum=50, cap=40), 1000, "above the cap"),
        (replace(RULES, weights={"use": Fraction(0)}), 1000, "sum to zero"),
        (replace(RULES, weights={"fame": Fraction(1)}), 1000, "no such metric"),
        (replace(RULES, minimum=2000, below_minimum="drop"), 1000, "nobody is left"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused(rules: MetricRules, pot: int, problem: str) -> None:
    with pytest.raises(MethodInputError, match=problem):
        allocate(measured(pot, a=90, b=7), rules)


def test_a_pot_without_use_is_refused() -> None:
    with pytest.raises(MethodInputError, match="nobody can be paid"):
        allocate(measured(10, a=0), RULES)


@pytest.mark.parametrize("figure", [-1, "x", float("inf"), None, True])
def test_bad_figures_are_refused_by_their_place(figure: Any) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_metric_inputs({"pot": 1, "metrics": {"use": {"a": figure}}})
    assert caught.value.where == "metrics.use.a"


def test_rules_are_read() -> None:
    known = {"weights": {"use": "1/3"}, "scale": "sum", "minimum": "0.50", "below_minimum": "drop", "cap": None}
    found = read_metric_parameters(known | {"caps_too_low": "refuse"})
    assert found == MetricRules({"use": Fraction(1, 3)}, "sum", 50, "drop", None, "refuse")


weights = st.lists(st.integers(0, 20), min_size=1, max_size=6).filter(any)


@settings(max_examples=1000, deadline=None)
@given(use=weights, pot=st.integers(0, 5000), cap=st.integers(0, 3000), minimum=st.integers(0, 300), drop=st.booleans())
def test_the_pot_is_never_lost_and_bounds_are_kept(
    use: list[int],
    pot: int,
    cap: int,
    minimum: int,
    drop: bool,  # noqa: FBT001
) -> None:
    names = {f"p{number}": figure for number, figure in enumerate(use)}
    known = replace(RULES, cap=cap, minimum=minimum, below_minimum="drop" if drop else "raise")
    try:
        result = allocate(measured(pot, **names), replace(known, caps_too_low="keep_remainder"))
    except MethodInputError:
        assume(False)  # noqa: FBT003 - such rules cannot be kept
    assert result.total + result.details["not_handed_out"] == pot
    assert all(not part or minimum <= part <= cap for part in result.amounts.values())
    if result.details["not_handed_out"]:
        assert all(part == cap for part in result.amounts.values() if part)


@settings(max_examples=1000, deadline=None)
@given(use=weights, pot=st.integers(0, 3000), more=st.integers(1, 500), cap=st.integers(700, 3000))
def test_a_bigger_pot_lowers_nobody(use: list[int], pot: int, more: int, cap: int) -> None:
    weight = {f"p{number}": Fraction(figure) for number, figure in enumerate(use)}
    caps = dict.fromkeys(weight, cap)
    before, after = (water_filled(weight, total, {}, caps) for total in (pot, pot + more))
    assert all(after[one] >= before[one] for one in weight)
    assert sum(after.values()) == min(pot + more, cap * sum(1 for figure in use if figure))
