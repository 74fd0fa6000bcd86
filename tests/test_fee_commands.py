"""Fees through the command: what has no answer ends in one line that names file, place and value, and in status 2."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from infracommons import cli

PLAIN = {"alpha": 1}
THREE = [{"id": "a", "size": 8}, {"id": "b", "size": 1}, {"id": "c", "size": 1}]
MEMBERS = "id,size,floor,cap,last_fee\na,8,,,\nb,1,2.00,1.00,\nc,1,,,\n"


def ended(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, rule: str, inputs: list[str]
) -> tuple[int, str, str]:
    given = [part for name in inputs for part in ("--inputs", name)]
    words = ["infracommons", "mechanism", "run", rule, *given, "--parameters", "p.json", "--json"]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return stopped.value.code if isinstance(stopped.value.code, int) else 0, out, err


@pytest.mark.parametrize(
    ("inputs", "parameters", "line"),
    [
        ({}, {"alpha": 1, "floor": 400}, "target: 1000: the floors together are 200 minor units more"),
        ({}, {"alpha": 1, "cap": 300}, "target: 1000: the caps together are 100 minor units less"),
        ({}, {"alpha": 1, "floor": 50, "cap": 40}, "members[0]: 'a': the least to pay, 50, is above the most, 40"),
        ({"members": [{"id": "a", "last_fee": 1000, "cap": 900}]}, {"alpha": 1, "most_fall": "0.05"},
         "members[0]: 'a': the least to pay, 950, is above the most, 900, by 50"),
        ({"members": [{"id": "a", "size": 0}]}, PLAIN, "members: ['0']: the weights sum to zero"),
        ({"members": []}, PLAIN, "members: []: needs at least 1"),
        ({"members": [{"id": "a"}, {"id": "a"}]}, PLAIN, "members[1].id: 'a': stands twice"),
        ({"members": [{"id": "a", "size": -1}]}, PLAIN, "members[0].size: -1: is negative"),
        ({"members": [{"id": "a", "siz": 1}]}, PLAIN, "members[0].siz: 1: is not known here"),
        ({"target": "10.005"}, PLAIN, "target: '10.005': is not an amount of money"),
        ({"target": 10.5}, PLAIN, "target: 10.5: is not exact"),
        ({"target": -5}, PLAIN, "target: -5: is negative"),
        ({"target": 10**30}, PLAIN, "is more money than there is"),
        ({"members": [{"id": "a", "discounts": ["x"]}]}, PLAIN, "members[0].discounts: 'x': there is no such"),
        ({"members": [{"id": "a", "discounts": ["x", "y"]}]},
         {"alpha": 1, "discounts": {"x": "0.6", "y": "0.6"}, "discount_mode": "added"},
         "members[0].discounts: ['x', 'y']: added together they are more than the whole fee"),
        ({"members": [{"id": "a", "income_group": "low"}]}, {"alpha": 1, "coefficients": {"high": 1}},
         "members[0].income_group: 'low': has no coefficient"),
        ({}, {"alpha": 1, "coefficients": {"high": "NaN"}}, "p.json: coefficients.high: 'NaN'"),
        ({}, {"alpha": -1}, "p.json: alpha: -1: is negative"),
        ({}, {"alpha": 1, "discounts": {"x": "0.1"}}, "p.json: discount_mode: None: missing"),
        ({}, {}, "p.json: alpha: None: is missing"),
    ],
)  # fmt: skip
def test_a_tariff_without_an_answer_says_where_and_by_how_much(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    inputs: dict[str, Any], parameters: dict[str, Any], line: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("i.json").write_text(json.dumps({"target": 1000, "members": THREE, **inputs}), encoding="utf-8")
    Path("p.json").write_text(json.dumps(parameters), encoding="utf-8")
    status, _, err = ended(capfd, monkeypatch, "fee_shares", ["i.json"])
    assert (status, len(err.splitlines())) == (2, 1)
    assert line in err, err


def test_a_member_in_a_table_is_named_by_its_row(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.json").write_text('{"target": 1000}', encoding="utf-8")
    Path("members.csv").write_text(MEMBERS, encoding="utf-8")
    Path("p.json").write_text(json.dumps(PLAIN), encoding="utf-8")
    status, _, err = ended(capfd, monkeypatch, "fee_shares", ["t.json", "members.csv"])
    assert status == 2
    assert err.startswith("infracommons: members.csv: row 3: 'b': the least to pay, 200, is above the most, 100"), err


def test_weights_of_nothing_pay_their_floors_and_the_certificate_holds(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    members = [{"id": "a", "size": 0, "floor": 600}, {"id": "b", "size": 0, "floor": 400}]
    Path("i.json").write_text(json.dumps({"target": 1000, "members": members}), encoding="utf-8")
    Path("p.json").write_text(json.dumps(PLAIN), encoding="utf-8")
    status, out, _ = ended(capfd, monkeypatch, "fee_shares", ["i.json"])
    said = json.loads(out.splitlines()[-1])
    assert (status, said["amounts"]) == (0, {"a": 600, "b": 400})
    assert next(one for one in said["certificate"]["checks"] if one["name"] == "balance")["holds"]
