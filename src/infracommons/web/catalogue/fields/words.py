"""Writes stored values in plain words, for comparisons, files, feeds and search; pages add links to the same words."""

from collections.abc import Callable
from typing import Any

from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.plain import minor_places
from infracommons.web.catalogue.fields.statuses import UNKNOWN, WORDS
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import visible_text

Entry = dict[str, Any]  # as in Infrastructure.profile


def entry_words(definition: FieldDefinition, entry: Entry | None, book: TermBook) -> tuple[str, ...]:
    """Return what an entry says, one text for each thing; ("unknown",) where nothing is claimed."""
    if entry is None:
        return (WORDS[UNKNOWN],)
    values = value_words(definition, entry["value"], book)
    return (WORDS[entry["status"]], *values) if entry["status"] else values or (WORDS[UNKNOWN],)


def value_words(definition: FieldDefinition, value: Any, book: TermBook) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    """Return the words of a stored value; () for None."""
    if value is None:
        return ()
    if definition.kind in {"term", "terms"}:
        labels = (book.label(definition.vocabulary or "", code) for code in value["terms"])
        return (*dict.fromkeys(labels), *([f"Other: {value['other']}"] if value["other"] else []))
    return _WORDS[definition.kind](value)


def money_words(value: dict[str, Any]) -> str:
    """Return an amount with its currency.

    >>> money_words({"minor": 123456, "currency": "USD"})
    'USD 1,234.56'
    """
    places = minor_places(value["currency"])
    sign, digits = "-" if value["minor"] < 0 else "", str(abs(value["minor"])).rjust(places + 1, "0")
    whole, minor = (digits[:-places], "." + digits[-places:]) if places else (digits, "")
    return f"{value['currency']} {sign}{int(whole):,}{minor}"


def _entries(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON of the kind
    rows = (" - ".join(entry.values()) for entry in value["entries"])
    return (*rows, *([value["text"]] if value["text"] else []))


def _address(value: str) -> tuple[str, ...]:
    return (value.removeprefix("mailto:"),)


_WORDS: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "text": lambda value: (value,),
    "rich_text": lambda value: (visible_text(value),),
    "url": _address,
    "contact": _address,
    "yes_no": lambda value: ("yes" if value else "no",),
    "year": lambda value: (str(value),),
    "whole_number": lambda value: (f"{value:,}",),
    "period": lambda value: (f"{value['from']} to {value['to']}",),
    "money": lambda value: (money_words(value),),
    "licence": lambda value: (value,),
    "practice": lambda value: (value["statement"],),
    "names": tuple,
    "organisation": lambda value: (value["name"],),
    "identifiers": lambda value: tuple(f"{pair['scheme']}: {pair['value']}" for pair in value),
    "entries": _entries,
    "image": lambda value: (value["alt"] or "logo",),
    "record": lambda value: (str(value),),
}
