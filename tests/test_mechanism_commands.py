"""The commands on mechanisms, decisions and health, as a user types them: files in, one answer or one line out."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons import cli
from infracommons.methods.mechanisms.registry import all_mechanisms

ROOT = Path(__file__).parents[1]
PLAIN = {"formula": "quadratic", "saturate": True, "minimum_gift": 0, "cap": None, "cap_excess": "kept"}
CAPPED = {**PLAIN, "cap": "60.00", "cap_excess": "to_others"}
SHARES = {
    "utility": "cost", "completion": "add_one", "step": 1, "stop": "overspend", "start": "exact",
    "tie_break": "lower_cost",
}  # fmt: skip
GIFTS = "donor,project,amount\nann,P1,1.00\nbob,P1,4.00\n\ncid,P2,9.00\ndan,P2,1.00\n"
VOTE = """META
key;value
budget;1000
vote_type;approval
num_projects;3
num_votes;4
PROJECTS
project_id;cost
p1;600
p2;400
p3;500
VOTES
voter_id;vote
1;p1,p2
2;p1
3;p2,p3
4;p3
"""


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    line: str  # of the error stream

    @property
    def last(self) -> dict[str, Any]:
        """The JSON object in the last line."""
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


Command = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Run the real command in this process, in a folder of files for it."""
    monkeypatch.chdir(tmp_path)
    for name, content in (("plain.json", PLAIN), ("shares.json", SHARES), ("pool.json", {"pool": "100.00"})):
        Path(name).write_text(json.dumps(content), encoding="utf-8")
    Path("gifts.csv").write_text(GIFTS, encoding="utf-8")
    Path("vote.pb").write_text(VOTE, encoding="utf-8")

    def command(*arguments: str) -> Said:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["infracommons", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        status = ended.value.code if isinstance(ended.value.code, int) else 0
        assert len(err.splitlines()) == (1 if status else 0), err
        return Said(status, out, err.strip())

    return command


QUADRATIC = ("mechanism", "run", "quadratic_funding", "--inputs", "pool.json", "--inputs", "gifts.csv")


def test_the_list_names_every_mechanism_with_its_purpose(run: Command) -> None:
    said = run("mechanism", "list", "--json").last["mechanisms"]
    assert [one["name"] for one in said] == [one.name for one in all_mechanisms()]
    assert all(one["purpose"].endswith(".") for one in said)
    assert "equal_shares" in run("mechanism", "list").out


def test_a_mechanism_is_described_in_words_and_as_schema(run: Command) -> None:
    words = run("mechanism", "describe", "equal_shares").out
    assert "completion (needed)" in words
    schemas = json.loads(run("mechanism", "describe", "equal_shares", "--schema").out)
    assert set(schemas) == {"inputs", "parameters"}
    Draft202012Validator(schemas["parameters"]).validate(SHARES)
    assert run("mechanism", "describe", "equal_shares", "--json").last["schemas"] == schemas
    assert run("mechanism", "describe", "equal_shares", "--schema", "--json").last == schemas


def test_equal_shares_reads_a_pb_file_and_says_selected_cost_and_certificate(run: Command) -> None:
    said = run("mechanism", "run", "equal_shares", "--inputs", "vote.pb", "--parameters", "shares.json", "--json").last
    assert said["selected"] == ["p2", "p3"]
    assert said["cost"] == 900
    assert all(check["holds"] for check in said["certificate"]["checks"])
    assert said["parameters"] == SHARES
    words = run("mechanism", "run", "equal_shares", "--inputs", "vote.pb", "--parameters", "shares.json").out
    assert "900.00  in all" in words


def test_json_and_csv_give_the_same_result(run: Command) -> None:
    gifts = [dict(zip(("donor", "project", "amount"), line.split(","), strict=True)) for line in GIFTS.split()[1:]]
    Path("whole.json").write_text(json.dumps({"pool": "100.00", "gifts": gifts}), encoding="utf-8")
    by_json = run("mechanism", "run", "quadratic_funding", "--inputs", "whole.json", "--parameters", "plain.json",
                  "--json").last  # fmt: skip
    by_csv = run(*QUADRATIC, "--parameters", "plain.json", "--json").last
    assert by_json == by_csv
    # sqrt(1)sqrt(4) and sqrt(9)sqrt(1), each twice: 4 and 6 of ten.
    assert by_csv["amounts"] == {"P1": 4000, "P2": 6000}
    assert by_csv["total"] == 10_000


def test_the_command_prints_its_object_in_the_last_line_and_ends_with_0(run: Command) -> None:
    said = run(*QUADRATIC, "--parameters", "plain.json", "--json")
    assert (said.status, len(said.out.splitlines())) == (0, 1)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("gifts.csv", GIFTS.replace("9.00", "9.005"), "gifts.csv: row 5, column amount: '9.005': "),
        ("gifts.csv", GIFTS.replace("9.00", "-9.00"), "gifts.csv: row 5, column amount: '-9.00': "),
        ("gifts.csv", GIFTS.replace("cid,P2,9.00", "cid,P2"), "gifts.csv: row 5: 2 cells where the head has 3"),
        ("gifts.csv", GIFTS.replace("amount", "donor"), "gifts.csv: row 1, column 3: 'donor': "),
        ("gifts.csv", GIFTS.replace("cid", ""), "gifts.csv: row 5, column donor: None: "),
        ("gifts.csv", "", "gifts.csv: row 1: "),
        ("gifts.csv", 'donor,project,amount\na,"b\n', "gifts.csv: line 2: "),
        ("pool.json", '{"pool": NaN}', "pool.json: NaN: "),
        ("pool.json", '{"pool": 1, "pool": 2}', "pool.json: pool: stands twice"),
        ("pool.json", '{"pool": 1,', "pool.json: line 1, column "),
        ("pool.json", "[]", "pool.json: holds no JSON object"),
        ("pool.json", '{"pool": 1, "gifts": []}', "gifts.csv: gifts: another file of inputs says this already"),
        ("pool.json", '{"pool": 12.5}', "pool.json, gifts.csv: pool: 12.5: "),
        ("pool.json", '{"pool": 1, "x": 2}', "pool.json, gifts.csv: x: "),
        ("plain.json", json.dumps({**PLAIN, "formula": "cubic"}), "plain.json: formula: 'cubic': "),
        ("plain.json", "{}", "plain.json: formula: None: "),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line_with_file_place_and_value(
    run: Command, name: str, content: str, line: str
) -> None:
    Path(name).write_text(content, encoding="utf-8")
    said = run(*QUADRATIC, "--parameters", "plain.json")
    assert said.status == 2
    assert said.line.startswith(f"infracommons: {line}"), said.line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("mechanism", "run", "cubic_funding", "--inputs", "pool.json"), "cubic_funding: no such mechanism; there are"),
        (("mechanism", "describe", "x"), "x: no such mechanism"),
        (("mechanism", "run", "quadratic_funding", "--inputs", "none.json"), "none.json: No such file"),
        (("mechanism", "run", "quadratic_funding", "--inputs", "vote.pb"), "vote.pb: quadratic_funding does not read"),
        (("mechanism", "run", "equal_shares", "--inputs", "gifts.csv"), "gifts.csv: equal_shares: no list of this"),
        (("health", "finance", "none.json"), "none.json: No such file"),
        (("health", "finance"), "FILE: name the JSON file"),
        (("decide", "run"), "FILE: name the JSON file"),
        (("health", "software"), "FILE: name the JSON file"),
        (("health", "finance", "pool.json"), "pool.json: organisation: None: is missing"),
    ],
)
def test_what_is_not_there_is_named(run: Command, arguments: tuple[str, ...], line: str) -> None:
    said = run(*arguments)
    assert said.status == 2
    assert said.line.startswith(f"infracommons: {line}"), said.line


