"""Reads the rows of our own files of claims, each checked as if a person had typed it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from infracommons.web.catalogue.exchange.imports.inventory_row import roomy
from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.problems import ClaimProblems, ValueProblem
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import one_line, paragraphs
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

REQUIRED = ("infrastructure_id", "field", "author_kind", "source")
_LONGEST_SOURCE, _LONGEST_ID, _LONGEST_REASON = 300, 200, 2000


@dataclass(frozen=True)
class ClaimRow:
    """A claim of a file; `key` and `replaces` are its numbers there, `at` is None for a claim that is made now."""

    number: int  # of the row
    infrastructure_id: str
    listing: str
    listing_reason: str
    external_id: str
    key: str
    replaces: str
    claim: ClaimInput
    author_kind: AuthorKind
    source: str
    at: datetime | None


def claim_row(number: int, cells: Mapping[str, Any], book: TermBook) -> ClaimRow:
    """Return a row's claim. Raises ClaimProblems with everything that is wrong, by column."""
    problems = [ValueProblem(column, "", "each row needs it") for column in REQUIRED if not _text(cells, column)]

    def attempt(read: Any, *args: Any) -> Any:  # noqa: ANN401 - any reader of this module
        try:
            return read(*args)
        except ValueProblem as problem:
            problems.append(problem)
            return None

    claim = attempt(_claim, cells, book, problems)
    kind = attempt(_one_of, cells, "author_kind", AuthorKind.values)
    listing = attempt(_one_of, cells, "listing", [Listing.LISTED, Listing.WITHDRAWN, Listing.SUGGESTED])
    at = attempt(_moment, _text(cells, "at"))
    source = attempt(one_line, _text(cells, "source"), "source", _LONGEST_SOURCE)
    reason = attempt(paragraphs, _text(cells, "listing_reason"), "listing_reason", _LONGEST_REASON)
    identifiers = [attempt(_short, cells, column) for column in ("infrastructure_id", "external_id")]
    if problems:
        raise ClaimProblems(_text(cells, "field"), problems)
    return ClaimRow(
        number=number,
        infrastructure_id=identifiers[0],
        listing=listing or Listing.LISTED,
        listing_reason=reason,
        external_id=identifiers[1],
        key=_text(cells, "claim"),
        replaces=_text(cells, "replaces"),
        claim=claim,
        author_kind=AuthorKind(kind),
        source=source,
        at=at,
    )


def _text(cells: Mapping[str, Any], column: str) -> str:
    value = cells.get(column)
    return "" if value is None else str(value).strip()


def _claim(cells: Mapping[str, Any], book: TermBook, problems: list[ValueProblem]) -> ClaimInput | None:
    code = _text(cells, "field")
    definition = fields().get(code)
    if definition is None or definition.kind == "record":
        raise ValueProblem("field", code, "not a field that can be claimed; docs/fields.md has them all")
    raw = RawClaim(
        value=_json(cells, "value"),
        status=_text(cells, "status"),
        evidence=_links(cells),
        checked_on=_text(cells, "checked_on"),
        note=_text(cells, "note"),
    )
    try:
        return checked_claim(roomy(definition), raw, book)
    except ClaimProblems as wrong:
        problems.extend(wrong.problems)
        return None


def _json(cells: Mapping[str, Any], column: str) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON as it is (JSON Lines) or as a cell of text (CSV)."""
    value = cells.get(column)
    if not isinstance(value, str) or cells.get("is_json"):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueProblem(column, value, f'not JSON ({error}); texts need their quotes, as in "MIT"') from error


def _links(cells: Mapping[str, Any]) -> list[dict[str, str]]:
    links = _json(cells, "evidence") or []
    if not isinstance(links, list) or not all(isinstance(link, dict) for link in links):
        raise ValueProblem("evidence", links, 'needs a list such as [{"url": "https://example.org/", "label": ""}]')
    return links


def _one_of(cells: Mapping[str, Any], column: str, allowed: list[str]) -> str:
    given = _text(cells, column)
    if given and given not in allowed:
        raise ValueProblem(column, given, f"needs one of {', '.join(allowed)}")
    return given


def _moment(given: str) -> datetime | None:
    if not given:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise ValueProblem(
            "at", given, "give the moment as 2026-05-31T12:00:00+00:00, or leave it empty for now"
        ) from error
    if at.tzinfo is None:
        raise ValueProblem("at", given, "say the zone, as in 2026-05-31T12:00:00+00:00")
    if at > timezone.now():
        raise ValueProblem("at", given, "this moment is in the future")
    return at


def _short(cells: Mapping[str, Any], column: str) -> str:
    return one_line(_text(cells, column), column, _LONGEST_ID)
