import re
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from infracommons.pipeline.checks import failures
from infracommons.vocabulary.tables import PUBLISHED

AWARD = {"award_id": "a", "funder_name": "F", "amount_status": "known", "amount_usd": Decimal(5), "source": "s"}
RECORD = {"record_id": "s:1", "award_id": "a", "source": "s", "role": "canonical", "raw_file": "f", "raw_sha256": "0"}
SHARE = {"award_id": "a", "infrastructure_id": "x", "rule": "full", "amount_usd": Decimal(5)}
SUPPORT = {"award_id": "a", "infrastructure_id": "x", "decision": "supports", "decided_by": "rule", "reason": "r"}
LEFT_OUT = {"record_id": "s:2", "stage": "match", "reason_code": "r", "detail": "d", "source": "s"}
COUNTS = {"records_in": 2, "canonical": 1, "duplicate": 0, "instalment": 0, "excluded": 1}
LEFT = {"kind": "same_award", "subject_id": "a", "other_id": "b", "score": 0.5, "reason": "r"}
ORGANISATION = {**LEFT, "kind": "same_organisation", "subject_id": "org:0", "other_id": "ror:0"}
INFRASTRUCTURE = {"infrastructure_id": "x", "name": "X", "aliases": [], "summary": "s", "category_codes": []}


def _tables(**rows: list[dict[str, Any]]) -> dict[str, pa.Table]:
    usual = {
        "award": [AWARD],
        "award_record": [RECORD],
        "attribution": [SHARE],
        "exclusion": [LEFT_OUT],
        "support": [SUPPORT],
        "infrastructure": [INFRASTRUCTURE],
    }
    return {c.name: pa.Table.from_pylist({**usual, **rows}.get(c.name, []), c.schema) for c in PUBLISHED}


def test_a_sound_release_passes() -> None:
    assert failures(_tables(), COUNTS, {}) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"award": [AWARD, AWARD]}, "award: 1 keys stand more than once"),
        ({"award": [{**AWARD, "amount_status": "maybe"}]}, r"award.amount_status: \['maybe'\] not among"),
        ({"award": [{**AWARD, "source": None}]}, "award.source: 1 rows without a value"),
        (
            {"award": [{**AWARD, "funder_organisation_id": "ror:0"}]},
            "award.funder_organisation_id: 1 values are not in",
        ),
        ({"award_record": [{**RECORD, "award_id": "b"}]}, "award_record.award_id: 1 values are not in award"),
        ({"attribution": [{**SHARE, "infrastructure_id": "y"}]}, "attribution.infrastructure_id: 1 values are not in"),
        ({"attribution": [{**SHARE, "amount_usd": Decimal(35)}]}, "attribution of a under full: 35.00 of 5.00 USD"),
        ({"attribution": [{**SHARE, "rule": "documented_share", "amount_usd": Decimal(6)}]}, "6.00 of 5.00 USD"),
        ({"support": []}, "attribution of a to x, which it does not support"),
        ({"award": [{**AWARD, "amount_usd": None}]}, "award a: amount_status known with amount_usd None"),
        ({"exclusion": [LEFT_OUT, {**LEFT_OUT, "record_id": "s:1"}]}, "1 records are in a total and in an exclusion"),
        ({"award_record": [{**RECORD, "role": "duplicate"}]}, "1 canonical records counted, 0 in award_record"),
        ({"review_candidate": [LEFT]}, "review_candidate.other_id: 1 values of same_award are not in award"),
        ({"review_candidate": [ORGANISATION]}, "review_candidate.subject_id: 1 values of same_organisation are not in"),
        ({"attribution": []}, "1 records are in no total and in no exclusion, the first is s:1"),
    ],
)
def test_what_does_not_hold_is_named(rows: dict[str, list[dict[str, Any]]], said: str) -> None:
    try:
        tables = _tables(**rows)
    except pa.ArrowInvalid:  # pragma: no cover - Arrow would refuse a missing value itself
        return
    found = failures(tables, COUNTS, {})
    assert any(re.search(said, problem) for problem in found), found


def test_counts_that_do_not_add_up_are_refused() -> None:
    assert "3 records came in, 2 are accounted for" in failures(_tables(), {**COUNTS, "records_in": 3}, {})[0]


def test_a_table_with_less_than_half_the_rows_of_before_is_refused_with_what_to_do() -> None:
    assert "--allow-fewer-rows" in failures(_tables(), COUNTS, {"award": 3})[0]
    assert failures(_tables(), COUNTS, {"award": 2}) == []


def test_other_columns_than_the_contracts_are_refused() -> None:
    tables = _tables()
    tables["mention"] = tables["mention"].drop_columns(["text"])
    assert failures(tables, COUNTS, {}) == ["mention: columns are not those of the contract"]
