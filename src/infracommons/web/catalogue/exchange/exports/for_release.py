"""Writes what the catalogue's people decided about infrastructures as a file that the next release reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.utils import timezone

from infracommons.vocabulary.inputs import CATALOGUE_ENTRY
from infracommons.web.catalogue.claims.profile import Entry
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.facts import Facts
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.statuses import UNKNOWN, WORDS
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import value_words
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

_AT_ONCE = 200
_PLAIN = frozenset({"yes_no", "year", "whole_number", "licence"})
_COLUMNS = frozenset(column.name for column in CATALOGUE_ENTRY.columns)
Line = dict[str, Any]


@dataclass(frozen=True)
class HandedOver:
    """The files that were written, and how many lines each has."""

    infrastructures: Path
    infrastructure_count: int
    characteristics: Path
    characteristic_count: int


def export_for_release(raw: Path) -> HandedOver:
    """Write the listed infrastructures, and what is said of them, into new files of `raw`, one folder a source.

    The files' names hold the moment: raw files are never overwritten.
    """
    now = timezone.now()
    listed, infrastructures = _write(raw / "catalogue", "catalogue", now, entries(now))
    said, characteristics = _write(raw / "characteristics", "characteristics", now, characteristics_told(now))
    return HandedOver(listed, infrastructures, said, characteristics)


def _write(folder: Path, name: str, now: datetime, lines: Iterator[Line]) -> tuple[Path, int]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}_{now:%Y-%m-%dT%H%M%S%fZ}.jsonl"
    partial = path.with_name(f".{path.name}.part")
    count = 0
    with partial.open("wb") as file:
        for line in lines:
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    partial.replace(path)
    return path, count


def entries(now: datetime) -> Iterator[Line]:
    """Yield each listed infrastructure as the contract `catalogue_entry` has it."""
    book = term_book()
    for infrastructure in _listed():
        entry = _entry(infrastructure, book) | {"exported_at": now.isoformat()}
        yield {name: value for name, value in entry.items() if name in _COLUMNS}


def characteristics_told(now: datetime) -> Iterator[Line]:
    """Yield what is said of each listed infrastructure, as the contract `catalogue_characteristic` has it."""
    book = term_book()
    for infrastructure in _listed():
        seen = set()
        for definition, entry in Facts(infrastructure.profile, book).entries():
            for value, label, other in _countable(definition, entry, book):
                if (definition.code, value) not in seen:
                    seen.add((definition.code, value))
                    yield {
                        "infrastructure_id": infrastructure.infrastructure_id,
                        "field": definition.code,
                        "value": value,
                        "label": label,
                        "other_infrastructure_id": other,
                        "link": _link(entry, other),
                        "checked_date": entry["checked_on"],
                        "said_by": entry["author_kind"],
                        "exported_at": now.isoformat(),
                    }


def _listed() -> Iterator[Infrastructure]:
    listed = Infrastructure.objects.filter(listing=Listing.LISTED).order_by("infrastructure_id")
    return listed.select_related("steward").iterator(_AT_ONCE)


def _countable(definition: FieldDefinition, entry: Entry, book: TermBook) -> Iterator[tuple[str, str, str | None]]:
    """Yield value, words and infrastructure named, for what can be counted; a text of its own kind cannot."""
    status, value = entry["status"], entry["value"]
    if status == UNKNOWN:
        return
    if status:
        yield status, WORDS[status], None
    elif definition.kind in {"term", "terms"} and value:
        vocabulary = definition.vocabulary or ""
        for term in filter(None, (book.current(vocabulary, code) for code in value["terms"])):
            yield term.code, term.label, term.infrastructure or None
    elif definition.kind in _PLAIN and value is not None:
        (words,) = value_words(definition, value, book)
        yield str(value).lower() if definition.kind == "yes_no" else str(value), words, None


def _link(entry: Entry, other: str | None) -> str | None:
    """Return the evidence that is labelled with the infrastructure named, else the first; None where there is none."""
    labelled = (link["url"] for link in entry["evidence"] if other and link["label"] == other)
    return next(labelled, next((link["url"] for link in entry["evidence"]), None))


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
