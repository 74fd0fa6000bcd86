"""Writes what the catalogue's people decided about infrastructures as a file that the next release reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.utils import timezone

from infracommons.vocabulary.inputs import CATALOGUE_ENTRY
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.facts import Facts
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

_AT_ONCE = 200
_COLUMNS = frozenset(column.name for column in CATALOGUE_ENTRY.columns)


def export_for_release(folder: Path) -> tuple[Path, int]:
    """Write one line for each listed infrastructure into a new file of `folder`; return the file and how many.

    The file's name holds the moment: raw files are never overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"catalogue_{timezone.now():%Y-%m-%dT%H%M%S%fZ}.jsonl"
    partial = path.with_name(f".{path.name}.part")
    count = 0
    with partial.open("wb") as file:
        for entry in entries():
            file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    partial.replace(path)
    return path, count


def entries() -> Iterator[dict[str, Any]]:
    """Yield each listed infrastructure as the contract `catalogue_entry` has it."""
    book, now = term_book(), timezone.now().isoformat()
    listed = Infrastructure.objects.filter(listing=Listing.LISTED).order_by("infrastructure_id")
    for infrastructure in listed.select_related("steward").iterator(_AT_ONCE):
        entry = _entry(infrastructure, book) | {"exported_at": now}
        yield {name: value for name, value in entry.items() if name in _COLUMNS}


def _entry(infrastructure: Infrastructure, book: TermBook) -> dict[str, Any]:
    facts = Facts(infrastructure.profile, book)
    steward = facts.value("steward") or {}
    country = next((term.code for term in facts.terms("country")), None)
    return {
        "infrastructure_id": infrastructure.infrastructure_id,
        "name": infrastructure.name,
        "aliases": facts.value("aliases") or [],
        "summary": facts.text("summary"),
        "homepage": facts.value("website"),
        "steward_organisation_id": steward.get("ror") or None,
        "steward_name": steward.get("name"),
        "country_code": country,
        "category_codes": [term.code for term in facts.terms("categories")],
        "code_repository": next(iter(facts.links("code_repository")), None),
        "licence": facts.value("spdx_licence"),
        "launched_year": facts.value("launched"),
    }