def test_a_vote_that_is_not_as_the_format_has_it_is_told_with_its_row(run: Command) -> None:
    Path("vote.pb").write_text(VOTE.replace("3;p2,p3", "3;p2,p9"), encoding="utf-8")
    said = run("mechanism", "run", "equal_shares", "--inputs", "vote.pb", "--parameters", "shares.json")
    assert said.status == 2
    assert said.line.startswith("infracommons: vote.pb: ballots[2].vote: 'p9': ")


def test_a_bundle_has_the_same_bytes_wherever_it_is_written(run: Command, tmp_path: Path) -> None:
    order = ("mechanism", "bundle", *QUADRATIC[2:], "--parameters", "plain.json", "--out")
    run(*order, "one")
    elsewhere = tmp_path / "another" / "place"
    elsewhere.mkdir(parents=True)
    for name in ("pool.json", "gifts.csv", "plain.json"):
        shutil.copy(name, elsewhere / name)
    moved = [str(elsewhere / part) if part.endswith((".json", ".csv")) else part for part in order]
    assert run(*moved, str(elsewhere / "two"), "--json").last["path"] == str(elsewhere / "two")
    files = sorted(path.relative_to("one") for path in Path("one").rglob("*") if path.is_file())
    assert len(files) == 7
    for path in files:
        assert (Path("one") / path).read_bytes() == (elsewhere / "two" / path).read_bytes(), path
        assert str(tmp_path).encode() not in (Path("one") / path).read_bytes(), path


