"""What a form holds of one field, as typed: read from a request, made from what stands, turned into a raw claim.

Typed is {part: text or list of text}. Every field has `status`, `url` and `label` (rows of evidence), `checked_on` and
`note`; the parts of its value depend on its kind. A draft keeps beside them `base`, the id of the claim that the person
saw, and `revision`, that of the draft in which the field was last changed.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.plain import minor_places
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.texts import rich_text, visible_text

Typed = dict[str, Any]  # {part: str | list[str]}
Entry = dict[str, Any]

_SHA256 = re.compile("[0-9a-f]{64}")
_SIZE = re.compile("[0-9]{1,5}")
ENTRY = "entry-"  # before the parts of entries, which may be called as parts of every field are
BESIDE = ("base", "revision")  # kept with a draft, not typed
_ALWAYS, _ALWAYS_ROWS = ("status", "checked_on", "note"), ("url", "label")
_PARTS = {
    "practice": ("statement",),
    "period": ("from", "to"),
    "money": ("amount", "currency"),
    "term": ("other",),
    "terms": ("other",),
    "organisation": ("name", "ror"),
    "identifiers": (),
    "entries": ("text",),
    "image": ("sha256", "width", "height", "alt"),
}


def parts_of(definition: FieldDefinition) -> tuple[str, ...]:
    """Return the parts of a field that hold one text."""
    return (*_PARTS.get(definition.kind, ("value",)), *_ALWAYS)


def rows_of(definition: FieldDefinition) -> tuple[str, ...]:
    """Return the parts of a field's value that stand in rows beside one another, such as scheme and value."""
    if definition.kind == "identifiers":
        return ("scheme", "value")
    return tuple(f"{ENTRY}{part.code}" for part in definition.parts) if definition.kind == "entries" else ()


def typed_from_post(definition: FieldDefinition, post: QueryDict) -> Typed:
    """Return what a request holds of one field; inputs are named `<field>.<part>`."""
    typed: Typed = {part: _plain(post.get(f"{definition.code}.{part}", "")) for part in parts_of(definition)}
    for group in (rows_of(definition), _ALWAYS_ROWS):
        typed |= _rows({part: post.getlist(f"{definition.code}.{part}") for part in group})
    if definition.kind in {"term", "terms"}:
        chosen = map(_plain, post.getlist(f"{definition.code}.terms"))
        typed["terms"] = [code for code in dict.fromkeys(chosen) if code]
    if definition.kind == "image" and not _SHA256.fullmatch(typed["sha256"]):
        typed["sha256"] = ""  # nobody types it: our own page names a stored picture, or none
    return typed


def blank(definition: FieldDefinition) -> Typed:
    """Return a field of which nothing is typed."""
    return typed_from_post(definition, QueryDict())


def same(one: Typed, other: Typed) -> bool:
    """Return whether two forms hold the same."""
    return _compared(one) == _compared(other)


def typed_claim(definition: FieldDefinition, typed: Typed) -> RawClaim:
    """Return what is typed as a claim that is yet to be checked."""
    links = [{"url": url, "label": label} for url, label in zip(typed["url"], typed["label"], strict=True)]
    return RawClaim(_value(definition, typed), typed["status"], links, typed["checked_on"], typed["note"])


def typed_from_entry(definition: FieldDefinition, entry: Entry | None) -> Typed:
    """Return what a form shows of what stands; typing nothing more into it claims nothing new."""
    typed = blank(definition)
    if entry is None:
        return typed
    typed["status"], typed["note"], typed["checked_on"] = entry["status"], entry["note"], entry["checked_on"] or ""
    typed["url"] = [link["url"] for link in entry["evidence"]]
    typed["label"] = [link["label"] for link in entry["evidence"]]
    if entry["value"] is not None:
        typed |= _typed_value(definition, entry["value"])
    return typed


def _plain(text: str) -> str:
    """Return text with the line ends of this system; a database does not take the character zero."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _rows(columns: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return columns of equal length without the rows in which nothing is typed."""
    longest = max(map(len, columns.values()), default=0)
    filled = [[*map(_plain, column), *[""] * (longest - len(column))] for column in columns.values()]
    rows = [row for row in zip(*filled, strict=True) if any(row)]
    return {part: [row[place] for row in rows] for place, part in enumerate(columns)}


def _compared(typed: Typed) -> Typed:
    return {part: said for part, said in typed.items() if part not in BESIDE}


def _value(definition: FieldDefinition, typed: Typed) -> Any:  # noqa: ANN401, PLR0911 - one shape a kind
    match definition.kind:
        case "practice" | "organisation" | "money":
            return {part: typed[part] for part in _PARTS[definition.kind]}
        case "period":
            return {"from": typed["from"], "to": typed["to"]} if typed["from"] or typed["to"] else None
        case "term" | "terms":
            return {"terms": typed["terms"], "other": typed["other"]}
        case "identifiers":
            return [{"scheme": scheme, "value": value} for scheme, value in _zipped(definition, typed)]
        case "entries":
            codes = [part.code for part in definition.parts]
            rows = [dict(zip(codes, row, strict=True)) for row in _zipped(definition, typed)]
            return {"entries": rows, "text": typed["text"]}
        case "image":
            return _image(typed) if typed["sha256"] else None
        case _:
            return typed["value"]


def _zipped(definition: FieldDefinition, typed: Typed) -> list[tuple[str, ...]]:
    return list(zip(*(typed[part] for part in rows_of(definition)), strict=True))


def _image(typed: Typed) -> dict[str, Any]:
    sizes = {part: int(typed[part]) if _SIZE.fullmatch(typed[part]) else 0 for part in ("width", "height")}
    return {"sha256": typed["sha256"], **sizes, "alt": typed["alt"]}


def _typed_value(definition: FieldDefinition, value: Any) -> Typed:  # noqa: ANN401, PLR0911 - one shape a kind
    match definition.kind:
        case "practice" | "period" | "organisation":
            return dict(value)
        case "term" | "terms":
            return {"terms": list(value["terms"]), "other": value["other"]}
        case "money":
            amount = Decimal(value["minor"]).scaleb(-minor_places(value["currency"]))
            return {"amount": f"{amount:f}", "currency": value["currency"]}
        case "identifiers":
            return {part: [pair[part] for pair in value] for part in ("scheme", "value")}
        case "entries":
            codes, rows = [part.code for part in definition.parts], value["entries"]
            columns = {f"{ENTRY}{code}": [row.get(code, "") for row in rows] for code in codes}
            return {**columns, "text": value["text"]}
        case "image":
            return {part: str(value[part]) for part in _PARTS["image"]}
        case _:
            return {"value": _typed_text(definition, value)}


def _typed_text(definition: FieldDefinition, value: Any) -> str:  # noqa: ANN401 - a stored value that is one thing
    match definition.kind:
        case "yes_no":
            return "yes" if value else "no"
        case "names":
            return "\n".join(value)
        case "contact":
            return str(value).removeprefix("mailto:")
        case "rich_text":
            return _source(str(value))
        case _:
            return str(value)


def _source(markup: str) -> str:
    """Return stored HTML as plain paragraphs where these would be stored as the same HTML, else as it is."""
    pieces = markup.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    plain = "\n\n".join("\n".join(map(visible_text, piece.split("<br>"))) for piece in pieces)
    try:
        return plain if rich_text(plain, "value") == markup else markup
    except ValueProblem:
        return markup
