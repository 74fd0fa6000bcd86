"""Writes what the catalogue's people decided about infrastructures as a file that the next release reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.utils import timezone

from infracommons.vocabulary.inputs import CATALOGUE_ENTRY
from infracommons.vocabulary.tables import NO_TERM_STATED
from infracommons.web.catalogue.claims.profile import Entry
from infracommons.web.catalogue.claims.seed import named_by
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.exports.names import Names
from infracommons.web.catalogue.exchange.facts import Facts
from infracommons.web.catalogue.fields.cues import stated_terms
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import vocabulary
from infracommons.web.catalogue.fields.statuses import UNKNOWN, WORDS
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import visible_text
from infracommons.web.catalogue.fields.words import value_words
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

INTEGRATIONS = "integrations"
_AT_ONCE = 200
WORDS_OF_NONE = "text that states none of the terms"
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
    book, names = term_book(), Names(_listed())
    for infrastructure in _listed():
        seen = set()
        for definition, entry in Facts(infrastructure.profile, book).entries():
            said = [*_countable(definition, entry, book), *_named(definition, entry, book, names)]
            of_others = {other for _, _, other in said if other}
            for value, label, other in said:
                if (definition.code, value) not in seen and other != infrastructure.infrastructure_id:
                    seen.add((definition.code, value))
                    yield {
                        "infrastructure_id": infrastructure.infrastructure_id,
                        "field": definition.code,
                        "value": value,
                        "label": label,
                        "other_infrastructure_id": other,
                        "link": _link(entry, other, of_others),
                        "checked_date": entry["checked_on"],
                        "said_by": entry["author_kind"],
                        "exported_at": now.isoformat(),
                    }


def _listed() -> Iterator[Infrastructure]:
    listed = Infrastructure.objects.filter(listing=Listing.LISTED).order_by("infrastructure_id")
    return listed.select_related("steward").iterator(_AT_ONCE)


def _countable(definition: FieldDefinition, entry: Entry, book: TermBook) -> Iterator[tuple[str, str, str | None]]:
    """Yield value, words and infrastructure named, for what can be counted; of a text, the terms that it states."""
    status, value = entry["status"], entry["value"]
    if status == UNKNOWN:
        return
    if status:
        yield status, WORDS[status], None
    elif definition.kind in {"term", "terms"} and value:
        vocabulary = definition.vocabulary or ""
        for term in filter(None, (book.current(vocabulary, code) for code in value["terms"])):
            yield term.code, term.label, term.infrastructure or None
    elif definition.coded_by and value:
        yield from _stated(visible_text(value), definition.coded_by, book)
    elif definition.kind in _PLAIN and value is not None:
        (words,) = value_words(definition, value, book)
        yield str(value).lower() if definition.kind == "yes_no" else str(value), words, None


def _named(definition: FieldDefinition, entry: Entry, book: TermBook, names: Names) -> Iterator[tuple[str, str, str]]:
    """Yield value, words and id of each infrastructure that the text beside the terms of integrations names."""
    vocabulary = definition.vocabulary or ""
    if vocabulary == INTEGRATIONS and entry["value"] and not entry["status"]:
        of_terms = {term.infrastructure: term for term in book.choices(vocabulary)}
        for slug in names.named(entry["value"].get("other") or "", book, vocabulary):
            term = of_terms.get(slug)
            yield (term.code, term.label, slug) if term else (slug.replace("-", "_"), names.labels[slug], slug)


def _stated(text: str, coded_by: str, book: TermBook) -> Iterator[tuple[str, str, None]]:
    """Yield the terms that a text states by its words, by the definitions' cues; one row says that it states none."""
    found = [book.current(coded_by, term.code) for term in stated_terms(text, vocabulary(coded_by).terms)]
    for term in filter(None, found):
        yield term.code, term.label, None
    if not any(found):
        yield NO_TERM_STATED, WORDS_OF_NONE, None


def _link(entry: Entry, other: str | None, of_others: set[str]) -> str | None:
    """Return the evidence that is labelled with the infrastructure named, else the first that is not of another one."""
    of_it = (link["url"] for link in entry["evidence"] if other in named_by(link))
    of_none = (link["url"] for link in entry["evidence"] if not named_by(link) & of_others)
    return next(of_it, next(of_none, None))


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