def test_the_script_of_a_bundle_makes_the_result_anew_in_one_command(run: Command) -> None:
    run("mechanism", "bundle", *QUADRATIC[2:], "--parameters", "plain.json", "--out", "one")
    shutil.move("one", "moved")
    again = subprocess.run([sys.executable, "moved/reproduce.py"], capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (0, "the same result, to the byte\n")


def test_a_bundle_that_was_tampered_with_does_not_pass(run: Command) -> None:
    run("mechanism", "bundle", *QUADRATIC[2:], "--parameters", "plain.json", "--out", "one")
    Path("one/inputs/gifts.csv").write_text(GIFTS.replace("9.00", "90.00"), encoding="utf-8")
    again = subprocess.run([sys.executable, "one/reproduce.py"], capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "inputs/gifts.csv: was changed since the bundle was written" in again.stderr


def test_a_bundle_is_never_written_over_something(run: Command) -> None:
    Path("one").mkdir()
    Path("one/mine.txt").write_text("keep", encoding="utf-8")
    said = run("mechanism", "bundle", *QUADRATIC[2:], "--parameters", "plain.json", "--out", "one")
    assert said.line == "infracommons: one: is there already; name a new folder"
    assert [path.name for path in Path("one").iterdir()] == ["mine.txt"]


def test_a_bundle_that_cannot_be_finished_leaves_nothing(run: Command) -> None:
    Path("plain.json").write_text("{}", encoding="utf-8")
    run("mechanism", "bundle", *QUADRATIC[2:], "--parameters", "plain.json", "--out", "one")
    assert not list(Path().glob("one*"))


def _runs(*runs: dict[str, Any]) -> str:
    Path("runs.json").write_text(json.dumps({"runs": runs}), encoding="utf-8")
    return "runs.json"


def test_mechanisms_are_set_side_by_side_with_a_chart(run: Command) -> None:
    runs = _runs(
        {"mechanism": "quadratic_funding", "label": "plain", "parameters": PLAIN},
        {"mechanism": "quadratic_funding", "label": "capped", "parameters": {**CAPPED, "cap": "50.00"}},
    )
    order = ("mechanism", "compare", "--inputs", "pool.json", "--inputs", "gifts.csv", "--parameters", runs)
    said = run(*order, "--chart", "side.svg", "--json").last
    plain, capped = said["compared"]
    assert (plain["gini"], capped["gini"]) == ("1/10", 0)
    assert (plain["herfindahl"], capped["herfindahl"]) == ("13/25", "1/2")
    assert (plain["satisfaction_mean"], capped["satisfaction_mean"]) == ("1/2", "1/2")
    assert (plain["transfers"], plain["recipient_regret_most"]) == (2, 1000)
    assert set(said["results"]) == {"plain", "capped"}
    svg = Path("side.svg").read_text(encoding="utf-8")
    assert "<title" in svg
    for words in ("plain", "capped", "Inequality (Gini)", "Mean satisfaction"):
        assert words in svg
    assert "work: 2 amounts, 2 transfers" in run(*order).out


def test_rules_of_a_vote_are_compared_with_how_satisfied_voters_are(run: Command) -> None:
    runs = _runs(
        {"mechanism": "equal_shares", "parameters": SHARES},
        {"mechanism": "greedy", "parameters": {"measure": "votes", "skip": True, "tie_break": "higher_cost"}},
    )
    said = run("mechanism", "compare", "--inputs", "vote.pb", "--parameters", runs, "--json").last
    shares, greedy = said["compared"]
    # p2 and p3 win, or p1 and p2; the four voters see 400, 0, 900, 500 or 1,000, 600, 400, 0 of 1,000 for theirs.
    assert (shares["left_out"], greedy["left_out"]) == (1, 1)
    assert shares["satisfaction_mean"] == "9/20"
    assert greedy["satisfaction_mean"] == "1/2"


def test_voters_count_by_their_weight_where_rules_are_compared(run: Command) -> None:
    projects, voters = [{"id": "a", "cost": 60}, {"id": "b", "cost": 50}], [("v", "a", 3), ("w", "b", 1)]
    ballots = [{"voter": name, "projects": [project], "weight": weight} for name, project, weight in voters]
    vote = {"budget": 100, "projects": projects, "ballots": ballots}
    Path("vote.json").write_text(json.dumps(vote), encoding="utf-8")
    runs = _runs(
        {"mechanism": "greedy", "parameters": {"measure": "votes", "skip": True}},
        {"mechanism": "equal_shares", "parameters": SHARES},
    )
    greedy, _ = run("mechanism", "compare", "--inputs", "vote.json", "--parameters", runs, "--json").last["compared"]
    # a wins: v, who weighs 3 of 4, sees all the money that any rule hands out go to theirs, and w none of it.
    assert (greedy["satisfaction_mean"], greedy["left_out"], greedy["left_out_part"]) == ("3/4", 1, "1/4")


def test_what_a_file_of_runs_does_not_know_is_told(run: Command) -> None:
    Path("odd.json").write_text(json.dumps({"runs": [], "charts": 1}), encoding="utf-8")
    said = run("mechanism", "compare", "--inputs", "vote.pb", "--parameters", "odd.json")
    assert (said.status, said.line) == (2, "infracommons: odd.json: charts: 1: is not known here")


def test_divisions_of_a_pot_are_compared_by_what_voters_gave_to_each_project(run: Command) -> None:
    ballots = {"ann": {"p": 1}, "bob": {"p": 1, "q": 3}, "cid": {"q": 1}}
    Path("pot.json").write_text(json.dumps({"pot": 100, "projects": ["p", "q"], "ballots": ballots}), encoding="utf-8")
    runs = _runs(
        {"mechanism": "moving_phantoms", "label": "markets", "parameters": {"family": "independent_markets"}},
        {"mechanism": "moving_phantoms", "label": "utilitarian", "parameters": {"family": "utilitarian"}},
    )
    rows = run("mechanism", "compare", "--inputs", "pot.json", "--parameters", runs, "--json").last["compared"]
    assert [row["total"] for row in rows] == [100, 100]
    assert [row["left_out"] for row in rows] == [0, 0]


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ([], "runs.json: runs: []: "),
        ([{"mechanism": "quadratic_funding", "parameters": PLAIN}], "runs.json: runs: ['quadratic_funding']: "),
        ([{"parameters": PLAIN}], "runs.json: runs[0].mechanism: None: is missing"),
        ([{"mechanism": "x"}], "x: no such mechanism"),
        ([{"mechanism": 5}], "runs.json: runs[0].mechanism: 5: "),
        ([{"mechanism": "quadratic_funding", "with": 5}], "runs.json: runs[0].with: 5: "),
        ([{"mechanism": "quadratic_funding", "parameters": {}}], "runs.json: runs[0].parameters: formula: "),
        ([{"mechanism": "quadratic_funding", "parameters": PLAIN}] * 2, "runs.json: runs[1].label: "),
    ],
)
def test_a_comparison_that_cannot_be_made_is_told(run: Command, runs: list[dict[str, Any]], line: str) -> None:
    said = run("mechanism", "compare", "--inputs", "pool.json", "--inputs", "gifts.csv", "--parameters", _runs(*runs))
    assert said.status == 2
    assert said.line.startswith(f"infracommons: {line}"), said.line


