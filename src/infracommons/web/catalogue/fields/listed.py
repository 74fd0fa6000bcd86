"""Parses values that are lists or have parts: terms, names, organisations, identifiers, entries, images."""

import re
from typing import Any

from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.problems import FieldProblem
from infracommons.web.catalogue.fields.addresses import web_address
from infracommons.web.catalogue.fields.definition import EntryPart, FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import one_line, paragraphs

_MOST_NAMES, _MOST_ENTRIES, _LONGEST_NAME, _LONGEST_OTHER = 60, 200, 300, 5000
_ROR = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/)?(0[0-9a-hjkmnp-tv-z]{6}[0-9]{2})/?")
_ROR_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 of Douglas Crockford
_SCHEME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def terms(definition: FieldDefinition, raw: Any, book: TermBook) -> dict[str, Any] | None:  # noqa: ANN401
    """Return the codes of terms, each once, in the order given, and the text beside them."""
    given = raw if isinstance(raw, dict) else {"terms": [raw] if isinstance(raw, str) else raw}
    chosen, said = given.get("terms") or [], given.get("other") or ""
    if not isinstance(chosen, list) or not isinstance(said, str):
        raise ValueProblem(definition.code, raw, f"{definition.label}: choose terms from the list.")
    codes = list(dict.fromkeys(_code(definition, str(one), book) for one in chosen if str(one).strip()))
    most = 1 if definition.kind == "term" else definition.most
    if most is not None and len(codes) > most:
        message = f"{definition.label}: {len(codes)} are chosen; {most} at the most."
        raise ValueProblem(definition.code, ", ".join(codes), message)
    other = paragraphs(said, "other", definition.max_length or _LONGEST_OTHER)
    return {"terms": codes, "other": other} if codes or other else None


def _code(definition: FieldDefinition, given: str, book: TermBook) -> str:
    vocabulary = definition.vocabulary or ""
    known = book.terms(vocabulary)
    # A stored code stays as it was claimed, also where its term has retired since.
    code = given if given in known else book.code_of(vocabulary, given)
    if code is None:
        message = f"{definition.label} has no term “{given[:80]}”. Choose one from the list or write it as other."
        raise ValueProblem(definition.code, given, message)
    return code


def names(definition: FieldDefinition, raw: Any, _book: TermBook) -> list[str] | None:  # noqa: ANN401
    """Return short texts, each once."""
    given = raw.split("\n") if isinstance(raw, str) else raw
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise ValueProblem(definition.code, raw, f"{definition.label}: give one name a line.")
    found = list(dict.fromkeys(filter(None, (one_line(name, definition.code, _LONGEST_NAME) for name in given))))
    if len(found) > (definition.most or _MOST_NAMES):
        raise ValueProblem(definition.code, raw, f"{definition.label}: {definition.most or _MOST_NAMES} at the most.")
    return found or None


def organisation(definition: FieldDefinition, raw: Any, _book: TermBook) -> dict[str, str] | None:  # noqa: ANN401
    """Return a name and, where known, the ROR address."""
    given = raw if isinstance(raw, dict) else {"name": raw}
    name = one_line(_said("name", given.get("name")), "name", _LONGEST_NAME)
    ror = ror_address(_said("ror", given.get("ror")))
    if not name:
        if ror:
            raise ValueProblem("name", raw, f"{definition.label}: give the name that belongs to this ROR id.")
        return None
    return {"name": name, "ror": ror}


def ror_address(text: str) -> str:
    """Return a ROR id as an address, its checksum right; empty for empty. Raises ValueProblem."""
    given = text.strip()
    if not given:
        return ""
    found = _ROR.fullmatch(given.lower())
    if found is None or not _adds_up(found[1]):
        raise ValueProblem("ror", given, "This is not a ROR id. Look it up at https://ror.org/ and copy its address.")
    return f"https://ror.org/{found[1]}"


def _adds_up(ror: str) -> bool:
    """Return whether the last two digits of a ROR id are the checksum of the others (ISO 7064, MOD 97-10)."""
    number = 0
    for letter in ror[:-2]:
        if letter not in _ROR_LETTERS:
            return False
        number = number * len(_ROR_LETTERS) + _ROR_LETTERS.index(letter)
    return f"{98 - number * 100 % 97:02}" == ror[-2:]


