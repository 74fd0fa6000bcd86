"""What the openness flags say, and that they never guess: the incumbent's rules made anything open."""

from typing import Any

import pytest
from license_expression import get_spdx_licensing

from infracommons.web.catalogue.claims.flag_rules import FLAG_LABELS, RULES, deciders
from infracommons.web.catalogue.claims.flags import Flag, flags_of, is_approved
from infracommons.web.catalogue.fields.registry import field, vocabularies, vocabulary
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models import Infrastructure

LINK = [{"url": "https://example.org/proof", "label": ""}]
CODE = {"code_repository": {"value": None, "status": "available", "evidence": LINK}}
CODES = ["oss", "open_content", "free_to_use", "transparent_governance", "nonprofit_operated"]


def of_terms(*codes: str, other: str = "") -> dict[str, Any]:
    return {"value": {"terms": list(codes), "other": other}, "status": "", "evidence": []}


def of_value(value: Any) -> dict[str, Any]:
    return {"value": value, "status": "", "evidence": []}


def of_status(status: str, *, links: bool = True) -> dict[str, Any]:
    return {"value": None, "status": status, "evidence": LINK if links else []}


@pytest.fixture(scope="module")
def book() -> TermBook:
    """The terms as defined, without a database."""
    return TermBook(
        TermFacts(one.code, term.code, term.label, provides=term.provides)
        for one in vocabularies().values()
        for term in one.terms
    )


def flag(code: str, profile: dict[str, Any], book: TermBook) -> Flag:
    return next(flag for flag in flags_of(profile, book) if flag.code == code)


def test_an_empty_profile_leaves_every_flag_unknown_with_a_reason(book: TermBook) -> None:
    flags = flags_of({}, book)
    assert [one.code for one in flags] == CODES
    assert {one.verdict for one in flags} == {"unknown"}
    assert all(one.reason.endswith(".") and one.reason[0].isupper() and one.rule_version for one in flags)


def test_unknown_statuses_never_become_a_no(book: TermBook) -> None:
    profile = {code: of_status("unknown") for one in flags_of({}, book) for code in one.rests_on}
    assert {one.verdict for one in flags_of(profile, book)} == {"unknown"}


@pytest.mark.parametrize(
    ("expression", "approved"),
    [
        ("MIT", True),
        ("AGPL-3.0-or-later", True),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", True),
        ("MIT OR BUSL-1.1", True),
        ("MIT AND BUSL-1.1", False),
        ("(MIT OR BUSL-1.1) AND Apache-2.0", True),
        ("SSPL-1.0", False),
        ("CC-BY-NC-4.0", False),
        ("no licence at all (", False),
    ],
)
def test_a_licence_is_approved_where_every_way_through_the_expression_or_one_choice_is(
    expression: str,
    approved: bool,  # noqa: FBT001 - an expected value
) -> None:
    assert is_approved(expression) is approved


@pytest.mark.parametrize(
    ("claims", "verdict", "says"),
    [
        ({"spdx_licence": of_value("MIT")} | CODE, "yes", "MIT"),
        ({"code_licence_terms": of_terms("gpl")} | CODE, "yes", "General Public"),
        ({"spdx_licence": of_value("BUSL-1.1")} | CODE, "no", "not approved"),
        ({"code_licence_terms": of_terms("none")} | CODE, "no", "no licence"),
        ({"code_licence_terms": of_terms("other")} | CODE, "unknown", "does not say"),
        ({"spdx_licence": of_value("MIT")}, "unknown", "code repository is unknown"),
        ({"spdx_licence": of_value("MIT"), "code_repository": of_status("considering")}, "no", "considering"),
        ({"spdx_licence": of_value("MIT"), "code_repository": of_status("available", links=False)}, "unknown", "link"),
        ({"spdx_licence": of_value("MIT"), "code_licence": of_status("not_planning")} | CODE, "no", "not planning"),
        (CODE, "unknown", "no code licence"),
    ],
)
def test_software_is_open_source_with_an_approved_licence_and_a_public_repository(
    claims: dict[str, Any], verdict: str, says: str, book: TermBook
) -> None:
    found = flag("oss", claims, book)
    assert found.verdict == verdict
    assert says.lower() in found.reason.lower()


