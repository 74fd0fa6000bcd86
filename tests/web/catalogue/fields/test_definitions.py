"""Holds the fields and vocabularies of the project to the incumbent's inventory, and the loader to its refusals."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from infracommons.web.catalogue.fields.definition import FieldDefinition, VocabularyDefinition
from infracommons.web.catalogue.fields.document import fields_page
from infracommons.web.catalogue.fields.load import load_fields, load_vocabularies
from infracommons.web.catalogue.fields.statuses import WORDS, statuses_of
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts

ROOT = Path(__file__).parents[4]
DEFINITIONS = ROOT / "definitions"
SHARED = ROOT.parent / "shared"
INVENTORY = SHARED / "reference" / "finder_schema.json"
EXPORT = SHARED / "data" / "catalogue" / "infra_finder_v2.csv"

SECTIONS = load_fields(DEFINITIONS)
FIELDS = [field for section in SECTIONS for field in section.fields]
BY_CODE = {field.code: field for field in FIELDS}
VOCABULARIES = {vocabulary.code: vocabulary for vocabulary in load_vocabularies(DEFINITIONS)}
# Answers in the incumbent's export that nothing in today's vocabularies honestly says: an import keeps them as text.
KEPT_AS_TEXT = {
    "hosting": {"Unknown"},
    "contribution_opportunities": {
        "Automated link checking",
        "Community Tools",
        "Contribute to shaping tools and resources",
        "Development Roadmap",
        "Improvement of metadata quality",
        "Metadata and Registration Templates",
        "Provide comments for consideration as enhancements or extensions",
        "Request and participate in special interest Slack channels",
    },
}

by_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.code)
by_vocabulary = pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=lambda vocabulary: vocabulary.code)


@pytest.fixture(scope="module")
def book() -> TermBook:
    return TermBook(
        TermFacts(vocabulary.code, term.code, term.label, term.description, term.provides, term.also)
        for vocabulary in VOCABULARIES.values()
        for term in vocabulary.terms
    )


@pytest.fixture(scope="module")
def inventory() -> dict[str, Any]:
    if not INVENTORY.exists():
        pytest.skip("the shared inventory is not beside the project")
    content: dict[str, Any] = json.loads(INVENTORY.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def export() -> list[dict[str, str]]:
    if not EXPORT.exists():
        pytest.skip("the shared export of the incumbent is not beside the project")
    with EXPORT.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _columns() -> Iterator[str]:
    for field in FIELDS:
        of = field.inventory
        yield from filter(None, (of.value, of.links, of.other, of.structured, of.free_text))


def test_every_column_of_the_incumbent_belongs_to_exactly_one_field() -> None:
    listed = (Path(__file__).parent / "inventory_headers.txt").read_text(encoding="utf-8").split()
    assert len(listed) == 157
    assert Counter(_columns()) == Counter(listed)


@pytest.mark.real_data
def test_all_150_entries_of_the_inventory_are_accounted_for(inventory: dict[str, Any]) -> None:
    headers = [field["csv_header"] for field in inventory["fields"]]
    structured = [f"{one['key']}_structured" for one in inventory["implementations"]]
    assert len(headers) + len(structured) == 150
    assert set(headers + structured) <= set(_columns())


@pytest.mark.real_data
def test_each_implementation_of_the_inventory_is_one_practice_with_its_status_and_links(
    inventory: dict[str, Any],
) -> None:
    ours = {
        (of.value, of.links, of.structured): vocabulary.inventory
        for field in FIELDS
        if field.kind == "practice" and (of := field.inventory).value
        for vocabulary in [VOCABULARIES[field.vocabulary or ""]]
    }
    parts = {(one["implementation"], one["implementation_part"]): one["csv_header"] for one in inventory["fields"]}
    theirs = {
        (
            parts[one["key"], "enum"],
            parts.get((one["key"], "links")) or parts[one["key"], "link"],
            f"{one['key']}_structured",
        ): one["status_vocabulary"]
        for one in inventory["implementations"]
    }
    assert ours == theirs
    assert len(ours) == 16


@pytest.mark.real_data
def test_an_other_text_goes_to_the_field_that_the_inventory_names(inventory: dict[str, Any]) -> None:
    headers = {field["name"]: field["csv_header"] for field in inventory["fields"]}
    of_value = {field.inventory.value: field.inventory for field in FIELDS}
    for field in inventory["fields"]:
        if field["kind"] in {"other_option", "store_model_input"}:
            owner = of_value[headers[field["owner"]]]
            assert field["csv_header"] in {owner.other, owner.free_text}


@pytest.mark.real_data
def test_a_field_uses_the_vocabulary_that_the_inventory_gives_it(inventory: dict[str, Any]) -> None:
    of_value = {field.inventory.value: field for field in FIELDS if field.inventory.value}
    for field in inventory["fields"]:
        if field["vocabulary"]:
            ours = of_value[field["csv_header"]]
            assert VOCABULARIES[ours.vocabulary or ""].inventory == field["vocabulary"]
            if field["cardinality"] == "many":
                assert ours.kind == "terms"


@pytest.mark.real_data
def test_all_33_vocabularies_hold_every_term_with_its_meaning_to_code(
    inventory: dict[str, Any], book: TermBook
) -> None:
    ours = {vocabulary.inventory: vocabulary for vocabulary in VOCABULARIES.values() if vocabulary.inventory}
    assert ours.keys() == {vocabulary["key"] for vocabulary in inventory["vocabularies"]}
    assert len(ours) == 33
    for vocabulary in inventory["vocabularies"]:
        code = ours[vocabulary["key"]].code
        for term in vocabulary["terms"] or []:
            found = book.terms(code)[book.code_of(code, term["term"]) or "none of this spelling"]
            if term["provides"]:
                assert found.provides == term["provides"]
        for key, label in (vocabulary["values"] or {}).items():
            assert book.code_of(code, key) == book.code_of(code, label) == key


@pytest.mark.real_data
def test_a_file_for_the_incumbent_can_spell_each_of_its_terms_as_it_does(inventory: dict[str, Any]) -> None:
    ours = {vocabulary.inventory: vocabulary for vocabulary in VOCABULARIES.values() if vocabulary.inventory}
    for vocabulary in inventory["vocabularies"]:
        spelled = [(term.inventory or term.label).casefold() for term in ours[vocabulary["key"]].terms]
        for term in vocabulary["terms"] or []:  # it takes any case
            assert spelled.count(term["term"].casefold()) == 1, term


@pytest.mark.real_data
def test_every_answer_in_the_real_export_is_a_term_or_known_to_be_kept_as_text(
    export: list[dict[str, str]], book: TermBook
) -> None:
    unmatched: dict[str, set[str]] = {}
    for field in FIELDS:
        if field.vocabulary and field.inventory.value in export[0]:
            given = {part.strip() for row in export for part in row[field.inventory.value].split(" | ")} - {""}
            if missing := {part for part in given if book.code_of(field.vocabulary, part) is None}:
                unmatched[field.code] = missing
    assert unmatched == KEPT_AS_TEXT


@pytest.mark.parametrize(
    ("vocabulary", "older", "code"),
    [
        ("contribution_opportunities", "Working / Interest Groups", "working_groups"),
        ("contribution_opportunities", "Funds", "funds"),
        ("hosting", "Hosting through third party only", "third_party_only"),
        ("hosting", "No hosting services available", "no_services"),
        ("code_licences", "GNU General Public License (GPL) Version 3", "gpl"),
        ("categories", "Preservation system", "digital_preservation_system"),
        ("programming_languages", "c++", "c_plus_plus"),
        ("programming_languages", "c", "c"),
        ("metadata_standards", 'Repository-Developed Metadata Schema(s)"', "own_schema"),
        ("countries", "Bolivia, Plurinational State of", "BO"),
        ("currencies", "eur", "EUR"),
    ],
)
def test_an_older_spelling_leads_to_the_term_of_today(book: TermBook, vocabulary: str, older: str, code: str) -> None:
    assert book.code_of(vocabulary, older) == code


def test_the_categories_of_the_project_s_own_definitions_are_terms_and_not_too_many() -> None:
    known = {term.code for term in VOCABULARIES["categories"].terms}
    for path in sorted((DEFINITIONS / "catalogue").glob("*.yaml")):
        used = yaml.safe_load(path.read_text(encoding="utf-8"))["categories"]
        assert set(used) <= known, path.name
        assert len(used) <= (BY_CODE["categories"].most or 0), path.name


@by_vocabulary
def test_a_term_that_names_an_infrastructure_names_one_that_is_defined(vocabulary: VocabularyDefinition) -> None:
    for term in vocabulary.terms:
        if term.infrastructure:
            assert (DEFINITIONS / "catalogue" / f"{term.infrastructure}.yaml").exists(), term.code


def test_every_integration_but_other_names_an_infrastructure() -> None:
    without = [term.code for term in VOCABULARIES["integrations"].terms if not term.infrastructure]
    assert without == ["other"]


@pytest.mark.parametrize("code", ["status", "pricing_status"])
def test_each_scale_has_exactly_the_statuses_that_claims_take_in_the_same_words(code: str) -> None:
    field = next(field for field in FIELDS if field.kind == "practice" and field.vocabulary == code)
    terms = VOCABULARIES[code].terms
    assert tuple(term.code for term in terms) == statuses_of(field)
    assert {term.code: term.label.casefold() for term in terms} == {term.code: WORDS[term.code] for term in terms}
    assert all(term.description for term in terms)


@by_field
def test_what_a_steward_is_asked_is_a_question_with_help(field: FieldDefinition) -> None:
    assert field.label
    assert len(field.help.split()) >= 4
    assert field.help.endswith(".")
    assert (field.kind == "record") != field.question.endswith("?")


@by_field
def test_search_reads_neither_addresses_nor_numbers_nor_what_is_not_public(field: FieldDefinition) -> None:
    if field.visibility != "public" or field.kind in {"url", "contact", "money", "year", "whole_number", "record"}:
        assert field.search_weight == 0
    else:
        assert field.search_weight > 0 or field.kind in {"image", "yes_no"}


@by_field
def test_a_facet_is_public_and_has_values_that_can_be_counted(field: FieldDefinition) -> None:
    if field.is_facet:
        assert field.visibility == "public"
        assert field.kind in {"term", "terms", "practice", "yes_no", "organisation", "licence"}


def test_money_is_shown_only_by_consent_and_people_only_to_curators() -> None:
    by_consent = {field.code for field in FIELDS if field.visibility == "by_consent"}
    money = {field.code for field in FIELDS if field.kind == "money"}
    assert len(money) == 8
    assert by_consent == money | {"currency", "financial_period", "granting_institutions", "recent_grants"}
    private = {field.code for field in FIELDS if field.visibility == "private"}
    contact = {"contact_given_name", "contact_family_name", "contact_email"}
    assert private == contact | {"financial_visibility", "approval_status", "confirmation"}


def test_four_fields_are_needed_for_a_suggestion() -> None:
    needed = {field.code for field in FIELDS if field.is_required}
    assert needed == {"name", "website", "summary", "categories"}


def test_practices_and_money_grow_old_within_a_year_and_a_name_never() -> None:
    assert {field.max_age_days for field in FIELDS if field.kind in {"practice", "money"}} == {365}
    assert BY_CODE["name"].max_age_days is BY_CODE["launched"].max_age_days is None


def test_the_page_of_fields_names_every_field_and_every_managed_term() -> None:
    page = fields_page(DEFINITIONS)
    rows = re.findall(r"^\| `([^`]+)`", page, re.MULTILINE)
    managed = [term.code for one in VOCABULARIES.values() if one.source in {"terms", "scale"} for term in one.terms]
    assert rows == [field.code for field in FIELDS] + managed
    anchors = {f"#{name}" for name in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\((#[^)]+)\)", page)) <= anchors
