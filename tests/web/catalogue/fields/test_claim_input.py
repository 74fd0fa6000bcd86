from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.catalogue.fields.conftest import defined_terms

from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.problems import ClaimProblems
from infracommons.web.catalogue.fields.registry import claimable_fields, field
from infracommons.web.catalogue.fields.statuses import UNKNOWN, statuses_of

BOOK = defined_terms()
LINK = {"url": "https://example.org/", "label": "A page"}


def checked(code: str, **raw: Any) -> ClaimInput:
    return checked_claim(field(code), RawClaim(**raw), BOOK)


def problems(code: str, **raw: Any) -> list[str]:
    with pytest.raises(ClaimProblems) as caught:
        checked(code, **raw)
    assert caught.value.field == code
    return [problem.part for problem in caught.value.problems]


@given(st.sampled_from(claimable_fields()), st.data())
def test_every_field_takes_each_of_its_statuses_and_no_other(definition: Any, data: st.DataObject) -> None:
    status = data.draw(st.sampled_from(statuses_of(definition)))

    claim = checked_claim(definition, RawClaim(status=status), BOOK)

    assert (claim.value, claim.status) == (None, status)
    assert problems(definition.code, status="no_such_status") == ["status"]


def test_nothing_is_unknown() -> None:
    assert checked("website").status == UNKNOWN
    assert checked("bylaws").status == UNKNOWN


def test_a_value_speaks_for_itself() -> None:
    claim = checked("website", value="https://example.org/")

    assert (claim.value, claim.status) == ("https://example.org/", "")


def test_a_practice_may_have_a_status_a_statement_and_links() -> None:
    claim = checked("bylaws", value={"statement": "Since 2019."}, status="available", evidence=[LINK])

    assert claim == ClaimInput("bylaws", {"statement": "Since 2019."}, "available", (LINK,))


def test_a_value_beside_a_status_that_denies_it_is_refused() -> None:
    assert problems("website", value="https://example.org/", status="unknown") == ["status"]


def test_pricing_has_a_scale_of_its_own() -> None:
    assert checked("pricing", status="no_direct_costs").status == "no_direct_costs"
    assert problems("pricing", status="not_applicable") == ["status"]
    assert problems("bylaws", status="no_direct_costs") == ["status"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = problems(
        "website",
        value="javascript:alert(1)",
        status="perhaps",
        evidence=[{"url": "ftp://example.org/"}],
        checked_on="31 May",
        note="x" * 2001,
    )

    assert found == ["website", "status", "url", "checked_on", "note"]


@pytest.mark.parametrize(
    ("evidence", "stored"),
    [
        ([LINK, LINK], (LINK,)),
        ([{"url": "", "label": " "}, LINK], (LINK,)),
        ([{"url": "https://example.org/"}], ({"url": "https://example.org/", "label": ""},)),
    ],
)
def test_each_address_is_kept_once_and_blank_rows_are_not(evidence: Any, stored: Any) -> None:
    assert checked("website", value="https://example.org/", evidence=evidence).evidence == stored


@pytest.mark.parametrize(
    "evidence",
    [
        [{"label": "no address"}],
        [{"url": f"https://example.org/{number}"} for number in range(11)],
        [{"url": "https://10.0.0.1/"}],
        [{"url": "https://example.org/", "label": "x" * 201}],
        ["https://example.org/"],
    ],
)
def test_evidence_that_no_reader_could_follow_is_refused(evidence: Any) -> None:
    assert problems("website", value="https://example.org/", evidence=evidence)[0] in {"url", "label"}


@pytest.mark.parametrize("given", ["2026-05-31", date(2026, 5, 31), "2026-05-31T10:00:00Z"])
def test_the_day_of_a_check_is_a_day(given: str | date) -> None:
    assert checked("website", checked_on=given).checked_on == date(2026, 5, 31)


def test_nobody_has_checked_anything_tomorrow() -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    assert problems("website", checked_on=tomorrow) == ["checked_on"]
    assert problems("website", checked_on=tomorrow.isoformat()) == ["checked_on"]


def entry(**more: Any) -> dict[str, Any]:
    return {"value": None, "status": "", "evidence": [], "checked_on": None, "note": ""} | more


def test_saying_the_same_again_is_recognised() -> None:
    claim = ClaimInput("website", "https://example.org/", evidence=(LINK,), checked_on=date(2026, 5, 31), note="n")
    same = entry(value="https://example.org/", evidence=[LINK], checked_on="2026-05-31", note="n")

    assert claim.says_the_same(same)
    for part, other in (
        ("value", "https://example.net/"),
        ("status", "unknown"),
        ("evidence", []),
        ("checked_on", None),
        ("note", ""),
    ):
        assert not claim.says_the_same(same | {part: other})


def test_to_say_nothing_of_what_nobody_said_is_nothing_new() -> None:
    assert ClaimInput("website").says_the_same(None)
    assert ClaimInput("website", status=UNKNOWN).says_the_same(None)
    assert not ClaimInput("website", status="not_applicable").says_the_same(None)
    assert not ClaimInput("website", note="We looked.").says_the_same(None)