def test_the_health_of_accounts_is_told_with_formulas(run: Command) -> None:
    year = {"year": 2023, "form": "990EZ", "lines": {"total_revenue": "100.00", "total_expenses": "80.00"},
            "funders": {"A foundation": "60.00"}}  # fmt: skip
    document = {"organisation": "An archive", "currency": "EUR", "years": [year]}
    Path("accounts.json").write_text(json.dumps(document), encoding="utf-8")
    said = run("health", "finance", "accounts.json", "--json").last
    ratios = {one["name"]: one for one in said["years"][0]["ratios"]}
    assert ratios["surplus_margin"]["value"] == "1/5"
    assert ratios["days_cash"]["value"] is None
    words = run("health", "finance", "accounts.json").out
    assert "surplus_margin = (total_revenue - total_expenses) / total_revenue" in words
    Draft202012Validator(json.loads(run("health", "finance", "--schema").out)).validate(document)


def test_the_health_of_software_is_told_from_tables(run: Command) -> None:
    days = [("ana", "2024-01-05"), ("ana", "2024-01-06"), ("ben", "2024-02-01"), ("ben", "2025-02-01")]
    document = {
        "as_of": "2024-03-01",
        "commits": [{"contributor": name, "day": day} for name, day in days],
        "contributors": {"ana": "A university"},
        "releases": ["2024-02-20"],
    }
    Path("software.json").write_text(json.dumps(document), encoding="utf-8")
    said = run("health", "software", "software.json", "--json").last
    assert (said["commits"], said["commits_left_out"]) == (3, 1)
    assert said["contributor_absence_factor"]["names"] == ["ana"]
    assert said["elephant_factor"]["names"] == ["A university"]
    assert said["release_age_days"]["value"] == 10
    assert "criticality: cannot be told: no signals are given" in run("health", "software", "software.json").out
    Draft202012Validator(run("health", "software", "--schema", "--json").last).validate(document)


