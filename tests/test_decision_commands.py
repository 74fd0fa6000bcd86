"""The command `decide` for every kind of document, as typed: answers that hold, bad input told by its place."""

import json
import re
import sys
from collections.abc import Callable
from copy import deepcopy
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons import cli
from infracommons.methods.decisions.kinds import BY_NAME, KINDS, run_document
from infracommons.methods.result import MethodInputError

PAGES = Path(__file__).parents[1] / "docs" / "methods" / "decisions"
NAMES = [one.name for one in KINDS if one.name != "ranking"]
Command = Callable[..., tuple[int, str, str]]


def example(name: str) -> dict[str, Any]:
    """Return the document that the page of a kind shows."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[0])
    return found


@pytest.fixture
def decide(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Run `infracommons decide` in this process."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str, document: Any = None) -> tuple[int, str, str]:
        if document is not None:
            Path("d.json").write_text(json.dumps(document), encoding="utf-8")
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["infracommons", "decide", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        status = ended.value.code if isinstance(ended.value.code, int) else 0
        assert len(err.splitlines()) == (1 if status else 0), err
        return status, out, err

    return command


def answer(decide: Command, document: Any) -> dict[str, Any]:
    status, out, err = decide("run", "d.json", "--json", document=document)
    assert status == 0, err
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def test_the_list_names_every_kind_and_each_is_described(decide: Command) -> None:
    said = json.loads(decide("list", "--json")[1])["kinds"]
    assert [one["name"] for one in said] == ["ranking", *NAMES]
    for name in BY_NAME:
        schema = json.loads(decide("describe", name, "--schema", "--json")[1])
        Draft202012Validator.check_schema(schema)
        assert json.loads(decide("describe", name, "--json")[1])["schema"] == schema
        assert "(needed)" in decide("describe", name)[1]
    assert decide("describe", "x")[2].startswith("infracommons: kind: 'x': is not one of ranking, needs")


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_says_its_method_parameters_version_and_seed(decide: Command, name: str) -> None:
    said = answer(decide, example(name))
    assert (said["kind"], said["method"]) == (name, name)
    assert {"parameters", "version", "seed", "certificate"} <= said.keys()
    assert said["certificate"]["checks"]


def test_a_document_without_kind_or_with_kind_ranking_is_a_ranking(decide: Command) -> None:
    document = {
        "options": ["a", "b"], "criteria": [{"id": "c", "direction": "max", "bounds": [0, 10]}],
        "performances": {"a": {"c": 3}, "b": {"c": 5}}, "weights": {"c": 1},
    }  # fmt: skip
    assert answer(decide, document) == answer(decide, {"kind": "ranking", "title": "Which?", **document})


def test_needs_say_what_fits_between_which_bounds_and_what_to_ask(decide: Command) -> None:
    said = answer(decide, example("needs"))
    assert {name: (one["suitability"], one["low"], one["high"]) for name, one in said["matches"].items()} == {
        "X": ("suitable", "1/2", 1), "Y": ("suitable", "7/12", "7/12"), "Z": ("unsuitable", "1/2", 1),
    }  # fmt: skip
    assert [(one["option"], one["requirement"], one["worth"]) for one in said["questions"]] == [("X", "api", 0.5)]


def test_a_portfolio_is_the_best_of_all_sets_of_fifteen(decide: Command) -> None:
    random = Random(5)  # noqa: S311 - no secret
    for _ in range(6):
        candidates: list[dict[str, Any]] = [
            {"id": f"c{at}", "cost": random.randint(0, 3000), "value": random.randint(0, 40),
             "recipient": "rst"[at % 3], "groups": ["gh"[at % 2]]} for at in range(15)
        ]  # fmt: skip
        budget = random.randint(3000, 15000)
        document = {"kind": "portfolio", "budget": budget, "candidates": candidates, "largest_share": "1/2",
                    "at_least": {"h": 2}, "at_most": {"g": 4}, "exclusive": [["c0", "c1", "c2"]], "left_out": False,
                    "frontier_points": 3}  # fmt: skip
        best = max(
            (sum(one["value"] for one in chosen), -sum(one["cost"] for one in chosen))
            for size in range(16) for chosen in combinations(candidates, size) if _keeps(chosen, budget)
        )  # fmt: skip
        said = answer(decide, document)
        assert (said["value"], -said["cost"]) == best
        assert said["cost"] + said["left_over"] == budget
        assert all(check["holds"] for check in said["certificate"]["checks"])
        assert said["frontier_is_whole"] is False
        assert said["frontier"][-1] == {"cost": said["cost"], "value": said["value"]}


def _keeps(chosen: tuple[dict[str, Any], ...], budget: int) -> bool:
    by = {name: sum(one["cost"] for one in chosen if one["recipient"] == name) for name in "rst"}
    groups = [one["groups"][0] for one in chosen]
    return bool(
        sum(by.values()) <= budget and max(by.values()) * 2 <= budget and groups.count("h") >= 2
        and groups.count("g") <= 4 and len({"c0", "c1", "c2"} & {one["id"] for one in chosen}) <= 1
    )  # fmt: skip


def test_a_portfolio_that_no_set_can_be_says_which_rules_stand_in_the_way(decide: Command) -> None:
    document = example("portfolio") | {"budget": "40000.00"}
    said = answer(decide, document)
    assert (said["selected"], said["cost"], said["left_over"]) == ([], 0, 4_000_000)
    assert said["certificate"]["checks"][0]["holds"] is False
    assert said["certificate"]["checks"][0]["witness"] == ["budget", "at_least.south"]


def test_ownership_costs_add_up_and_follow_the_closed_form(decide: Command) -> None:
    document = example("ownership")
    said = answer(decide, document)
    assert said["cheapest"] == ["hosted"]
    for plan in said["plans"].values():
        assert sum(line["present_value"] for line in plan["lines"].values()) == plan["total"]
        assert plan["cash"] + plan["in_kind"] == plan["total"]
    own, hosted = said["plans"]["own"], said["plans"]["hosted"]
    level = (1 - 1.03**-5) / 0.03
    assert own["lines"]["staff"]["present_value"] == round(60_000_00 * level)
    assert own["in_kind"] == round(5_000_00 * level)
    assert hosted["lines"]["per_paper"]["by_year"] == [2_500_000, 2_750_000, 3_025_000, 3_327_500, 3_660_250]
    # Years 2 and 3 of the base are committed, and the export is due whenever one leaves.
    assert hosted["leaving"] == [800_000 + 1_020_000 + 1_040_400, 800_000 + 1_040_400, 800_000, 800_000, 800_000]
    assert own["spread"]["p10"] < own["spread"]["p50"] < own["spread"]["p90"]
    assert hosted["spread"]["p10"] == hosted["spread"]["p90"] == hosted["total"]
    left = answer(decide, {**document, "leaves": True})["plans"]["hosted"]
    assert left["total"] - hosted["total"] == round(8_000_00 * 1.03**-5)


def test_symmetric_prices_have_the_sure_cost_in_their_middle(decide: Command) -> None:
    price = {"shape": "triangular", "least": 800, "mode": 1000, "greatest": 1200}
    lines = [{"id": f"l{at}", "behaviour": "fixed", "price": price} for at in range(4)]
    document = {"kind": "ownership", "years": 3, "discount": 0, "pays_at": "end", "leaves": False, "draws": 40_000,
                "plans": [{"id": "a", "lines": lines}]}  # fmt: skip
    plan = answer(decide, document)["plans"]["a"]
    assert plan["total"] == 12_000
    assert plan["spread"]["p50"] == pytest.approx(12_000, rel=0.002)
    assert sum(plan["spread"]["drivers"].values()) == pytest.approx(1)


def test_an_investment_adds_up_for_each_member_and_together(decide: Command) -> None:
    document = example("investment")
    said = answer(decide, document)
    assert sum(sum(row) for row in said["payments"].values()) == 180_000_00
    assert sum(said["net_present_value"].values()) == said["together"]
    gains, pays = [0, 5_000_00, 10_000_00, 10_000_00, 10_000_00], 9_000_00
    exact = sum((gain - pays) / 1.03**year for year, gain in enumerate(gains, start=1))
    assert said["net_present_value"]["small"] == pytest.approx(exact, abs=1)
    assert said["bridge"] == [6_400_000, 4_800_000, 3_200_000, 1_600_000, 0]
    lumpy = answer(decide, {**document, "profile": "lumpy"})
    assert lumpy["payments"]["big"][0] == 75_000_00
    assert lumpy["together"] < said["together"]


def test_a_policy_that_is_not_known_says_what_would_do(decide: Command) -> None:
    said = answer(decide, example("policy"))["services"]
    assert {name: one["answer"] for name, one in said.items()} == {"X": "unknown", "Y": "met"}
    assert said["X"]["route"] == [{"test_id": "patient_data", "now": "unknown", "to": "met"}]
    assert said["X"]["evidence"]["has_doi"]["checked_on"] == "2026-03-01"


def test_a_policy_whose_tests_come_twice_has_its_shortest_route_at_once(decide: Command) -> None:
    tests = [f"t{at}" for at in range(30)]
    pairs = [{"any": [one, {"not": other}]} for one, other in pairwise(tests)]
    document = {"kind": "policy", "policy": {"all": [*pairs, "t29"]}, "services": {"s": {}}}
    # The last has to be met, so that the one before has, and so on.
    assert len(answer(decide, document)["services"]["s"]["route"]) == 30


@pytest.mark.parametrize(
    ("name", "spoilt", "line"),
    [
        ("needs", {"kind": "need"}, "kind: 'need': is not one of ranking, needs"),
        ("needs", {"title": ""}, "title: ''"),
        ("needs", {"functions": []}, "functions: []: needs at least 1"),
        ("needs", {"options": {}}, "options: {}"),
        ("needs", {"options": {"X": {"api": "yes"}}}, "options.X.api: 'yes': must be one of met, partly"),
        ("needs", {"options": {"X": {"apis": "met"}}}, "options.X.apis: 'met': is not a requirement"),
        ("needs", {"partly_counts": 2}, "partly_counts: 2: must be at most 1"),
        ("needs", {"chance_met": 1}, "chance_met: Fraction(1, 1): above 0 and below 1"),
        ("needs", {"functions": [{"id": "f", "requirements": [{"id": "a", "kind": "must", "weight": 2}]}]},
         "functions[0].requirements[0].weight: 2: a must sifts out"),
        ("needs", {"functions": [{"id": "f", "requirements": [{"id": "a", "kind": "should", "weight": 0}]}]},
         "functions[0].requirements[0].weight: 0: a weight is above zero"),
        ("portfolio", {"budget": "1.005"}, "budget: '1.005'"),
        ("portfolio", {"budget": -1}, "budget: -1: is negative"),
        ("portfolio", {"budget": 12.5}, "budget: 12.5: is not exact"),
        ("portfolio", {"candidates": []}, "candidates: []"),
        ("portfolio", {"candidates": [{"id": "a", "cost": 1, "value": "x"}]}, "candidates[0].value: 'x'"),
        ("portfolio", {"candidates": [{"id": "a", "cost": 1, "value": 1}] * 2}, "candidates[1].id: 'a': stands twice"),
        ("portfolio", {"candidates": [{"id": "a", "cost": 1, "value": 1, "requires": ["b"]}], "at_least": {}},
         "candidates[0].requires: 'b': is not a candidate"),
        ("portfolio", {"at_least": {"west": 1}}, "at_least.west: 1: no candidate"),
        ("portfolio", {"largest_share": 0}, "largest_share: Fraction(0, 1): above 0"),
        ("portfolio", {"exclusive": [["archive", "x"]]}, "exclusive: 'x': is not a candidate"),
        ("ownership", {"years": 0}, "years: 0: must be at least 1"),
        ("ownership", {"discount": -1}, "discount: -1: above -1"),
        ("ownership", {"drivers": {"papers": [1, 2]}}, "drivers.papers: 2: one volume for each of 5 years"),
        ("ownership", {"drivers": {}}, "plans[1].lines[1].driver: 'papers': is not among the drivers"),
        ("ownership", {"plans": []}, "plans: []"),
        ("ownership", {"plans": [{"id": "a", "lines": [{"id": "l", "behaviour": "fixed", "price": -1}]}]},
         "plans[0].lines[0].price: -1: is negative"),
        ("ownership", {"plans": [{"id": "a", "lines": [{"id": "l", "behaviour": "fixed", "price": {
            "shape": "pert", "least": 2, "mode": 1, "greatest": 3}}]}]}, "plans[0].lines[0].price: (2, 1, 3): not in"),
        ("ownership", {"plans": [{"id": "a", "lines": [{"id": "l", "behaviour": "step", "price": 1}]}]},
         "plans[0].lines[0].driver: None: is missing"),
        ("investment", {"spent": []}, "spent: []"),
        ("investment", {"members": [{"id": "a", "share": 0, "gains": [0] * 5}]}, "members: ['0']: shares sum to zero"),
        ("investment", {"members": [{"id": "a", "share": 1, "gains": [0]}]}, "members[0].gains: 1: one for each of 5"),
        ("investment", {"profile": "steep"}, "profile: 'steep': must be one of"),
        ("policy", {"services": {}}, "services: {}"),
        ("policy", {"services": {"X": {"has_doi": "partly"}}}, "services.X.has_doi: 'partly': must be one of"),
        ("policy", {"services": {"X": {"has_dio": "met"}}}, "services.X.has_dio: 'has_dio': is not a test"),
        ("policy", {"services": {"X": {"has_doi": {"answer": "met", "checked_on": "May"}}}},
         "services.X.has_doi.checked_on: 'May': is not a day"),
        ("policy", {"policy": {"all": []}}, "policy.all: []"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told_with_place_and_value(
    decide: Command, name: str, spoilt: dict[str, Any], line: str
) -> None:
    status, _, err = decide("run", "d.json", document={**example(name), **spoilt})
    assert status == 2
    assert err.startswith(f"infracommons: d.json: {line}"), err


ODD: tuple[Any, ...] = (None, "", "x", -1, 0, 1.5, 10**30, True, [], {}, [None], {"x": None}, [[]], "NaN", "1/0")


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inner for place in _places(part, (*path, key)))]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_stands_anywhere_is_answered_or_refused_by_its_place(name: str) -> None:
    whole = example(name) | ({"draws": 5} if name == "ownership" else {})
    schema = Draft202012Validator(BY_NAME[name].schema)
    schema.validate(whole)
    places = _places(whole)[1:]
    for place in places:
        for odd in (*ODD, "remove", "add"):
            document = deepcopy(whole)
            inside = document
            for key in place[:-1]:
                inside = inside[key]
            if odd == "remove":
                del inside[place[-1]]
            elif odd == "add" and isinstance(inside, dict):
                inside["surplus"] = 1
            else:
                inside[place[-1]] = odd
            if _refused(document) is None:
                assert schema.is_valid(document), f"{place} {odd!r} is answered, and the schema refuses it"


def _refused(document: dict[str, Any]) -> str | None:
    """Return the place that is refused, None where the document is answered."""
    try:
        run_document(document)
    except MethodInputError as error:
        return error.where or pytest.fail(f"no place: {error}")
    return None
