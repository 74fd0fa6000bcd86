"""The rules as commands run them: from JSON to a result, with bad input named and odd input answered."""

from copy import deepcopy
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it has no types
import pytest

from infracommons.methods.mechanisms.budgeting import MECHANISMS, completions
from infracommons.methods.result import MethodInputError, Result, plain

BY_NAME = {mechanism.name: mechanism for mechanism in MECHANISMS}
PARAMETERS: dict[str, dict[str, Any]] = {
    "equal_shares": {"utility": "cost", "completion": "add_one", "step": 1, "stop": "exhaustive", "start": "floor"},
    "exact_equal_shares": {"utility": "cost", "completion": "add_opt", "stop": "overspend", "start": "exact"},
    "bounded_overspending": {"utility": "cardinality", "completion": "utilitarian"},
    "greedy": {"measure": "votes", "skip": True},
    "optimal": {"score": "votes"},
    "phragmen": {"tie_break": "lower_cost"},
}
EVERY = pytest.mark.parametrize("name", PARAMETERS)


def run(name: str, inputs: dict[str, Any], **more: Any) -> Result:
    mechanism = BY_NAME[name]
    said = {**PARAMETERS[name], **more}
    jsonschema.validate(inputs, dict(mechanism.inputs_schema))
    jsonschema.validate(said, dict(mechanism.parameters_schema))
    return mechanism.allocate(mechanism.read_inputs(inputs), mechanism.read_parameters(said))


@EVERY
def test_a_rule_keeps_the_budget_and_says_what_it_used(name: str, neighbourhoods: dict[str, Any]) -> None:
    result = run(name, neighbourhoods)
    assert result.total <= 100
    assert result.certificate["budget"].holds
    assert set(result.selected) | set(result.losers) == {"park", "trees", "lamps", "bench"}
    assert result.parameters.items() >= PARAMETERS[name].items()
    assert plain(result)["details"]["cost"] == result.total


@EVERY
def test_the_same_vote_gives_the_same_result_whatever_the_order_of_ballots(
    name: str, neighbourhoods: dict[str, Any]
) -> None:
    turned = {**neighbourhoods, "ballots": neighbourhoods["ballots"][::-1]}
    assert run(name, neighbourhoods).selected == run(name, turned).selected


@EVERY
@pytest.mark.parametrize("ballots", [[], [{"projects": []}], [{"projects": ["park"]}]])
def test_no_ballots_empty_ballots_and_one_voter_are_answered(
    name: str, ballots: list[Any], neighbourhoods: dict[str, Any]
) -> None:
    result = run(name, {**neighbourhoods, "ballots": ballots})
    assert result.selected == (("park",) if ballots and ballots[0]["projects"] else ())
    assert result.certificate["exhaustive"].holds is False


@EVERY
def test_without_projects_or_money_nothing_wins(name: str, neighbourhoods: dict[str, Any]) -> None:
    assert run(name, {"budget": 5, "projects": [], "ballots": []}).selected == ()
    assert run(name, {**neighbourhoods, "budget": 0}).selected == ()


@EVERY
def test_what_costs_nothing_and_has_a_supporter_wins(name: str, neighbourhoods: dict[str, Any]) -> None:
    neighbourhoods["projects"][3]["cost"] = 0
    assert "bench" in run(name, neighbourhoods).selected


@EVERY
def test_conditions_hold_of_every_outcome(name: str, neighbourhoods: dict[str, Any]) -> None:
    rules = {"quotas": {"green": 60}, "exclusive": [["trees", "lamps"]], "minimum_votes": 2, "floors": {"south": 30}}
    result = run(name, {**neighbourhoods, "constraints": rules})
    assert result.certificate["conditions"].holds
    assert result.certificate["floors"].holds
    assert "bench" not in result.selected
    assert len({"trees", "lamps"} & set(result.selected)) == 1


@EVERY
def test_a_floor_sets_projects_aside_only_where_the_rule_leaves_it_short(
    name: str, neighbourhoods: dict[str, Any]
) -> None:
    with_floor = run(name, {**neighbourhoods, "constraints": {"floors": {"east": 20}}})
    assert "bench" in with_floor.selected
    assert with_floor.certificate["floors"].holds
    plain_result = run(name, neighbourhoods)
    if plain_result.certificate["floors"].holds and "bench" in plain_result.selected:
        assert with_floor.details["set_aside_for_floors"] == []


