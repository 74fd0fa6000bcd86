"""Loads what experts wrote, every file of it: one bad line would break the release that uses it."""

from pathlib import Path

import pytest

from infracommons.insights.policies.load import load_policies
from infracommons.pipeline.definitions import load_catalogue, load_corrections
from infracommons.pipeline.stages.match import field_finders
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.policies import Instrument
from infracommons.vocabulary.text import clean

DEFINITIONS = Path(__file__).parent.parent / "definitions"
CATALOGUE = load_catalogue(DEFINITIONS)
POLICIES = load_policies(DEFINITIONS)
BY_ID = pytest.mark.parametrize("infrastructure", CATALOGUE, ids=lambda i: i.infrastructure_id)


def test_the_catalogue_has_at_least_120_infrastructures() -> None:
    assert len(CATALOGUE) >= 120


@BY_ID
def test_examples_match_where_they_must_and_nowhere_else(infrastructure: Infrastructure) -> None:
    finders = field_finders([infrastructure])
    for examples, expected in (
        (infrastructure.terms.matching_examples, True),
        (infrastructure.terms.other_examples, False),
    ):
        for example in examples:
            assert bool(finders[example.field].find([clean(example.text)])) is expected, example


@BY_ID
def test_each_infrastructure_has_examples_and_a_line_of_its_own(infrastructure: Infrastructure) -> None:
    assert len(infrastructure.terms.matching_examples) >= 3
    assert len(infrastructure.terms.other_examples) >= 2
    assert 8 <= len(infrastructure.summary.split()) <= 40
    assert infrastructure.homepage.startswith("http")


def test_no_two_infrastructures_share_a_name_or_an_alias() -> None:
    seen: dict[str, str] = {}
    for infrastructure in CATALOGUE:
        for name in {infrastructure.name.casefold(), *map(str.casefold, infrastructure.aliases)}:
            assert seen.setdefault(name, infrastructure.infrastructure_id) == infrastructure.infrastructure_id, name


def test_corrections_load() -> None:
    load_corrections(DEFINITIONS)


def test_the_policies_that_the_tracker_promises_are_there() -> None:
    promised = (
        "us-ostp-memorandum-2022 eu-council-conclusions-2023 unesco-recommendation-2021 ukri-open-access-2021 "
        "horizon-europe-2021 plan-s-2018 nih-data-sharing-2020 barcelona-declaration-2024"
    )
    assert set(promised.split()) <= POLICIES.instruments.keys()
    assert {one.region for one in POLICIES.instruments.values()} == POLICIES.regions.keys()


@pytest.mark.parametrize("policy", POLICIES.instruments.values(), ids=lambda one: one.code)
def test_a_policy_rests_on_a_source_that_somebody_compared(policy: Instrument) -> None:
    compared = {source.code: source for source in policy.sources if source.checked_on != "unknown"}
    assert compared
    assert {clause.source for clause in policy.clauses} <= compared.keys()
    if policy.checked == "official_page":
        assert any(source.kind == "official" for source in compared.values())
    if policy.checked == "official_text":
        assert any(source.kind in {"official", "copy"} for source in compared.values())


def test_every_term_of_the_policies_is_used() -> None:
    everyone = POLICIES.instruments.values()
    used = {code for one in everyone for clause in one.clauses for code in clause.requirements}
    assert used == POLICIES.requirements.keys()
    assert {one.kind for one in everyone} == POLICIES.kinds.keys()
