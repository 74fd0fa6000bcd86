import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons.methods.decisions.decide import run_decision
from infracommons.methods.decisions.decision_schema import DECISION_SCHEMA
from infracommons.methods.result import MethodInputError, plain

Form = Callable[..., dict[str, Any]]


def whole_decision() -> dict[str, Any]:
    return {
        "title": "Which repository",
        "method": "additive",
        "options": ["hosted", "own"],
        "criteria": [
            {"id": "cost", "direction": "min", "unit": "EUR a year", "worst": 100, "best": 0},
            {"id": "care", "direction": "max", "points": [[0, 0], [5, 0.8], [10, 1]]},
        ],
        "performances": {"hosted": {"cost": [20, 40], "care": 5}, "own": {"cost": "50", "care": None}},
        "ahp": [[1, 3], ["1/3", 1]],
        "sensitivity": {"smaa": {"draws": 200}, "sobol": {"samples": 32}},
        "seed": 4,
    }


def test_a_whole_decision_is_read_worked_out_and_written_as_json() -> None:
    form = whole_decision()
    Draft202012Validator(DECISION_SCHEMA).validate(form)
    result = run_decision(form)
    assert result.weights == pytest.approx({"cost": 0.75, "care": 0.25})
    assert result.scores["hosted"] == pytest.approx(0.75 * 0.7 + 0.25 * 0.8)
    by_option = {one.option: one for one in result.ranking}
    assert (by_option["own"].low, by_option["own"].high) == pytest.approx((0.375, 0.625))
    assert (by_option["hosted"].low, by_option["hosted"].high) == pytest.approx((0.65, 0.8))
    assert result.certificate["all_known"].holds is False
    said = json.dumps(plain(result), allow_nan=False)
    assert json.dumps(plain(run_decision(deepcopy(form)))) == said
    assert result.seed == 4


def test_a_decision_needs_no_more_than_options_criteria_values_and_weights(form: Form) -> None:
    result = run_decision(form("additive", [[1], [2]], [1], bounds=[[0, 2]]))
    assert result.winners == ("A2",)
    assert (result.smaa, result.sobol, result.stakeholders) == (None, None, None)


NAN = float("nan")
BREAKS: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
    ("weights that sum to zero", lambda f: f.update(weights={"c0": 0, "c1": 0}), "weights"),
    ("a criterion without a direction", lambda f: f["criteria"][1].pop("direction"), r"criteria\[1\]\.direction"),
    ("a value that is not a number", lambda f: f["performances"]["A1"].update(c1=NAN), r"performances\.A1\.c1"),
    ("a value that is endless", lambda f: f["performances"]["A1"].update(c1=float("inf")), r"performances\.A1\.c1"),
    ("an absurd value", lambda f: f["performances"]["A1"].update(c1=10**400), r"performances\.A1\.c1"),
    ("text for a value", lambda f: f["performances"]["A1"].update(c1="many"), r"performances\.A1\.c1"),
    ("true for a value", lambda f: f["performances"]["A1"].update(c1=True), r"performances\.A1\.c1"),
    ("no options", lambda f: f.update(options=[]), "options"),
    ("an option twice", lambda f: f.update(options=["A1", "A1"]), r"options\[1\]"),
    ("no criteria", lambda f: f.update(criteria=[]), "criteria"),
    ("an unknown criterion in the values", lambda f: f["performances"]["A1"].update(c9=1), r"performances\.A1\.c9"),
    ("an unknown criterion in the weights", lambda f: f["weights"].update(c9=1), r"weights\.c9"),
    ("an option without values", lambda f: f["performances"].pop("A2"), r"performances\.A2"),
    ("a value that is missing", lambda f: f["performances"]["A2"].pop("c0"), r"performances\.A2\.c0"),
    ("values of an unknown option", lambda f: f["performances"].update(B={}), r"performances\.B"),
    ("a weight that is missing", lambda f: f["weights"].pop("c0"), r"weights\.c0"),
    ("a negative weight", lambda f: f["weights"].update(c0=-1), r"weights\.c0"),
    ("no weights at all", lambda f: f.pop("weights"), "weights"),
    ("two kinds of weights", lambda f: f.update(swing={"c0": 100, "c1": 50}), "weights"),
    ("an unknown method", lambda f: f.update(method="magic"), "method"),
    ("an unknown parameter", lambda f: f.update(parameters={"w": 1}), r"parameters\.w"),
    ("an unknown normalisation", lambda f: f.update(parameters={"normalisation": "z"}), r"parameters\.normalisation"),
    ("a value outside its bounds", lambda f: f["performances"]["A1"].update(c0=99), r"performances\.A1\.c0"),
    ("an interval turned round", lambda f: f["performances"]["A1"].update(c0=[2, 1]), r"performances\.A1\.c0"),
    ("bounds turned round", lambda f: f["criteria"][0].update(bounds=[10, 0]), r"criteria\[0\]\.best"),
    ("bounds that are one point", lambda f: f["criteria"][0].update(bounds=[1, 1]), r"criteria\[0\]\.best"),
    ("no bounds", lambda f: f["criteria"][0].pop("bounds"), r"criteria\[0\]"),
    ("an unknown word", lambda f: f.update(colour="red"), "colour"),
    ("worth that falls", lambda f: f["criteria"][0].update(points=[[0, 1], [10, 0]]), r"criteria\[0\]\.points"),
    ("an unknown shape", lambda f: f["criteria"][0].update(preference={"shape": "w"}), r"preference\.shape"),
    ("a shape without its threshold", lambda f: f["criteria"][0].update(preference={"shape": "gaussian"}), r"\.s"),
    ("p below q", lambda f: f["criteria"][0].update(preference={"shape": "level", "q": 2, "p": 1}), r"preference\.p"),
    ("no draws", lambda f: f.update(sensitivity={"smaa": {"draws": 0}}), r"sensitivity\.smaa\.draws"),
    ("a list for an object", lambda f: f.update(performances=[]), "performances"),
    ("nobody as stakeholders", lambda f: (f.pop("weights"), f.update(stakeholders={})), "stakeholders"),
    ("an expected value without bounds", lambda f: f["criteria"][0].update(expected=99), r"criteria\[0\]\.expected"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "where"), BREAKS, ids=[one[0] for one in BREAKS])
def test_bad_input_is_refused_by_its_place(form: Form, name: str, spoil: Callable[..., object], where: str) -> None:
    asked = form("additive", [[1, 2], [3, 4]], [1, 1], bounds=[[0, 10], [0, 10]])
    spoil(asked)
    with pytest.raises(MethodInputError, match=where):
        run_decision(asked)
    assert name


def test_what_is_unknown_needs_bounds_between_which_it_lies(form: Form) -> None:
    with pytest.raises(MethodInputError, match=r"performances\.A1\.c0"):
        run_decision(form("topsis", [[None], [3]], [1]))
    known = run_decision(form("topsis", [[None], [3]], [1], bounds=[[0, 10]]))
    assert known.ranking[0].low is None


def test_an_expected_value_of_spotis_may_lie_within_the_bounds(form: Form) -> None:
    asked = form("spotis", [[4], [10], [None]], [1], bounds=[[0, 10]])
    asked["criteria"][0]["expected"] = 5
    result = run_decision(asked)
    assert result.scores == pytest.approx({"A1": 0.1, "A2": 0.5, "A3": 0.0})
    assert result.certificate["dominance"].holds is False  # predicted: more is no longer better
    unknown = next(one for one in result.ranking if one.option == "A3")
    assert (unknown.low, unknown.high) == pytest.approx((0, 0.5))