@pytest.mark.parametrize(
    ("claimed", "verdict"),
    [
        (of_terms("creative_commons"), "yes"),
        (of_terms("creative_commons", "all_rights_reserved"), "yes"),
        (of_terms("all_rights_reserved"), "no"),
        (of_terms("rights_statements"), "unknown"),
        (of_terms(other="authors choose"), "unknown"),
        (of_terms("other", other="authors choose"), "unknown"),
    ],
)
def test_traditional_copyright_is_not_open_content(claimed: dict[str, Any], verdict: str, book: TermBook) -> None:
    assert flag("open_content", {"content_licences": claimed}, book).verdict == verdict


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ({"pricing": of_status("no_direct_costs")}, "yes"),
        ({"access_conditions": of_terms("open")}, "yes"),
        ({"access_conditions": of_terms("open"), "pricing": of_status("available")}, "yes"),
        ({"access_conditions": of_terms("open", "fee_required")}, "no"),
        ({"access_conditions": of_terms("fee_waiver")}, "no"),
        ({"access_conditions": of_terms("fee_required"), "pricing": of_status("no_direct_costs")}, "unknown"),
        ({"access_conditions": of_terms("registration_required")}, "unknown"),
    ],
)
def test_what_has_no_price_or_no_restriction_is_free_and_a_fee_makes_it_not(
    claims: dict[str, Any], verdict: str, book: TermBook
) -> None:
    assert flag("free_to_use", claims, book).verdict == verdict


def test_a_public_price_list_is_not_free(book: TermBook) -> None:
    found = flag("free_to_use", {"pricing": of_status("available")}, book)
    assert found.verdict == "unknown"
    assert "price list" in found.reason


@pytest.mark.parametrize(
    ("structure", "bylaws", "verdict"),
    [
        (of_status("available"), of_status("available"), "yes"),
        (of_status("available"), of_status("not_planning"), "no"),
        (of_status("available"), of_status("unknown"), "unknown"),
        (of_status("available"), of_status("available", links=False), "unknown"),
        (of_status("unknown"), of_status("considering"), "no"),
    ],
)
def test_governance_is_transparent_where_structure_and_bylaws_have_links(
    structure: dict[str, Any], bylaws: dict[str, Any], verdict: str, book: TermBook
) -> None:
    profile = {"governance_structure": structure, "bylaws": bylaws}
    assert flag("transparent_governance", profile, book).verdict == verdict


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ({"business_form": of_terms("nonprofit_organisation", "volunteer_community")}, "yes"),
        ({"business_form": of_terms("nonprofit_organisation", "commercial")}, "no"),
        ({"business_form": of_terms("distributed_partnership")}, "unknown"),
        ({"business_form": of_terms("other", other="a trust")}, "unknown"),
        ({"business_form": of_terms(other="a trust")}, "unknown"),
        ({"nonprofit_status": of_terms("us_501c3")}, "yes"),
        ({"nonprofit_status": of_terms("us_501c3"), "business_form": of_terms("commercial")}, "no"),
    ],
)
def test_it_is_run_by_a_non_profit_where_no_form_pays_out_profits(
    claims: dict[str, Any], verdict: str, book: TermBook
) -> None:
    assert flag("nonprofit_operated", claims, book).verdict == verdict


def test_a_merged_term_counts_as_the_one_that_stands_for_it_now() -> None:
    retired = TermFacts("code_licences", "mit_old", "MIT (old)", state="merged", successor="mit")
    today = TermFacts("code_licences", "mit", "MIT License", provides="open_source")
    profile = {"code_licence_terms": of_terms("mit_old")} | CODE
    assert flag("oss", profile, TermBook([retired, today])).verdict == "yes"


def test_every_term_and_field_that_a_rule_names_exists() -> None:
    deciding = deciders()
    named = {
        "content_licences": (*deciding.open_content, *deciding.closed_content),
        "access_conditions": (*deciding.open_access, *deciding.paid_access),
        "business_forms": deciding.for_profit,
    }
    for code, terms in named.items():
        assert set(terms) <= {term.code for term in vocabulary(code).terms}, code
    assert all(field(code) for one in flags_of({}, TermBook([])) for code in one.rests_on)
    assert all(any(line.startswith(f"{rule.version}:") for line in rule.history) for rule in RULES)
    assert list(FLAG_LABELS) == CODES


def test_every_licence_in_the_list_is_one_that_spdx_knows() -> None:
    spdx = get_spdx_licensing()
    assert [one for one in deciders().approved_licences if spdx.validate(one).errors] == []


@pytest.mark.django_db
def test_the_flags_of_a_stored_profile_rest_on_its_claims(rich: Infrastructure) -> None:
    from infracommons.web.catalogue.claims.terms import term_book  # noqa: PLC0415

    found = {one.code: one.verdict for one in flags_of(rich.profile, term_book())}
    assert found == {
        "oss": "yes",
        "open_content": "unknown",
        "free_to_use": "yes",
        "transparent_governance": "no",
        "nonprofit_operated": "unknown",
    }
