"""Amounts of money: exact, with a currency, never a float."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

import pycountry

from infracommons.vocabulary.problems import FieldProblem

CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 13  # no award is worth ten trillion of anything; a larger figure is a slip of the publisher
# Euro predecessors and other retired codes: they stand on real awards, but the current list no longer has them.
_RETIRED = frozenset(
    "ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE ROL SIT SKK TRL".split()
)
_MARKS = {".": ",", ",": "."}


def parse_amount(value: object, *, field: str, decimal_mark: str = ".") -> Decimal | None:
    """Return the exact amount, to the cent; None where nothing is written.

    `decimal_mark` is the publisher's; the other mark may group thousands, in threes. A figure that can be read two
    ways, is negative, or is no figure raises FieldProblem `bad_amount`: an award is never guessed.

    >>> parse_amount("$371,050.00", field="Award Amount")
    Decimal('371050.00')
    """
    text = str(value).strip() if value is not None else ""
    if not text:
        return None
    figure = text.lstrip("$£€ ").replace("\u00a0", " ")
    group = re.escape(_MARKS[decimal_mark])
    mark = re.escape(decimal_mark)
    if re.fullmatch(rf"-?(\d+|\d{{1,3}}({group}\d{{3}})+)({mark}\d*)?(e[+-]?\d{{1,2}})?", figure, re.IGNORECASE):
        amount = Decimal(figure.replace(_MARKS[decimal_mark], "").replace(decimal_mark, "."))
        if 0 <= amount < LARGEST:
            return amount.quantize(CENT, rounding=ROUND_HALF_EVEN)
    detail = f"not an amount of 0 or more written like 1000{decimal_mark}00"
    raise FieldProblem("bad_amount", field, value, detail)


def parse_currency(value: object, *, field: str) -> str | None:
    """Return the ISO 4217 code in capitals, None where nothing is written; else FieldProblem `unknown_currency`."""
    code = str(value).strip().upper() if value is not None else ""
    if not code:
        return None
    if code not in _codes():
        raise FieldProblem("unknown_currency", field, value, "not a currency code of ISO 4217 such as USD")
    return code


@cache
def _codes() -> frozenset[str]:
    return frozenset(currency.alpha_3 for currency in pycountry.currencies) | _RETIRED
