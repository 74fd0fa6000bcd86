"""Files of the formats that the catalogue reads, written by a test, and the real one beside the project."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from django.db import connection

from infracommons.web.catalogue.models import Change, FormerSlug, Infrastructure

ROOT = Path(__file__).parents[4]
INVENTORY = ROOT.parent / "shared" / "data" / "catalogue" / "infra_finder_v2.csv"
Rows = Sequence[Mapping[str, str]]

# What must never leave: a private and a by-consent field of the fixture `rich`.
CANARIES = ("ada@example.org", "1250000", "125000050", "1,250,000")


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[[Rows], Path]:
    """Return a function that writes rows of named cells as a CSV file."""

    def write(rows: Rows) -> Path:
        heading = list(dict.fromkeys(name for row in rows for name in row))
        path = tmp_path / "file.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heading)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def real_inventory() -> Path:
    """The incumbent's export of 59 rows; skips where it is not there."""
    if not INVENTORY.exists():
        pytest.skip(f"needs {INVENTORY.name} of the shared data beside the project")
    return INVENTORY


def said(infrastructure_id: str) -> dict[str, object]:
    """Return value, or status, by field of an infrastructure."""
    profile = Infrastructure.objects.get(infrastructure_id=infrastructure_id).profile
    return {code: entry["value"] if entry["value"] is not None else entry["status"] for code, entry in profile.items()}


def forget_everything() -> None:
    """Empty the catalogue, claims too: they cannot be deleted otherwise."""
    Change.objects.all().delete()
    FormerSlug.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_claim SET replaces_id = NULL")
        cursor.execute("DELETE FROM catalogue_claim")
    Infrastructure.objects.all().delete()