def test_a_floor_that_no_project_can_fill_is_said_to_be_short(neighbourhoods: dict[str, Any]) -> None:
    inputs = {**neighbourhoods, "constraints": {"floors": {"east": 50, "moon": 1}}}
    check = run("greedy", inputs).certificate["floors"]
    assert (check.holds, check.witness) == (False, {"short": {"east": 30, "moon": 1}})
    with pytest.raises(MethodInputError, match="no outcome within the budget"):
        run("optimal", {**neighbourhoods, "constraints": {"floors": {"north": 60, "south": 70}}})


def test_when_all_are_equal_the_named_order_decides() -> None:
    inputs = {
        "budget": 10,
        "projects": [{"id": "b", "cost": 9}, {"id": "a", "cost": 10}],
        "ballots": [{"projects": ["a", "b"]}],
    }
    winners = {order: run("greedy", inputs, tie_break=order).selected for order in ("listed", "higher_cost", "name")}
    assert winners == {"listed": ("b",), "higher_cost": ("a",), "name": ("a",)}


def test_money_as_text_is_in_currency_units_and_integers_are_minor_units(neighbourhoods: dict[str, Any]) -> None:
    text = deepcopy(neighbourhoods)
    text["budget"] = "1.00"
    for project in text["projects"]:
        project["cost"] = f"0.{project['cost']}"
        project["categories"] = ",".join(project.get("categories", []))
    assert run("greedy", text).amounts == run("greedy", neighbourhoods).amounts


def test_ranked_and_points_ballots_count_by_place_and_points(neighbourhoods: dict[str, Any]) -> None:
    neighbourhoods["ballots"] = [{"ranking": ["bench", "park"]}, {"ranking": "bench,lamps,park"}]
    ranked = run("equal_shares", neighbourhoods, utility="borda", completion="none")
    assert ranked.selected[0] == "bench"
    neighbourhoods["ballots"] = [{"points": {"bench": 5, "park": "0.5"}}, {"points": "lamps=2, bench=1"}]
    assert run("greedy", neighbourhoods).selected[:2] == ("bench", "lamps")


def test_the_places_of_a_ranking_count_for_borda_alone(neighbourhoods: dict[str, Any]) -> None:
    names = [["park", "bench"], ["bench", "lamps", "park"], ["trees", "park"], ["trees", "lamps"]]
    ranked = {**neighbourhoods, "ballots": [{"ranking": own} for own in names]}
    approved = {**neighbourhoods, "ballots": [{"projects": own} for own in names]}
    for utility in ("cost", "cardinality"):
        for completion in ("none", "utilitarian", "add_one"):
            one, other = (
                run("equal_shares", vote, utility=utility, completion=completion) for vote in (ranked, approved)
            )
            assert (one.selected, one.trace, one.losers) == (other.selected, other.trace, other.losers)
    by_place, plain_count = (
        run("equal_shares", ranked, utility=utility, completion="none").trace for utility in ("borda", "cardinality")
    )
    assert by_place != plain_count


def test_completion_by_one_and_then_by_utility_adds_what_still_fits(neighbourhoods: dict[str, Any]) -> None:
    by_one = run("equal_shares", neighbourhoods, completion="add_one", stop="overspend")
    both = run("equal_shares", neighbourhoods, completion="add_one_utilitarian", stop="overspend")
    assert both.selected[: len(by_one.selected)] == by_one.selected
    assert list(both.selected[len(by_one.selected) :]) == both.details["added_by_completion"]
    assert both.certificate["exhaustive"].holds


def test_a_step_too_small_to_come_to_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completions, "_MOST_COUNTS", 5)
    # b is bought first; then one supporter of a cannot pay in full, so that every step changes who pays how much.
    vote = {
        "budget": 200,
        "projects": [{"id": "a", "cost": 75}, {"id": "b", "cost": 60}, {"id": "c", "cost": 100}],
        "ballots": [{"projects": names} for names in (["a", "c"], ["a", "b"], ["b"], ["b"])],
    }
    assert run("equal_shares", vote, completion="none").selected == ("b", "a")
    with pytest.raises(MethodInputError) as refused:
        run("equal_shares", vote, completion="add_one", step="0.001", stop="overspend")
    assert refused.value.where == "parameters.step"


def test_weighted_voters_are_shown_beside_voters_of_one_weight(neighbourhoods: dict[str, Any]) -> None:
    neighbourhoods["budget"] = 60
    neighbourhoods["ballots"][3]["weight"] = 5
    result = run("greedy", neighbourhoods)
    assert result.selected == ("lamps", "bench")
    assert result.details["selected_if_all_voters_weighed_the_same"] == ["park"]


