"""The export in the incumbent's own columns: its headings and spellings, and nothing lost on the way back."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tests.web.catalogue.exchange.conftest import CANARIES, INVENTORY, forget_everything

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.seed import seed_terms
from infracommons.web.catalogue.exchange.exports import export_catalogue
from infracommons.web.catalogue.exchange.exports.inventory_file import NAME, inventory_columns
from infracommons.web.catalogue.exchange.facts import exported_fields
from infracommons.web.catalogue.exchange.imports import import_file
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Claim, Infrastructure, Term
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
FORMAT = "infra-finder-v2"
BY = Author(AuthorKind.CURATOR, "a test")
Said = dict[str, dict[str, Any]]


def written(folder: Path) -> tuple[Path, list[dict[str, str]]]:
    export_catalogue(folder, [FORMAT])
    with (folder / NAME).open(encoding="utf-8", newline="") as file:
        return folder / NAME, list(csv.DictReader(file))


def row_of(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    return next(row for row in rows if row["001_service_name"] == name)


def told() -> Said:
    """Return what the format has columns for, by name and field: value, status, addresses of a practice."""
    # Of a steward it has the name alone.
    has_column = {one.code: one for one in exported_fields() if one.inventory.value and one.kind != "image"}
    return {
        one.name: {
            code: (
                entry["value"]["name"] if has_column[code].kind == "organisation" else entry["value"],
                entry["status"],
                sorted(link["url"] for link in entry["evidence"]) if has_column[code].kind == "practice" else None,
            )
            for code, entry in one.profile.items()
            if code in has_column and (entry["value"] is not None or entry["status"] != "unknown" or entry["evidence"])
        }
        for one in Infrastructure.objects.filter(listing="listed")
    }


def test_the_headings_are_those_of_the_incumbent(rich: Infrastructure, tmp_path: Path) -> None:
    if not INVENTORY.exists():
        pytest.skip(f"needs {INVENTORY.name} of the shared data beside the project")
    with INVENTORY.open(encoding="utf-8-sig", newline="") as file:
        theirs = set(next(csv.reader(file)))
    columns = inventory_columns()
    assert len(columns) == len(set(columns))
    private = {
        column
        for one in fields().values()
        if one.visibility != "public"
        for column in vars(one.inventory).values()
        if column
    }
    assert theirs - private - set(columns) == {"110_publication_date"}  # ours has no such day
    _, rows = written(tmp_path / "out")
    assert list(rows[0]) == columns
    assert row_of(rows, rich.name)["109_publication_status"] == "published"


def test_cells_are_written_as_the_incumbent_writes_them(rich: Infrastructure, tmp_path: Path) -> None:
    append_claims(
        rich,
        [
            ClaimInput("hosting", {"terms": ["third_party_only"], "other": ""}),
            ClaimInput("fiscal_host", "=1+1"),
            ClaimInput("accessibility_scope", {"terms": ["website"], "other": ""}),
        ],
        by=BY,
    )
    Term.objects.filter(vocabulary="hosting", code="third_party_only").update(label="By others")
    row = row_of(written(tmp_path / "out")[1], rich.name)
    assert row["076_saas_options"] == "Through third party vendor only"  # its spelling, whatever curators call it here
    assert row["081_programming_language"] == "Python | C++"
    assert row["981_programming_language_other"] == "Forth"
    assert row["013_location"] == "FR"
    assert row["056_launch_date"] == "2011-01-01"
    assert row["099_scoss"] == "false"
    assert row["042_code_of_conduct_status"] == "available"
    assert row["043_code_of_conduct_url"] == "https://archive.example.org/conduct"
    assert json.loads(row["code_of_conduct_structured"])["statement"].startswith("We follow")
    assert (row["108_bylaws_status"], row["029_web_accessibility_status"]) == ("not_planning", "not_applicable")
    assert row["026_governance_records_status"] == "unknown"
    assert json.loads(row["web_accessibility_structured"])["applies_to_website"] is True
    assert json.loads(row["058_affiliations_structured"])[0]["name"] == "University of Examples"
    assert row["118_fiscal_host"] == "'=1+1"


def test_nothing_private_and_nothing_unlisted_is_in_it(rich: Infrastructure, tmp_path: Path) -> None:
    Infrastructure.objects.filter(infrastructure_id="zenodo").update(listing="suggested")
    path, rows = written(tmp_path / "out")
    assert not [canary for canary in CANARIES if canary in path.read_text(encoding="utf-8")]
    assert len(rows) == Infrastructure.objects.filter(listing="listed").count()
    assert "Zenodo" not in {row["001_service_name"] for row in rows}
    assert rich.name in {row["001_service_name"] for row in rows}


@pytest.mark.usefixtures("rich")
def test_bringing_it_back_changes_nothing(tmp_path: Path) -> None:
    claims, before = Claim.objects.count(), told()
    report = import_file(written(tmp_path / "out")[0], FORMAT)
    assert (report.new, report.changed, report.claims) == (0, 0, 0)
    assert {note.column for note in report.listed_cells} == {"002_creation_date"}
    assert (Claim.objects.count(), told()) == (claims, before)


@pytest.mark.usefixtures("rich")
def test_an_empty_catalogue_gets_every_value_back_that_has_a_column(tmp_path: Path) -> None:
    before = told()
    path, _ = written(tmp_path / "out")
    forget_everything()
    import_file(path, FORMAT)
    assert told() == before


@pytest.mark.real_data
@pytest.mark.usefixtures("terms")
def test_the_incumbents_real_file_goes_in_and_out_again(real_inventory: Path, tmp_path: Path) -> None:
    import_file(real_inventory, FORMAT)
    before = told()
    path, _ = written(tmp_path / "out")
    forget_everything()
    seed_terms()
    import_file(path, FORMAT)
    after = told()
    assert len(before) == 57
    assert after == before
