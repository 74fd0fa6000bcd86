"""Terms that a text states by its words: whole words in any case, whatever stands between them."""

import csv

import pytest
from tests.web.catalogue.exchange.conftest import INVENTORY

from infracommons.web.catalogue.fields.cues import stated_terms
from infracommons.web.catalogue.fields.definition import TermDefinition
from infracommons.web.catalogue.fields.registry import vocabulary
from infracommons.web.catalogue.fields.texts import visible_text

STAFF = TermDefinition("staff", "Staff", cues=("hire", "recruit*", "full-time", "human resources"))
OTHER = TermDefinition("other", "Other")


@pytest.mark.parametrize(
    ("text", "is_stated"),
    [
        ("We want to HIRE a designer.", True),
        ("We are recruiting.", True),
        ("A full-time\nposition", True),
        ("human\u00a0 resources", True),
        ("We hired last year.", False),
        ("a shire", False),
        ("humane resources", False),
        ("", False),
    ],
)
def test_a_cue_is_found_as_whole_words_and_a_star_stands_for_any_ending(text: str, is_stated: bool) -> None:  # noqa: FBT001
    assert stated_terms(text, (STAFF, OTHER)) == ([STAFF] if is_stated else [])


def test_every_theme_of_needs_but_other_has_cues_that_state_it() -> None:
    terms = vocabulary("need_themes").terms
    for term in terms:
        assert bool(term.cues) is (term.provides != "other")
        for cue in term.cues:
            assert term in stated_terms(f"We need {cue.replace('*', 's').upper()}, now.", terms), cue


def test_the_texts_of_the_real_inventory_state_research_and_development_most() -> None:
    if not INVENTORY.exists():
        pytest.skip(f"needs {INVENTORY.name} of the shared data beside the project")
    with INVENTORY.open(encoding="utf-8-sig", newline="") as file:
        texts = [visible_text(row["017_funding_needs"]) for row in csv.DictReader(file)]
    texts = [text for text in texts if text.strip()]
    terms = vocabulary("need_themes").terms
    stated = [{term.code for term in stated_terms(text, terms)} for text in texts]
    often = {term.code: sum(term.code in one for one in stated) for term in terms}
    assert len(texts) == 46
    # As the field's yearly report of 2025 found, by reading.
    assert max(often, key=lambda code: often[code]) == "research_and_development"
    assert sorted(often.values())[-2] == often["operations_and_maintenance"]
    assert sum(not one for one in stated) < len(texts) / 10
