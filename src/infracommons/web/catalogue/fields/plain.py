"""Parses values that are one thing: text, address, number, period, amount, licence."""

import re
from datetime import UTC, datetime
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing

from infracommons.vocabulary.money import parse_currency
from infracommons.vocabulary.problems import FieldProblem
from infracommons.web.catalogue.fields.addresses import contact_address, web_address
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.markup import refuse_hostile, refuse_private_links
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import one_line, paragraphs, rich_text

_YES, _NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}
_FIRST_YEAR, _YEARS_AHEAD = 1500, 1
_MOST_WHOLE = 10**15
_AMOUNT = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,15})(?:\.(?P<minor>[0-9]*))?")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_NO_MINOR_UNITS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_THREE_MINOR_UNITS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_SPDX = get_spdx_licensing()


def _said(definition: FieldDefinition, raw: Any) -> str:  # noqa: ANN401 - whatever came in
    if not isinstance(raw, (str, int)) or isinstance(raw, bool):
        raise ValueProblem(definition.code, raw, f"{definition.label} takes text here.")
    return str(raw)


def text(definition: FieldDefinition, raw: Any, _book: TermBook) -> str | None:  # noqa: ANN401
    """Return one line."""
    return one_line(_said(definition, raw), definition.code, definition.max_length) or None


def rich(definition: FieldDefinition, raw: Any, _book: TermBook) -> str | None:  # noqa: ANN401
    """Return safe HTML; what is hostile in it is refused by name."""
    said = _said(definition, raw)
    cleaned = rich_text(said, definition.code, definition.max_length)
    refuse_hostile(said, definition.code)
    refuse_private_links(cleaned, definition.code)
    return cleaned or None


def url(definition: FieldDefinition, raw: Any, _book: TermBook) -> str | None:  # noqa: ANN401
    """Return a public web address."""
    said = _said(definition, raw).strip()
    return web_address(said, definition.code) if said else None


def contact(definition: FieldDefinition, raw: Any, _book: TermBook) -> str | None:  # noqa: ANN401
    """Return a public web address or a mailto address."""
    said = _said(definition, raw).strip()
    return contact_address(said) if said else None


def yes_no(definition: FieldDefinition, raw: Any, _book: TermBook) -> bool:  # noqa: ANN401
    """Return true or false; unknown is a status, not a value."""
    if isinstance(raw, bool):
        return raw
    said = _said(definition, raw).strip().lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ValueProblem(definition.code, raw, f"{definition.label}: answer yes or no, or leave it unknown.")


def year(definition: FieldDefinition, raw: Any, _book: TermBook) -> int:  # noqa: ANN401
    """Return a year between 1500 and next year; the year of an ISO date is taken."""
    said = _said(definition, raw).strip()
    digits = said[:4] if re.fullmatch(r"\d{4}(-\d{2}-\d{2}(T.*)?)?", said) else ""
    last = datetime.now(UTC).year + _YEARS_AHEAD
    if not digits or not _FIRST_YEAR <= int(digits) <= last:
        raise ValueProblem(definition.code, raw, f"Give a year from {_FIRST_YEAR} to {last}, such as 2011.")
    return int(digits)


def whole_number(definition: FieldDefinition, raw: Any, _book: TermBook) -> int:  # noqa: ANN401
    """Return a whole number of 0 or more; thousands may be set apart by commas or blanks."""
    said = _without_gaps(_said(definition, raw).strip())
    if not re.fullmatch(r"[0-9]{1,16}", said) or int(said) > _MOST_WHOLE:
        raise ValueProblem(definition.code, raw, f"{definition.label}: give a whole number of 0 or more.")
    return int(said)


def period(definition: FieldDefinition, raw: Any, _book: TermBook) -> dict[str, str]:  # noqa: ANN401
    """Return the first and the last month."""
    ends = {end: str(raw.get(end) or "").strip() for end in ("from", "to")} if isinstance(raw, dict) else {}
    if not ends or not all(_MONTH.fullmatch(end) for end in ends.values()):
        raise ValueProblem(definition.code, raw, "Give both months as year and month, such as 2024-01 and 2024-12.")
    if ends["from"] > ends["to"]:
        raise ValueProblem(definition.code, raw, "The first month is after the last. Swap them.")
    return ends


def money(definition: FieldDefinition, raw: Any, _book: TermBook) -> dict[str, Any] | None:  # noqa: ANN401
    """Return whole minor units and a currency."""
    if not isinstance(raw, dict):
        raise ValueProblem(definition.code, raw, f"{definition.label}: give an amount and its currency.")
    try:
        currency = parse_currency(raw.get("currency"), field=definition.code)
    except FieldProblem as error:
        raise ValueProblem("currency", raw.get("currency"), "Give a currency code such as EUR.") from error
    given = raw.get("minor")
    if given is None and str(raw.get("amount") or "").strip() == "":
        return None
    if currency is None:
        raise ValueProblem("currency", "", f"{definition.label}: say in which currency, such as EUR.")
    minor = given if given is not None else _minor(str(raw["amount"]), currency)
    if not isinstance(minor, int) or isinstance(minor, bool) or abs(minor) > _MOST_WHOLE:
        raise ValueProblem("amount", raw, f"{definition.label}: give an amount such as 1250000 or 1250000.50.")
    return {"minor": minor, "currency": currency}


def minor_places(currency: str) -> int:
    """Return how many decimal places a currency has (ISO 4217)."""
    return 0 if currency in _NO_MINOR_UNITS else 3 if currency in _THREE_MINOR_UNITS else 2


def _minor(amount: str, currency: str) -> int:
    found = _AMOUNT.fullmatch(_without_gaps(amount.strip()))
    if found is None:
        raise ValueProblem("amount", amount, "Give an amount such as 1250000 or 1250000.50.")
    places, minor = minor_places(currency), (found["minor"] or "").rstrip("0")
    if len(minor) > places:
        raise ValueProblem("amount", amount, f"{currency} has {places} decimal places.")
    return int(found["sign"] + found["whole"] + minor.ljust(places, "0"))


def _without_gaps(number: str) -> str:
    """Return a number without the commas or blanks that set its thousands apart."""
    return re.sub(r"(?<=\d)[, \u00a0](?=\d{3}(?!\d))", "", number)


def licence(definition: FieldDefinition, raw: Any, _book: TermBook) -> str | None:  # noqa: ANN401
    """Return a valid SPDX expression in its normal form."""
    said = one_line(_said(definition, raw), definition.code, definition.max_length or 200)
    if not said:
        return None
    try:
        return str(_SPDX.parse(said, validate=True, strict=True).render())
    except (ExpressionError, AttributeError) as error:
        message = "This is not an SPDX licence expression. Give one such as MIT or Apache-2.0 OR GPL-3.0-or-later."
        raise ValueProblem(definition.code, raw, message) from error


def practice(definition: FieldDefinition, raw: Any, _book: TermBook) -> dict[str, str] | None:  # noqa: ANN401
    """Return the statement; the status and the links of a practice are the claim's own."""
    said = raw.get("statement") if isinstance(raw, dict) else raw
    statement = paragraphs(_said(definition, said or ""), "statement", definition.max_length or 2000)
    return {"statement": statement} if statement else None
