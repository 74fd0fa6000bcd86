"""The schemas that `describe` prints and the readers agree: on what is taken, and on what is refused for its shape."""

from typing import Any

import pytest
from tests.methods.mechanisms.agreeing import agree

from infracommons.methods.mechanisms.budgeting import MECHANISMS

POINTS = {
    "budget": "12.50",
    "projects": [{"id": "a", "name": "A", "cost": 5, "categories": ["green"], "location": "north"}],
    "ballots": [{"voter": "v", "points": {"a": "1.5"}, "weight": 2}],
    "constraints": {"quotas": {"green": 9}, "floors": {"north": 1}, "exclusive": [["a"]], "minimum_votes": 1},
    "limits": {"projects": 3, "points": 10, "cost": "9.00"},
}
RANKED = {"budget": 9, "projects": [{"id": "a", "cost": 5}], "ballots": [{"ranking": ["a"]}]}
APPROVED = {"budget": 9, "projects": [{"id": "a", "cost": 5}], "ballots": [{"projects": "a"}, {}]}
PARAMETERS: dict[str, dict[str, Any]] = {
    "equal_shares": {
        "utility": "cost", "completion": "none", "step": 1, "stop": "overspend", "start": "exact", "tie_break": "name",
    },
    "exact_equal_shares": {
        "utility": "cost", "completion": "none", "step": 1, "stop": "overspend", "start": "exact", "tie_break": "name",
    },
    "bounded_overspending": {"utility": "cost", "completion": "none", "tie_break": "name"},
    "greedy": {"measure": "votes", "skip": True, "tie_break": "name"},
    "optimal": {"score": "votes"},
    "phragmen": {"tie_break": "name"},
}  # fmt: skip


@pytest.mark.parametrize("good", [POINTS, RANKED, APPROVED], ids=["points", "ranked", "approved"])
def test_schema_and_reader_of_inputs_take_and_refuse_the_same(good: dict[str, Any]) -> None:
    agree(MECHANISMS[0].inputs_schema, MECHANISMS[0].read_inputs, good)


@pytest.mark.parametrize("found", MECHANISMS, ids=lambda found: found.name)
def test_schema_and_reader_of_parameters_take_and_refuse_the_same(found: Any) -> None:
    agree(found.parameters_schema, found.read_parameters, PARAMETERS[found.name])
