"""The schemas that `describe` prints and the readers agree: on what is taken, and on what is refused for its shape."""

from typing import Any

import pytest
from tests.methods.mechanisms.agreeing import agree

from infracommons.methods.mechanisms.portioning import MECHANISMS
from infracommons.methods.result import Mechanism

GOOD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "median_quorum": (
        {"pot": "20.00", "projects": ["x"], "ballots": {"ana": {"x": 5}}},
        {
            "quorum": 1, "drop_at_or_below": "1.50", "order": "scale_then_drop", "scaling": "to_pot",
            "zero_votes": "count",
        },
    ),
    "moving_phantoms": (
        {"pot": 20, "projects": ["x"], "ballots": {"ana": {"x": "1/2"}}},
        {"family": "utilitarian"},
    ),
    "metric_pot": (
        {"pot": 20, "metrics": {"use": {"x": "1/2"}}},
        {
            "weights": {"use": 1}, "scale": "largest", "minimum": 0, "below_minimum": "raise", "cap": 5,
            "caps_too_low": "refuse",
        },
    ),
    "dependency_flow": (
        {"receivers": {"x": {"given": 5, "passes": {"x": "1/2"}, "claimed": True}}},
        {"unclaimed": "hold"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("found", MECHANISMS, ids=lambda found: found.name)
def test_schemas_and_readers_take_and_refuse_the_same(found: Mechanism) -> None:
    inputs, parameters = GOOD[found.name]
    agree(found.inputs_schema, found.read_inputs, inputs)
    agree(found.parameters_schema, found.read_parameters, parameters)
