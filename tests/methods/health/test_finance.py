import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons.methods.health.finance import FINANCE_SCHEMA, health
from infracommons.methods.result import MethodInputError

YEAR = {"year": 2023, "form": "990", "lines": {"cash": "100.00", "total_expenses": "365.00", "total_revenue": "365.00"}}
ONE: dict[str, Any] = {"organisation": "An archive", "currency": "USD", "years": [YEAR]}


def test_the_document_of_one_organisation_gives_each_ratio_with_value_formula_and_inputs() -> None:
    said = health({**ONE, "years": [{**YEAR, "year": 2024}, YEAR]})
    assert [year["year"] for year in said["years"]] == [2023, 2024]
    ratios = {one["name"]: one for one in said["years"][0]["ratios"]}
    assert ratios["days_cash"]["value"] == ratios["days_cash"]["decimal"] == 100
    assert ratios["days_cash"]["formula"] == "cash / (total_expenses / 365)"
    assert ratios["days_cash"]["inputs"] == {"cash": 10_000, "total_expenses": 36_500}
    assert ratios["leverage"]["value"] is None
    assert "zero" in ratios["leverage"]["why_not"]
    json.dumps(said, allow_nan=False)


def test_all_ten_ratios_of_the_study_are_there() -> None:
    remarks = [one["remark"] for one in health(ONE)["years"][0]["ratios"]]
    for number in range(1, 11):
        assert any(remark.startswith(f"R{number} of ten") for remark in remarks), number


def test_five_organisations_of_one_year_are_compared() -> None:
    said = health({"organisations": [{**ONE, "organisation": str(number)} for number in range(5)]})
    assert set(said["vulnerability"]) == {"2023"}
    assert set(said["vulnerability"]["2023"]) == set("01234")


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({}, "organisation"),
        ({**ONE, "currency": "Dollar"}, "currency"),
        ({**ONE, "years": []}, "years"),
        ({**ONE, "years": [YEAR, YEAR]}, "years[1].year"),
        ({**ONE, "note": 1}, "note"),
        ({**ONE, "years": [{**YEAR, "lines": {"cash": 10**19}}]}, "years[0].lines.cash"),
        ({**ONE, "years": [{**YEAR, "lines": {"cash": "9" * 5000}}]}, "years[0].lines.cash"),
        ({**ONE, "organisation": " "}, "organisation"),
        ({"organisations": []}, "organisations"),
        ({"organisations": [ONE, ONE]}, "organisations[0].organisation"),
        ({"organisations": [ONE], "currency": "USD"}, "currency"),
        ({"organisations": [5]}, "organisations[0]"),
        ({"organisations": [{**ONE, "years": [{**YEAR, "form": None}]}]}, "organisations[0].years[0].form"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_by_its_place(document: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        health(document)
    assert refused.value.where == where
    assert not Draft202012Validator(FINANCE_SCHEMA).is_valid(document) or where in {
        "years[1].year", "organisations[0].organisation",
    }  # fmt: skip


def test_the_schema_is_a_schema_and_takes_what_is_read() -> None:
    Draft202012Validator.check_schema(FINANCE_SCHEMA)
    assert Draft202012Validator(FINANCE_SCHEMA).is_valid(ONE)
    assert Draft202012Validator(FINANCE_SCHEMA).is_valid({"organisations": [ONE]})
