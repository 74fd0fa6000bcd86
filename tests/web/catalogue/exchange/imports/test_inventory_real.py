"""The incumbent's real export: every cell stored or named, dry or not, over an empty catalogue and over ours."""

import csv
import html
import json
import re
from pathlib import Path

import pytest

from infracommons.web.catalogue.exchange.exports.for_release import export_for_release
from infracommons.web.catalogue.exchange.imports import import_file
from infracommons.web.catalogue.exchange.imports.inventory_values import columns_of
from infracommons.web.catalogue.fields.registry import claimable_fields
from infracommons.web.catalogue.models import Claim, Infrastructure

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
FORMAT = "infra-finder-v2"
PROSE = {"text", "rich_text"}


def _read(cell: str) -> str:
    """Return the text of a cell, the escapes of its JSON undone."""
    return json.dumps(json.loads(cell), ensure_ascii=False) if cell.startswith(("{", "[")) else cell


def _words(text: str) -> set[str]:
    plain = html.unescape(re.sub(r"<[^<>]*>", " ", text)).replace("\u200b", "").replace("\u200e", "")
    return set(re.findall(r"[a-z]{3,}", plain.lower()))


@pytest.mark.usefixtures("terms")
def test_every_cell_is_stored_or_listed_and_few_are_listed(real_inventory: Path) -> None:
    report = import_file(real_inventory, FORMAT)

    assert (report.rows, report.cells) == (59, 4558)
    assert report.cells == report.stored + report.listed
    assert {note.column for note in report.listed_cells} == {
        "002_creation_date",
        "110_publication_date",
        "012_service_logo",
    }
    assert all(note.reason for note in report.listed_cells)
    assert {note.column for note in report.unmatched_terms} == {"040_contribution_opportunities"}
    assert report.new == Infrastructure.objects.count() == 59


@pytest.mark.usefixtures("terms")
def test_what_counts_as_stored_is_in_the_profile(real_inventory: Path) -> None:
    import_file(real_inventory, FORMAT)
    checked = 0
    with real_inventory.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            profile = Infrastructure.objects.get(external_id=row["identifier"]).profile
            for definition in claimable_fields():
                filled = [row[column] for column in columns_of(definition) if row.get(column, "").strip()]
                entry = json.dumps(profile.get(definition.code), ensure_ascii=False)
                if definition.kind in PROSE:
                    assert all(len(_words(cell) - _words(entry)) <= 2 for cell in filled), definition.code
                if definition.kind == "practice":
                    urls = {url for cell in filled for url in re.findall(r"https?://[^\s\"<>|]+", _read(cell))}
                    assert all(url.rstrip("/\\").lower() in entry.lower() for url in urls), definition.code
                if definition.kind in {"url", "whole_number"}:
                    assert all(cell in entry for cell in filled), definition.code
                checked += len(filled)
    assert checked > 4000


@pytest.mark.usefixtures("terms")
def test_a_dry_run_reports_the_same_and_stores_nothing(real_inventory: Path) -> None:
    dry = import_file(real_inventory, FORMAT, dry_run=True)
    assert (Infrastructure.objects.count(), Claim.objects.count()) == (0, 0)

    wet = import_file(real_inventory, FORMAT).as_dict()
    assert dry.as_dict() | {"dry_run": False} == wet


@pytest.mark.usefixtures("terms")
def test_importing_it_again_changes_nothing(real_inventory: Path) -> None:
    import_file(real_inventory, FORMAT)
    claims = Claim.objects.count()
    again = import_file(real_inventory, FORMAT)

    assert (again.new, again.changed, again.unchanged, again.claims) == (0, 0, 59, 0)
    assert Claim.objects.count() == claims
    assert again.cells == again.stored + again.listed == 4558


@pytest.mark.usefixtures("catalogue")
def test_its_rows_find_the_infrastructures_that_we_define(real_inventory: Path) -> None:
    before = Infrastructure.objects.count()
    report = import_file(real_inventory, FORMAT)

    assert (report.new, report.changed) == (2, 57)  # two rows are the incumbent's own tests
    assert Infrastructure.objects.count() == before + 2
    assert Infrastructure.objects.filter(listing="suggested").count() == 2
    matched = dict(Infrastructure.objects.exclude(external_id="").values_list("external_id", "infrastructure_id"))
    with real_inventory.open(encoding="utf-8-sig", newline="") as file:
        ids = {row["001_service_name"]: matched[row["identifier"]] for row in csv.DictReader(file)}
    assert ids["Open Journal Systems (OJS)"] == "open-journal-systems"
    assert ids["Research Organization Registry"] == "ror"
    assert ids["VuFind®"] == "vufind"
    assert ids["Sherpa Services (Sherpa Romeo, Sherpa Juliet and OpenDOAR)"] == "open-policy-finder"


@pytest.mark.usefixtures("terms")
def test_the_report_names_no_address_and_no_person(real_inventory: Path) -> None:
    told = json.dumps(import_file(real_inventory, FORMAT, dry_run=True).as_dict())
    assert "@" not in told


def _integrations(raw: Path) -> dict[tuple[str, str], str | None]:
    """Return the link of each integration with another infrastructure that a release would read."""
    lines = export_for_release(raw).characteristics.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {
        (row["infrastructure_id"], row["other_infrastructure_id"]): row["link"]
        for row in rows
        if row["field"] == "integrations" and row["other_infrastructure_id"]
    }


@pytest.mark.usefixtures("catalogue")
def test_no_integration_with_evidence_is_lost_and_those_that_its_texts_name_join_them(
    real_inventory: Path, tmp_path: Path
) -> None:
    ours = _integrations(tmp_path)
    import_file(real_inventory, FORMAT)
    after = _integrations(tmp_path)
    assert all(ours.values())
    assert not {edge: after.get(edge) for edge, link in ours.items() if after.get(edge) != link}
    assert len(ours) >= 150
    assert {("erudit", "open-journal-systems"), ("la-referencia", "ror")} <= after.keys()
    assert len(after) > len(ours) + 30
    assert not any(one == other for one, other in after)
