"""Loads what experts wrote, every file of it: one bad line would break the release that uses it."""

from pathlib import Path

import pytest

from infracommons.pipeline.definitions import load_catalogue, load_corrections
from infracommons.pipeline.stages.match import field_finders
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.text import clean

DEFINITIONS = Path(__file__).parent.parent / "definitions"
CATALOGUE = load_catalogue(DEFINITIONS)
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
