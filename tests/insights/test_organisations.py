"""One organisation: what it is, what is part of it however deep, and what it runs."""

import pytest
from tests.insights.plain import Tables
from tests.web.conftest import write_release

from infracommons.insights.organisations import (
    infrastructures_run_by,
    organisation_facts,
    organisation_names,
    organisation_parts,
)
from infracommons.insights.release import Release


def body(name: str, parent: str | None = None) -> dict[str, object]:
    return {"organisation_id": f"org:{name}", "name": name, "parent_id": parent, "is_us_federal": False}


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A ministry, its agency, the agency's institute; two that are each other's parent; one alone."""
    folder = tmp_path_factory.mktemp("family")
    organisations = [
        body("ministry"),
        body("agency", "org:ministry"),
        body("institute", "org:agency"),
        body("chicken", "org:egg"),
        body("egg", "org:chicken"),
        body("alone"),
    ]
    run = {"infrastructure_id": "shelf", "name": "Shelf", "aliases": [], "summary": "Keeps.", "category_codes": []}
    write_release(
        folder,
        {
            "organisation": organisations,
            "infrastructure": [run | {"steward_organisation_id": "org:institute"}],
        },
    )
    return Release(folder / "one")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ministry", ["agency", "institute"]),
        ("agency", ["institute"]),
        ("institute", []),
        ("chicken", ["egg"]),
        ("alone", []),
        ("nobody", []),
    ],
)
def test_all_that_is_below_is_a_part_and_a_circle_ends(family: Release, name: str, parts: list[str]) -> None:
    assert [row["name"] for row in organisation_parts(family, f"org:{name}")] == parts


def test_facts_name_the_parent_and_an_unknown_id_has_none(family: Release) -> None:
    facts = organisation_facts(family, "org:agency")
    assert facts is not None
    assert (facts["name"], facts["parent_name"]) == ("agency", "ministry")
    assert organisation_facts(family, "org:nobody") is None


def test_what_any_of_them_runs_is_found(family: Release) -> None:
    assert [row["name"] for row in infrastructures_run_by(family, ["org:agency", "org:institute"])] == ["Shelf"]
    assert infrastructures_run_by(family, ["org:ministry"]) == []


def test_names_are_those_of_the_ids_that_are_there(family: Release) -> None:
    assert organisation_names(family, ("org:egg", "org:nobody")) == {"org:egg": "egg"}
    assert organisation_names(family, ()) == {}


def test_parts_of_the_golden_release_are_those_that_lead_up_to_it(release: Release, tables: Tables) -> None:
    parents = {row["organisation_id"]: row["parent_id"] for row in tables["organisation"]}
    for above in parents:
        expected = set()
        for one, parent in parents.items():
            seen, up = {one}, parent
            while up is not None and up not in seen:
                if up == above and one != above:
                    expected.add(one)
                seen.add(up)
                up = parents.get(up)
        assert {row["organisation_id"] for row in organisation_parts(release, above)} == expected
