"""Turns what releases say of themselves into the rows of their pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from infracommons.insights.formats import FORMATS
from infracommons.insights.release import Row
from infracommons.insights.releases import Manifest, StoredRelease
from infracommons.vocabulary.counting import RULES
from infracommons.web.funding.releases.wording import signed, signed_count


def release_rows(stored: Sequence[StoredRelease], current: str | None) -> list[Row]:
    """Return a row a release, in the order given, newest first, each with what moved since the one before."""
    before = [*stored[1:], None]
    return [_row(release, older, current) for release, older in zip(stored, before, strict=True)]


def made_at(manifest: Manifest) -> datetime:
    """Return the moment at which a release was made."""
    return datetime.fromisoformat(str(manifest["made_at"]))


def totals(manifest: Manifest) -> list[Row]:
    """Return rule, name, meaning and usd of each rule, each award counted once, as everywhere on the site."""
    told: Mapping[str, str] = manifest.get("totals_usd", {})
    return [
        {"rule": rule, "name": name, "meaning": meaning, "usd": _total(told, rule)}
        for rule, (name, meaning) in RULES.items()
    ]


def input_rows(manifest: Manifest) -> list[Row]:
    """Return the raw files with the publisher and licence of their sources."""
    sources = {told["source"]: told for told in manifest["sources"]}
    return [
        {
            **told,
            "publisher": sources.get(told["source"], {}).get("publisher"),
            "licence": sources.get(told["source"], {}).get("licence"),
        }
        for told in manifest.get("inputs", ())
    ]


def table_rows(release: StoredRelease) -> list[Row]:
    """Return each table with its size, checksum and downloads."""
    told: dict[str, Any] = {table["name"]: table for table in release.manifest["tables"]}
    return [
        {
            "name": table.name,
            "meaning": table.meaning,
            "rows": told[table.name]["rows"],
            "sha256": told[table.name]["sha256"],
            "bytes": release.path(table.name).stat().st_size,
            "downloads": [
                {"label": form.label, "href": reverse("release_table", args=[release.release_id, table.name, name])}
                for name, form in FORMATS.items()
            ],
        }
        for table in release.tables
    ]


def _row(release: StoredRelease, older: StoredRelease | None, current: str | None) -> Row:
    manifest = release.manifest
    return {
        "release_id": release.release_id,
        "is_current": release.release_id == current,
        "made_at": made_at(manifest),
        "code_version": manifest.get("code_version"),
        "engine": manifest.get("settings", {}).get("engine"),
        "awards": manifest["counts"]["awards"],
        "totals": totals(manifest),
        "older": older and older.release_id,
        "moved": older and _moved(older.manifest, manifest),
    }


def _moved(before: Manifest, after: Manifest) -> list[Row]:
    """Return what moved in words: the number of awards, and each total."""
    awards = signed_count(after["counts"]["awards"] - before["counts"]["awards"])
    pairs = zip(totals(before), totals(after), strict=True)
    return [
        {"name": "Awards", "moved": awards},
        *(
            {
                "name": now["name"],
                "moved": signed(None if None in (was["usd"], now["usd"]) else now["usd"] - was["usd"]),
            }
            for was, now in pairs
        ),
    ]


def _total(told: Mapping[str, str], rule: str) -> Decimal | None:
    # Under the full amount the manifest's sum counts an award for each infrastructure; pages count each award once.
    name = "unique_awards" if rule == "full" else rule
    return Decimal(told[name]) if name in told else None