DECISION: dict[str, Any] = {
    "method": "additive",
    "options": ["hosted", "own"],
    "criteria": [
        {"id": "cost", "direction": "min", "bounds": [0, 100]},
        {"id": "care", "direction": "max", "bounds": [0, 10]},
    ],
    "performances": {"hosted": {"cost": 30, "care": 5}, "own": {"cost": 50, "care": 6}},
    "weights": {"cost": 3, "care": 1},
}


def test_a_decision_is_ranked_with_its_verdict(run: Command) -> None:
    Path("decision.json").write_text(json.dumps(DECISION), encoding="utf-8")
    said = run("decide", "run", "decision.json", "--json").last
    # 0.75 x 0.7 + 0.25 x 0.5, and 0.75 x 0.5 + 0.25 x 0.6.
    assert said["scores"] == pytest.approx({"hosted": 0.65, "own": 0.525})
    assert said["ranking"][0]["option"] == "hosted"
    assert "  1. hosted  0.6500" in run("decide", "run", "decision.json").out
    Draft202012Validator(run("decide", "run", "--schema", "--json").last).validate(DECISION)


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        ({"weights": {"cost": 0, "care": 0}}, "decision.json: weights: "),
        ({"criteria": [{"id": "cost"}]}, "decision.json: criteria[0].direction: "),
        ({"options": []}, "decision.json: options: "),
        ({"performances": {"hosted": {"cost": float("nan")}}}, "decision.json: NaN: "),
    ],
)
def test_a_decision_that_cannot_be_taken_is_told(run: Command, spoilt: dict[str, Any], line: str) -> None:
    Path("decision.json").write_text(json.dumps({**DECISION, **spoilt}), encoding="utf-8")
    said = run("decide", "run", "decision.json")
    assert said.status == 2
    assert said.line.startswith(f"infracommons: {line}"), said.line


def test_the_folder_of_the_commands_holds_no_rule_of_its_own() -> None:
    for path in (ROOT / "src" / "infracommons" / "commands").glob("*.py"):
        assert "scipy" not in path.read_text(encoding="utf-8"), path
