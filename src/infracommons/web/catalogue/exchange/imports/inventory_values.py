"""Reads the columns of one field in the incumbent's export, by kind, into a claim that is still to be checked."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.claims.profile import Profile
from infracommons.web.catalogue.exchange.imports.prose import addresses, plain_text
from infracommons.web.catalogue.exchange.imports.row_cells import RowCells
from infracommons.web.catalogue.fields.addresses import web_address
from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.statuses import UNKNOWN, WORDS, statuses_of
from infracommons.web.catalogue.fields.terms import TermBook

CURRENCY = "062_local_currency"
_BETWEEN_TERMS = "|"
_PERIOD = re.compile(r"(\d{2})-(\d{4})\s+to\s+(\d{2})-(\d{4})")
_NO_OR_NOT_SAID = "The source writes “false” also where nobody answered."
_DAY_OF_YEAR = re.compile(r"^\d{4}-(?!01-01)")
_ZERO = "0 stands in the source where nothing was said; left unknown"
_STATUS_OF = {normal_name(words): status for status, words in WORDS.items()}


@dataclass(frozen=True)
class Reading:
    """What reading a field needs beside its own columns."""

    book: TermBook
    profile: Profile  # what the catalogue says so far
    currency: str  # of the row's amounts


Reader = Callable[[FieldDefinition, RowCells, Reading], RawClaim | None]


def raw_claim(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    """Return what the row says of a field; None where it says nothing that can be kept, which is then listed."""
    return _READERS.get(definition.kind, _plain)(definition, cells, reading)


def columns_of(definition: FieldDefinition) -> list[str]:
    """Return every column of a field."""
    return [column for column in vars(definition.inventory).values() if column]


def structured(cells: RowCells, column: str | None, *, is_list: bool = False) -> Any:  # noqa: ANN401 - JSON
    """Return the JSON of a cell, an object or a list of objects of plain values; an empty one for an empty cell.

    Raises ValueProblem where it is anything else, which is a sign of a broken row.
    """
    text = cells.text(column)
    if not text:
        return [] if is_list else {}
    try:
        told = json.loads(text)
    except ValueError as error:
        raise ValueProblem(column or "", text, f"not JSON ({error}); the cell may have been cut or moved") from error
    fits = _is_list_of_rows(told) if is_list else _is_practice(told)
    if not fits:
        wanted = "a list of objects with texts" if is_list else "an object with links and a statement"
        raise ValueProblem(column or "", text, f"JSON of another shape; it needs {wanted}")
    return told


def _is_list_of_rows(told: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(told, list) and all(isinstance(row, dict) and _is_flat(row) for row in told)


def _is_practice(told: Any) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(told, dict):
        return False
    links, link = told.get("links") or [], told.get("link") or {}
    return (
        _is_list_of_rows(links) and isinstance(link, dict) and _is_flat(link) and _is_flat(told, but={"link", "links"})
    )


def _is_flat(row: dict[str, Any], but: Collection[str] = ()) -> bool:
    return not any(isinstance(value, (dict, list)) for key, value in row.items() if key not in but)


def _plain(definition: FieldDefinition, cells: RowCells, _reading: Reading) -> RawClaim | None:
    column = definition.inventory.value
    cells.keep(column)
    text = cells.text(column)
    return RawClaim(text) if text else None


def _yes_no(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    claim = _plain(definition, cells, reading)
    if claim and claim.value.lower() in {"false", "no", "0"}:
        claim.note = _NO_OR_NOT_SAID
    return claim


def _year(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    """Return the year; a day that is not the first of a year goes into the note."""
    claim = _plain(definition, cells, reading)
    if claim and _DAY_OF_YEAR.search(claim.value):
        claim.note = f"The source says {claim.value}."
    return claim


def _url(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    """Return the first address as the value, and any others of the cell as its evidence."""
    claim = _plain(definition, cells, reading)
    found = addresses(claim.value) if claim else []
    if claim and len(found) > 1:
        claim.value, claim.evidence = found[0], [{"url": url, "label": ""} for url in found[1:]]
    return claim


def _period(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    claim = _plain(definition, cells, reading)
    if claim and (found := _PERIOD.fullmatch(claim.value)):
        claim.value = {"from": f"{found[2]}-{found[1]}", "to": f"{found[4]}-{found[3]}"}
    return claim


def _money(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    claim = _plain(definition, cells, reading)
    if claim is None:
        return None
    try:
        is_zero = Decimal(claim.value) == 0
    except InvalidOperation:
        is_zero = False
    if is_zero:
        cells.list(definition.inventory.value, _ZERO, definition)
        return None
    claim.value = {"amount": claim.value, "currency": reading.currency}
    return claim


def _organisation(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    """Return the name, with the ROR address that the catalogue knows for it."""
    claim = _plain(definition, cells, reading)
    known = (reading.profile.get(definition.code) or {}).get("value")
    if claim and known and normal_name(known["name"]) == normal_name(claim.value):
        claim.value = known
    return claim


def _image(definition: FieldDefinition, cells: RowCells, _reading: Reading) -> None:
    reason = "pictures are not fetched from foreign addresses; upload it on the site"
    cells.list(definition.inventory.value, reason, definition)


def _terms(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    """Return the terms that the vocabulary has, and all else as text; a lone status such as Unknown as a status."""
    column, other = definition.inventory.value or "", definition.inventory.other
    cells.keep(column, other)
    given = [term.strip() for term in cells.text(column).split(_BETWEEN_TERMS) if term.strip()]
    codes = {term: reading.book.code_of(definition.vocabulary or "", term) for term in given}
    unmatched = [term for term, code in codes.items() if code is None]
    said = plain_text(cells.text(other))
    if len(given) == 1 and unmatched and not said and (status := _STATUS_OF.get(normal_name(given[0]))):
        return RawClaim(status=status) if status in statuses_of(definition) else None
    for term in unmatched:
        cells.unmatched(column, term, definition)
    beside = "\n".join(filter(None, ("; ".join(unmatched), said)))
    value = {"terms": [code for code in codes.values() if code], "other": beside}
    return RawClaim(value) if value["terms"] or beside else None


def _practice(definition: FieldDefinition, cells: RowCells, reading: Reading) -> RawClaim | None:
    """Return status, links of both columns, each once, and the statement."""
    named = definition.inventory
    cells.keep(named.value, named.links, named.structured)
    status = _status(definition, cells, reading)
    told = structured(cells, named.structured)
    links = [*(told.get("links") or []), *([told["link"]] if told.get("link") else [])]
    given = [(named.structured, str(link.get("url") or ""), str(link.get("label") or "")) for link in links]
    given += [(named.links, url, "") for url in addresses(cells.text(named.links))]
    if cells.text(named.links) and not addresses(cells.text(named.links)):
        cells.list(named.links, "not a web address that starts with https:// or http://", definition)
    evidence: dict[str, dict[str, str]] = {}
    for column, url, label in given:
        if checked := _checked_link(definition, cells, column, url):
            evidence.setdefault(checked, {"url": checked, "label": label})
    statement = plain_text(str(told.get("statement") or ""))
    value = {"statement": statement} if statement else None
    return RawClaim(value, status, list(evidence.values())) if status or evidence or value else None


def _status(definition: FieldDefinition, cells: RowCells, reading: Reading) -> str:
    column = definition.inventory.value
    given = cells.text(column)
    code = reading.book.code_of(definition.vocabulary or "", given) if given else ""
    if code is None or (code and code not in statuses_of(definition)):
        allowed = ", ".join(WORDS[status] for status in statuses_of(definition))
        cells.list(column, f"not a status of this field; it takes {allowed}", definition)
        return UNKNOWN
    return code


def _checked_link(definition: FieldDefinition, cells: RowCells, column: str | None, url: str) -> str:
    try:
        return web_address(url) if url else ""
    except ValueProblem as problem:
        cells.list(column, f"a link was left out: {problem.message}", definition)
        return ""


def _entries(definition: FieldDefinition, cells: RowCells, _reading: Reading) -> RawClaim | None:
    """Return the records of the JSON column, and the texts of the others."""
    named = definition.inventory
    cells.keep(named.value, named.structured, named.free_text)
    told = structured(cells, named.structured, is_list=True)
    parts = {part.code for part in definition.parts}
    rows = [{key: str(value) for key, value in row.items() if value is not None} for row in told]
    if extra := sorted({key for row in rows for key in row} - parts):
        cells.list(named.structured, f"without its parts {', '.join(extra)}, which no field takes", definition)
    entries = [{key: value for key, value in row.items() if key in parts} for row in rows]
    text = "\n".join(filter(None, (plain_text(cells.text(named.value)), plain_text(cells.text(named.free_text)))))
    return RawClaim({"entries": entries, "text": text}) if entries or text else None


_READERS: dict[str, Reader] = {
    "yes_no": _yes_no,
    "year": _year,
    "url": _url,
    "period": _period,
    "money": _money,
    "organisation": _organisation,
    "image": _image,
    "term": _terms,
    "terms": _terms,
    "practice": _practice,
    "entries": _entries,
}