def identifiers(definition: FieldDefinition, raw: Any, _book: TermBook) -> list[dict[str, str]] | None:  # noqa: ANN401
    """Return scheme and value pairs, each once."""
    if not isinstance(raw, list) or not all(isinstance(pair, dict) for pair in raw):
        raise ValueProblem(definition.code, raw, f"{definition.label}: give a scheme and a value for each.")
    if len(raw) > (definition.most or _MOST_ENTRIES):
        raise ValueProblem(definition.code, len(raw), f"{definition.label}: too many identifiers.")
    found = []
    for pair in raw:
        scheme = _said("scheme", pair.get("scheme")).strip().lower()
        value = one_line(_said("value", pair.get("value")), "value", _LONGEST_NAME)
        if not scheme and not value:
            continue
        if not _SCHEME.fullmatch(scheme) or not value:
            raise ValueProblem("scheme", scheme or value, "Give a scheme such as wikidata, and its value.")
        found.append({"scheme": scheme, "value": ror_address(value) if scheme == "ror" else value})
    return [pair for place, pair in enumerate(found) if pair not in found[:place]] or None


def entries(definition: FieldDefinition, raw: Any, _book: TermBook) -> dict[str, Any] | None:  # noqa: ANN401
    """Return small records with the field's parts, blank ones left out, and the text beside them."""
    given = raw if isinstance(raw, dict) else {"entries": raw}
    rows, said = given.get("entries") or [], given.get("text") or ""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not isinstance(said, str):
        raise ValueProblem(definition.code, raw, f"{definition.label}: give a list of entries.")
    if len(rows) > (definition.most or _MOST_ENTRIES):
        raise ValueProblem(definition.code, len(rows), f"{definition.label}: too many entries.")
    unknown = {key for row in rows for key in row} - {part.code for part in definition.parts}
    if unknown:
        raise ValueProblem(definition.code, ", ".join(sorted(unknown)), f"{definition.label} has no such part.")
    found = [entry for row in rows if (entry := _entry(definition, row))]
    text = paragraphs(said, "text", _LONGEST_OTHER)
    return {"entries": found, "text": text} if found or text else None


def _entry(definition: FieldDefinition, row: dict[str, Any]) -> dict[str, str]:
    entry = {part.code: _part(part, _said(part.code, row.get(part.code)).strip()) for part in definition.parts}
    filled = {code: value for code, value in entry.items() if value}
    missing = [part for part in definition.parts if part.is_required and not entry[part.code]] if filled else []
    if missing:
        first = missing[0]
        raise ValueProblem(first.code, row, f"{definition.label}: each entry needs its {first.label.lower()}.")
    return filled


def _said(part: str, given: Any) -> str:  # noqa: ANN401 - whatever came in
    """Return the text of a part; a list or an object in its place would be stored as code."""
    if given is None or isinstance(given, (str, int)):
        return str(given or "")
    raise ValueProblem(part, given, "This takes text.")


def _part(part: EntryPart, given: str) -> str:
    if not given:
        return ""
    if part.kind == "url":
        return web_address(given, part.code)
    if part.kind == "date":
        try:
            day = parse_date(given, field=part.code)
        except FieldProblem as error:
            raise ValueProblem(part.code, given, "Give a date such as 2024-05-31.") from error
        return day.isoformat() if day else ""
    return one_line(given, part.code, _LONGEST_OTHER)


def image(definition: FieldDefinition, raw: Any, _book: TermBook) -> dict[str, Any]:  # noqa: ANN401
    """Return what names a stored picture; its bytes were checked and written anew when it was uploaded."""
    given = raw if isinstance(raw, dict) else {}
    sha256, sizes = str(given.get("sha256") or ""), (given.get("width"), given.get("height"))
    if not _SHA256.fullmatch(sha256) or not all(isinstance(size, int) and size > 0 for size in sizes):
        raise ValueProblem(definition.code, raw, f"{definition.label}: upload a picture.")
    alt = one_line(_said("alt", given.get("alt")), "alt", _LONGEST_NAME)
    return {"sha256": sha256, "width": sizes[0], "height": sizes[1], "alt": alt}
