"""Reads a year of accounts: lines of a US Form 990 by name, place or e-file field; the form says what a blank means.

Source of places and fields: IRS Forms 990 and 990-EZ; the R package `fiscal` of the Nonprofit Open Data Collective.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from infracommons.methods.reading import LARGEST_MONEY
from infracommons.methods.result import refuse

Form = Literal["990", "990EZ", "accounts"]
_MONEY = re.compile(r"-?\d{1,18}(\.\d{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
FIRST_YEAR, LAST_YEAR = 1900, 2200
# Name: place on the full form, and field of the e-filed form where it is known.
LINES: Mapping[str, tuple[str, str]] = {
    "cash": ("Part X, line 1B", "F9_10_ASSET_CASH_EOY"),
    "savings": ("Part X, line 2B", "F9_10_ASSET_SAVING_EOY"),
    "pledges_receivable": ("Part X, line 3B", "F9_10_ASSET_PLEDGE_NET_EOY"),
    "accounts_receivable": ("Part X, line 4B", "F9_10_ASSET_ACC_NET_EOY"),
    "net_fixed_assets": ("Part X, line 10cB", "F9_10_ASSET_LAND_BLDG_NET_EOY"),
    "total_assets": ("Part X, line 16B", "F9_10_ASSET_TOT_EOY"),
    "mortgages_and_notes": ("Part X, line 23B", "F9_10_LIAB_MTG_NOTE_EOY"),
    "total_liabilities": ("Part X, line 26B", "F9_10_LIAB_TOT_EOY"),
    "unrestricted_net_assets": ("Part X, line 27B", "F9_10_NAFB_UNRESTRICT_EOY"),
    "net_assets": ("Part X, line 32B", "F9_10_NAFB_TOT_EOY"),
    "membership_dues": ("Part VIII, line 1b", "F9_08_REV_CONTR_MEMBSHIP_DUE"),
    "government_grants": ("Part VIII, line 1e", ""),
    "contributions": ("Part VIII, line 1h", "F9_08_REV_CONTR_TOT"),
    "program_service_revenue": ("Part VIII, line 2g", "F9_08_REV_PROG_TOT_TOT"),
    "investment_income": ("Part VIII, line 3A", ""),
    "royalties": ("Part VIII, line 5A", "F9_08_REV_OTH_ROY_TOT"),
    "other_revenue": ("Part VIII, line 11e", "F9_08_REV_MISC_OTH_TOT"),
    "total_revenue": ("Part VIII, line 12A", "F9_08_REV_TOT_TOT"),
    "personnel_expenses": ("Part IX, lines 5A to 10A", ""),
    "depreciation": ("Part IX, line 22A", "F9_09_EXP_DEPREC_TOT"),
    "total_expenses": ("Part IX, line 25A", "F9_09_EXP_TOT_TOT"),
    "program_expenses": ("Part IX, line 25B", "F9_09_EXP_TOT_PROG"),
    "management_expenses": ("Part IX, line 25C", "F9_09_EXP_TOT_MGMT"),
    "fundraising_expenses": ("Part IX, line 25D", "F9_09_EXP_TOT_FUNDR"),
}
_NAMES = {
    **{name: name for name in LINES},
    **{place: name for name, (place, _) in LINES.items()},
    **{code: name for name, (_, code) in LINES.items() if code},
}


@dataclass(frozen=True)
class Year:
    """One year: `lines` in minor units, None where it is not known; `assumed` lines were blank and read as 0."""

    year: int
    form: Form
    currency: str
    lines: Mapping[str, int | None]
    assumed: tuple[str, ...] = ()
    sources: Mapping[str, int] = field(default_factory=dict)  # revenue by source, as given
    funders: Mapping[str, int] = field(default_factory=dict)  # revenue by named funder


def read_year(where: str, value: object, currency: str) -> Year:
    """Return a year of accounts; MethodInputError names the place, the value and the problem.

    A blank line of a full 990 means 0. On a 990-EZ most lines do not exist, and accounts typed in by hand may leave
    lines out: there a blank means that nobody knows.
    """
    given = _object(where, value, ("year", "form", "lines"), ("sources", "funders"))
    year, form = given["year"], given["form"]
    if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
        refuse(f"{where}.year", year, "must be a year, such as 2023")
    if form not in get_args(Form):
        refuse(f"{where}.form", form, f"must be one of {', '.join(get_args(Form))}")
    found = _lines(f"{where}.lines", given["lines"])
    assumed = tuple(name for name in LINES if found.get(name) is None) if form == "990" else ()
    lines = {name: 0 if name in assumed else found.get(name) for name in LINES}
    parts = {
        key: _parts(f"{where}.{key}", given[key], lines["total_revenue"])
        for key in ("sources", "funders")
        if given.get(key)
    }
    return Year(year, form, currency, lines, assumed, parts.get("sources", {}), parts.get("funders", {}))


def read_currency(where: str, value: object) -> str:
    """Return a code of three letters, such as USD."""
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        refuse(where, value, "must be a currency code of three capital letters, such as USD")
    return value


def _lines(where: str, value: object) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for key, amount in _object(where, value).items():
        if key not in _NAMES:
            refuse(f"{where}.{key}", amount, f"no such line; known are {', '.join(LINES)}")
        name = _NAMES[key]
        if name in found:
            refuse(f"{where}.{key}", amount, f"says {name} a second time")
        found[name] = None if amount is None or amount == "" else money(f"{where}.{key}", amount)
    return found


def _parts(where: str, value: object, total: int | None) -> dict[str, int]:
    parts = {name: money(f"{where}.{name}", amount) for name, amount in _object(where, value).items()}
    for name, amount in parts.items():
        if amount < 0:
            refuse(f"{where}.{name}", amount, "negative")
    if total is not None and sum(parts.values()) > total:
        refuse(where, sum(parts.values()), f"more together than the total revenue of {total} minor units")
    return parts


def money(where: str, value: object) -> int:
    """Return whole minor units, which may be below zero: an integer as it is, or text such as "-12.50"."""
    found = value
    if isinstance(value, str) and _MONEY.fullmatch(value.strip()):
        whole, _, part = value.strip().partition(".")
        found = int(whole + part.ljust(2, "0"))
    if isinstance(found, int) and not isinstance(found, bool):
        if abs(found) > LARGEST_MONEY:
            refuse(where, value, "is more money than there is")
        return found
    return refuse(where, value, 'must be whole minor units, or text with at most two decimals ("12.50")')


def _object(
    where: str, value: object, needed: tuple[str, ...] = (), allowed: tuple[str, ...] | None = None
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        refuse(where, value, "must be an object with keys and values")
    for key in needed:
        if key not in value:
            refuse(f"{where}.{key}", None, "is missing")
    for key in value if allowed is not None else ():
        if key not in {*needed, *(allowed or ())}:
            refuse(f"{where}.{key}", value[key], f"not known here; known are {', '.join((*needed, *(allowed or ())))}")
    return value
