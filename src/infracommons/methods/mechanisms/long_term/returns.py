"""Finds the yearly return of dated payments, as spreadsheets do with XIRR, and the payments of an annuity."""

import math
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from infracommons.methods.result import refuse

DAYS = 365.0  # of a year, leap years too: the convention of XIRR
_GRID = [10 ** (power / 100) - 1 for power in range(-600, 601)]
PRECISION = 1e-12


def balance(payments: Sequence[tuple[date, int]], rate: float) -> float:
    """Return what dated payments (minor units) come to at a yearly rate above -1, on the first day.

    On the last day where money shrinks: the sign is the same, and no power is beyond what a float can hold.
    """
    days = [day for day, _ in payments]
    meant = min(days) if rate >= 0 else max(days)
    return math.fsum(amount * (1 + rate) ** ((meant - day).days / DAYS) for day, amount in payments)


def xirr(payments: Sequence[tuple[date, int]]) -> float | None:
    """Return the yearly rate at which the payments are worth nothing; None where no rate does, or more than one.

    By bisection between two rates of a fine grid (growth from a millionth to a millionfold) at which the value has
    different signs, so it always ends. MethodInputError where nothing is paid or nothing comes back.
    """
    if not any(amount > 0 for _, amount in payments) or not any(amount < 0 for _, amount in payments):
        refuse("payments", len(payments), "needs money that goes out and money that comes back")
    payments = [(day, amount) for day, amount in payments if amount]
    values = [(rate, balance(payments, rate)) for rate in _GRID]
    zeros = [rate for rate, value in values if value == 0]
    changes = [(low, high) for (low, at_low), (high, at_high) in pairwise(values) if at_low * at_high < 0]
    if len(zeros) + len(changes) != 1:
        return None
    if zeros:
        return zeros[0]
    low, high = changes[0]
    at_low = balance(payments, low)
    while high - low > PRECISION * max(1.0, abs(low)):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if balance(payments, middle) * at_low > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def annuity(principal: int, rate: Fraction, payments: int) -> Fraction:
    """Return the level payment that pays a loan back: principal * r / (1 - (1 + r)^-n), or principal / n without rate.

    >>> from fractions import Fraction
    >>> annuity(1000, Fraction(0), 4)
    Fraction(250, 1)
    """
    if payments < 1:
        refuse("payments", payments, "needs at least one")
    return principal * rate / (1 - (1 + rate) ** -payments) if rate else Fraction(principal, payments)
