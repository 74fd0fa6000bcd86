"""Turns what is claimed of one field into the cells of the incumbent's export: the reverse of reading them."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from infracommons.web.catalogue.claims.profile import Entry, Profile
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.library_lists import LISTS
from infracommons.web.catalogue.fields.registry import vocabulary
from infracommons.web.catalogue.fields.statuses import NOT_APPLICABLE, UNKNOWN, WORDS
from infracommons.web.catalogue.fields.terms import TermBook

Cells = dict[str, str]
_BETWEEN = " | "
_ONE_LINK = frozenset({"code_license_structured", "web_accessibility_structured"})  # the others hold a list
_ACCESSIBILITY, _SCOPE = "web_accessibility", "accessibility_scope"


def cells_of(definition: FieldDefinition, profile: Profile, book: TermBook) -> Cells:
    """Return the cells of a field by column; a practice that nobody told of is unknown, other columns stay empty."""
    named, entry = definition.inventory, profile.get(definition.code)
    if named.value is None:
        return {}
    if definition.kind == "practice":
        return _practice(definition, entry, _scope(definition, profile, book))
    if entry is None or entry["value"] is None:
        has_place = definition.takes_other and entry is not None and entry["status"] == NOT_APPLICABLE
        return {named.value: WORDS[NOT_APPLICABLE]} if has_place else {}
    if definition.kind == "entries":
        return _entries(definition, entry["value"])
    if definition.takes_other:
        return _terms(definition, entry["value"], book)
    return {named.value: _WRITERS.get(definition.kind, str)(entry["value"])}


def _practice(definition: FieldDefinition, entry: Entry | None, scope: dict[str, bool]) -> Cells:
    """Return status, addresses, and the JSON with labels and statement."""
    named, links = definition.inventory, entry["evidence"] if entry else []
    cells = {named.value or "": entry["status"] if entry else UNKNOWN}
    cells[named.links or ""] = " ".join(link["url"] for link in links)
    is_one = named.structured in _ONE_LINK
    told: dict[str, Any] = {"link": links[0] if links else {}} if is_one else {"links": links}
    if entry and entry["value"]:
        told["statement"] = entry["value"]["statement"]
    return cells | {named.structured or "": json.dumps(told | scope, ensure_ascii=False)}


def _scope(definition: FieldDefinition, profile: Profile, book: TermBook) -> dict[str, bool]:
    """Return what an accessibility statement covers, which the incumbent keeps with the statement."""
    scope = profile.get(_SCOPE)
    if definition.code != _ACCESSIBILITY or scope is None or not scope["value"]:
        return {}
    terms = book.terms("accessibility_scopes")
    covered = {terms[code].provides for code in scope["value"]["terms"] if code in terms}
    return {key: key in covered for key in ("applies_to_website", "applies_to_solution")}


def _entries(definition: FieldDefinition, value: dict[str, Any]) -> Cells:
    """Return the records as JSON, each with all its parts, and the text beside them."""
    named = definition.inventory
    records = [{part.code: entry.get(part.code) for part in definition.parts} for entry in value["entries"]]
    return {
        named.value or "": value["text"],
        named.structured or "": json.dumps(records, ensure_ascii=False) if records else "",
    }


def _terms(definition: FieldDefinition, value: dict[str, Any], book: TermBook) -> Cells:
    """Return the terms as the incumbent spells them, and the text beside them."""
    named, other = definition.inventory, value["other"]
    spelled = [_spelled(definition.vocabulary or "", code, book) for code in value["terms"]]
    if named.other is None and other:  # the column has no companion: reading keeps what is no term as text
        spelled.append(other)
    cells = {named.value or "": _BETWEEN.join(dict.fromkeys(spelled))}
    return cells | ({named.other: other} if named.other else {})


def _spelled(name: str, code: str, book: TermBook) -> str:
    """Return the incumbent's spelling of the term that stands for a code; our own where the incumbent lacks it."""
    term = book.current(name, code)
    return _defined(name, term.code if term else code) or book.label(name, code)


def _defined(name: str, code: str) -> str:
    """Return how the incumbent spells a term of `definitions/`, whatever curators call it by now."""
    defined = vocabulary(name)
    if defined.source in LISTS:
        return code
    return next((term.inventory or term.label for term in defined.terms if term.code == code), "")


_WRITERS: dict[str, Callable[[Any], str]] = {
    "yes_no": lambda value: "true" if value else "false",
    "year": lambda value: f"{value}-01-01",
    "organisation": lambda value: str(value["name"]),
    "image": lambda value: settings.INFRACOMMONS_ADDRESS + reverse("logo", args=[value["sha256"]]),
}
