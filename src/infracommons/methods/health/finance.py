"""Financial health from a file of accounts by year: all ratios, concentration, runway, funder exit, vulnerability."""

from collections.abc import Mapping, Sequence
from typing import Any

from infracommons.methods import forms
from infracommons.methods.health import accounts, exposure, vulnerability
from infracommons.methods.health.ratios import Told, ratios
from infracommons.methods.result import VERSION, plain, refuse

_MONEY = {
    "oneOf": [{"type": "null"}, {"const": ""}, *forms.MONEY["oneOf"]],
    "description": 'Whole minor units or text ("12.50"); null is blank.',
}
_PARTS = {"type": "object", "additionalProperties": forms.AMOUNT}
_ORGANISATION: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["organisation", "currency", "years"],
    "properties": {
        "organisation": forms.NAME,
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "Currency of all amounts, such as USD."},
        "years": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["year", "form", "lines"],
                "properties": {
                    "year": {"type": "integer", "minimum": accounts.FIRST_YEAR, "maximum": accounts.LAST_YEAR},
                    "form": {
                        "enum": ["990", "990EZ", "accounts"],
                        "description": "A blank line of a full 990 is 0; of a 990EZ, or of other accounts, not known.",
                    },
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            name: _MONEY | {"description": f"{place}. Or under that place, or {code or 'no field'}."}
                            for name, (place, code) in accounts.LINES.items()
                        },
                        "patternProperties": {"^(Part |F9_)": _MONEY},
                    },
                    "sources": _PARTS | {"description": "Revenue by source; else the lines of the form are used."},
                    "funders": _PARTS | {"description": "Revenue by named funder."},
                },
            },
        },
    },
}
FINANCE_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Accounts of one organisation, or of several to compare",
    "anyOf": [
        _ORGANISATION,
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["organisations"],
            "properties": {"organisations": {"type": "array", "minItems": 1, "items": _ORGANISATION}},
        },
    ],
}


def health(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that can be told of the accounts in a document as FINANCE_SCHEMA has it, ready for JSON.

    Fractions are "p/q"; beside each stands a decimal number. MethodInputError names the place of what is wrong.
    """
    if not isinstance(document, Mapping):
        refuse("", document, "must be an object with keys and values")
    many = "organisations" in document
    if many and len(document) > 1:
        refuse(next(key for key in document if key != "organisations"), None, "not known beside organisations")
    rows = _rows("organisations", document["organisations"]) if many else [document]
    read = [_organisation(f"organisations[{number}]." if many else "", row) for number, row in enumerate(rows)]
    names = [name for name, _ in read]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        refuse(f"organisations[{names.index(twice)}].organisation", twice, "another organisation has this name")
    said = [{"organisation": name, "years": [_year(year) for year in years]} for name, years in read]
    return {
        "method": "financial_health",
        "version": VERSION,
        **({"organisations": said, "vulnerability": _vulnerability(dict(read))} if many else said[0]),
    }


def _organisation(where: str, row: object) -> tuple[str, list[accounts.Year]]:
    if not isinstance(row, Mapping):
        refuse(where.rstrip(".") or "the document", row, "must be an object with keys and values")
    for key in ("organisation", "currency", "years"):
        if key not in row:
            refuse(f"{where}{key}", None, "is missing")
    for key in row:
        if key not in {"organisation", "currency", "years"}:
            refuse(f"{where}{key}", row[key], "not known here; known are organisation, currency, years")
    name = row["organisation"]
    if not isinstance(name, str) or not name.strip():
        refuse(f"{where}organisation", name, "must be a name")
    currency = accounts.read_currency(f"{where}currency", row["currency"])
    years = [
        accounts.read_year(f"{where}years[{number}]", one, currency)
        for number, one in enumerate(_rows(f"{where}years", row["years"]))
    ]
    numbers = [year.year for year in years]
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            refuse(f"{where}years[{place}].year", number, "this year was told before")
    return name, sorted(years, key=lambda year: year.year)


def _rows(where: str, value: object) -> Sequence[Any]:
    if not isinstance(value, list | tuple) or not value:
        refuse(where, value, "must be a list with at least one entry")
    return value


def _year(year: accounts.Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "form": year.form,
        "currency": year.currency,
        "read_as_zero": list(year.assumed),
        "ratios": [
            {**plain(told), "decimal": None if told.value is None else float(told.value)} for told in _all_ratios(year)
        ],
        "concentration": {
            "by_source": _concentration(exposure.by_source(year)),
            "by_funder": _concentration(exposure.by_funder(year)),
        },
        "runway": plain(exposure.runway(year)),
        "funder_exit": plain(exposure.exits(year)),
        "vulnerability": plain(vulnerability.measures(year)),
    }


def _all_ratios(year: accounts.Year) -> tuple[Told, ...]:
    """Return the ratios of lines, then the two of sources: R3 of ten, and the concentration of Tuckman and Chang."""
    found = exposure.by_source(year)
    return (
        *ratios(year),
        Told("largest_source_share", "Largest source over revenue", found.top_share, "share",
             "largest source / sum of sources", found.amounts, "Invest in Open Infrastructure",
             f"R3 of ten. The largest is {found.top}." if found.top else "R3 of ten.", found.why_not),
        Told("revenue_concentration", "Herfindahl index of revenue over sources", found.herfindahl, "share",
             "sum over sources of (source / sum of sources) squared", found.amounts, "Tuckman and Chang 1991",
             "1 where there is one source; 1/n where n give alike.", found.why_not),
    )  # fmt: skip


def _concentration(found: exposure.Concentration) -> dict[str, Any]:
    exact = {name: getattr(found, name) for name in ("herfindahl", "effective_number", "top_share", "gini")}
    decimals = {name: None if value is None else float(value) for name, value in exact.items()}
    return {**plain(found), "decimal": decimals}


def _vulnerability(read: Mapping[str, list[accounts.Year]]) -> dict[str, Any]:
    """Return who is at risk in each year that at least five organisations have."""
    years = sorted({year.year for found in read.values() for year in found})
    peers = {
        year: {name: vulnerability.measures(own) for name, found in read.items() for own in found if own.year == year}
        for year in years
    }
    return {
        str(year): plain(vulnerability.standings(found))
        for year, found in peers.items()
        if len(found) >= vulnerability.FEWEST
    }
