from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.portioning.flow import Dependencies, FlowRules, Receiver, allocate, arrivals
from infracommons.methods.mechanisms.portioning.mechanisms import read_flow_inputs, read_flow_parameters
from infracommons.methods.result import MethodInputError

HOLD = FlowRules("hold")
HALF = Fraction(1, 2)


def test_money_passes_along_a_chain() -> None:
    chain = Dependencies(
        {"app": Receiver(1000, {"library": HALF}), "library": Receiver(0, {"base": Fraction(1, 5)}), "base": Receiver()}
    )
    assert allocate(chain, HOLD).amounts == {"app": 500, "library": 400, "base": 100}


def test_a_circle_is_solved_exactly() -> None:
    # What comes to a is 900 + x_b / 2, and x_b = x_a / 2: x_a = 1200, x_b = 600.
    circle = Dependencies({"a": Receiver(900, {"b": HALF}), "b": Receiver(0, {"a": HALF})})
    result = allocate(circle, HOLD)
    assert result.details["arrivals"] == {"a": 1200, "b": 600}
    assert result.amounts == {"a": 600, "b": 300}
    assert not result.certificate.failing
    loop = Dependencies({"a": Receiver(90, {"a": Fraction(2, 3)})})
    assert allocate(loop, HOLD).amounts == {"a": 90}


def test_a_circle_where_nobody_keeps_any_is_refused() -> None:
    with pytest.raises(MethodInputError, match="circle where nobody keeps any"):
        Dependencies({"a": Receiver(900, {"b": Fraction(1)}), "b": Receiver(0, {"a": Fraction(1)})})
    Dependencies({"a": Receiver(9), "b": Receiver(0, {"b": Fraction(1)})})  # no money comes there


def test_unclaimed_money_is_held_kept_or_handed_on_by_rule() -> None:
    three = Dependencies(
        {
            "app": Receiver(1000, {"x": HALF, "y": Fraction(1, 4)}),
            "x": Receiver(claimed=False),
            "y": Receiver(),
        }
    )
    held = allocate(three, HOLD)
    assert held.amounts == {"app": 250, "x": 500, "y": 250}
    assert held.details["held"] == {"x": 500}
    kept = allocate(three, FlowRules("keep_in_pot"))
    assert kept.amounts == {"app": 250, "x": 0, "y": 250}
    assert kept.details["not_handed_out"] == 500
    assert allocate(three, FlowRules("to_claimed")).amounts == {"app": 500, "x": 0, "y": 500}
    assert kept.losers["x"]["why"] == "nobody has claimed it"


@pytest.mark.parametrize(
    ("receivers", "where"),
    [
        ({"a": {"given": -1}}, "receivers.a.given"),
        ({"a": {"passes": {"b": 0.5}}}, "receivers.a.passes.b"),
        ({"a": {"passes": {"b": "2/3", "a": "2/3"}}, "b": {}}, "receivers.a.passes"),
        ({"a": {"passes": {"a": -1}}}, "receivers.a.passes.a"),
        ({"a": {"claimed": 1}}, "receivers.a.claimed"),
    ],
)
def test_bad_dependencies_are_refused_by_their_place(receivers: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_flow_inputs({"receivers": receivers})
    assert caught.value.where == where


def test_no_money_flows_nowhere() -> None:
    assert allocate(Dependencies({"a": Receiver()}), read_flow_parameters({"unclaimed": "hold"})).amounts == {"a": 0}


@settings(max_examples=1000, deadline=None)
@given(
    given_money=st.lists(st.integers(0, 1000), min_size=4, max_size=4),
    parts=st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=4, max_size=4),
    claimed=st.lists(st.booleans(), min_size=4, max_size=4),
    unclaimed=st.sampled_from(["hold", "keep_in_pot", "to_claimed"]),
)
def test_money_is_conserved_and_the_matrix_agrees(
    given_money: list[int], parts: list[list[int]], claimed: list[bool], unclaimed: Any
) -> None:
    split = [[Fraction(part, max(10, sum(row))) for part in row] for row in parts]
    names = "abcd"
    try:
        inputs = Dependencies(
            {
                name: Receiver(given_money[at], dict(zip(names, split[at], strict=True)), claimed[at])
                for at, name in enumerate(names)
            }
        )
    except MethodInputError:
        assume(False)  # noqa: FBT003 - a circle that keeps nothing
    result = allocate(inputs, FlowRules(unclaimed))
    assert result.total + result.details["not_handed_out"] == sum(given_money)
    assert not result.certificate.failing
    matrix = np.eye(4) - np.array([[float(part) for part in row] for row in split]).T
    if abs(np.linalg.det(matrix)) > 1e-6:
        expected = np.linalg.solve(matrix, given_money)
        assert [float(one) for one in arrivals(inputs).values()] == pytest.approx(expected.tolist(), abs=1e-6)