def test_a_pb_file_goes_in_as_text_and_conditions_are_in_its_currency() -> None:
    text = (
        "META\nkey;value\nvote_type;approval\nbudget;10.50\nPROJECTS\nproject_id;cost;category\na;4;x\nb;3;x\nc;5.50;y\n"
        "VOTES\nvoter_id;vote\n1;a,b\n2;a\n3;c\n"
    )
    result = run("greedy", {"pb": text, "constraints": {"quotas": {"x": "5.00"}}})
    assert result.selected == ("a", "c")
    assert (result.details["cost"], result.details["unspent"]) == ("9.50", 1)
    assert result.total == 950


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"budget": -1}, "budget"),
        ({"budget": 10.5}, "budget"),
        ({"budget": "10.555"}, "budget"),
        ({"budget": True}, "budget"),
        ({"budget": "nan"}, "budget"),
        ({"cheese": 1}, "cheese"),
        ({"projects": {}}, "projects"),
        ({"projects": [{"id": "a"}]}, "projects[0].cost"),
        ({"projects": [{"id": "a", "cost": float("nan")}]}, "projects[0].cost"),
        ({"projects": [{"id": "a", "cost": 1}, {"id": "a", "cost": 1}], "ballots": []}, "projects[1].id"),
        ({"ballots": [{"projects": ["unknown"]}]}, "ballots[0].vote"),
        ({"ballots": [{"projects": ["park", "park"]}]}, "ballots[0].projects[1]"),
        ({"ballots": [{"ranking": ["park", "park"]}]}, "ballots[0].ranking[1]"),
        ({"ballots": [{"points": {"park": -3}}]}, "ballots[0].points.park"),
        ({"ballots": [{"points": {"park": float("nan")}}]}, "ballots[0].points.park"),
        ({"projects": [{"id": ["a"], "cost": 1}]}, "projects[0].id"),
        ({"ballots": [{"voter": ["x"]}]}, "ballots[0].voter"),
        ({"ballots": [5]}, "ballots[0]"),
        ({"ballots": [{"points": "park"}]}, "ballots[0].points"),
        ({"ballots": [{"points": "park=1,park=2"}]}, "ballots[0].points"),
        ({"ballots": [{"projects": [], "weight": 0}]}, "ballots[0].weight"),
        ({"ballots": [{"projects": [], "points": {}}]}, "ballots[0]"),
        ({"ballots": [{"projects": ["park"]}, {"points": {"park": 1}}]}, "ballots"),
        ({"ballots": [{"voter": "x"}, {"voter": "x"}]}, "ballots[1].voter"),
        ({"ballots": [{"projects": ["park", "trees"]}], "limits": {"projects": 1}}, "ballots[0]"),
        ({"ballots": [{"points": {"park": 11}}], "limits": {"points": 10}}, "ballots[0]"),
        ({"ballots": [{"projects": ["park", "trees"]}], "limits": {"cost": 99}}, "ballots[0]"),
        ({"constraints": {"exclusive": [["park", "moon"]]}}, "constraints.exclusive[0]"),
        ({"constraints": {"quotas": {"green": -1}}}, "constraints.quotas.green"),
        ({"constraints": {"minimum_votes": "many"}}, "constraints.minimum_votes"),
        ({"pb": "META"}, "budget"),
    ],
)
def test_bad_inputs_are_refused_with_their_place(
    change: dict[str, Any], where: str, neighbourhoods: dict[str, Any]
) -> None:
    with pytest.raises(MethodInputError) as refused:
        BY_NAME["greedy"].read_inputs({**neighbourhoods, **change})
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("name", "change", "where"),
    [
        ("equal_shares", {"utility": "joy"}, "parameters.utility"),
        ("equal_shares", {"completion": None}, "parameters.completion"),
        ("equal_shares", {"step": 0}, "parameters.step"),
        ("equal_shares", {"step": "-1"}, "parameters.step"),
        ("equal_shares", {"stop": "never"}, "parameters.stop"),
        ("greedy", {"skip": "yes"}, "parameters.skip"),
        ("greedy", {"speed": 1}, "parameters.speed"),
        ("phragmen", {"tie_break": "dice"}, "parameters.tie_break"),
        ("bounded_overspending", {"completion": "add_one"}, "parameters.completion"),
        ("optimal", {"score": "most"}, "parameters.score"),
    ],
)
def test_bad_parameters_are_refused_with_their_place(name: str, change: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        BY_NAME[name].read_parameters({**PARAMETERS[name], **change})
    assert refused.value.where == where


def test_amounts_beyond_what_is_exact_are_refused_not_rounded(neighbourhoods: dict[str, Any]) -> None:
    neighbourhoods["projects"][0]["cost"] = 10**17
    for name in ("equal_shares", "optimal"):
        with pytest.raises(MethodInputError, match="too large"):
            run(name, neighbourhoods)
    assert "park" not in run("bounded_overspending", neighbourhoods).selected
