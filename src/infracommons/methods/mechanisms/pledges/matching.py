"""Settles promises that hang on each other ("I give if others do"): the smallest outcome that keeps them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, refuse


@dataclass(frozen=True)
class Promise:
    """`base` plus `rate` times what all others give, at most `cap`, in minor units: if others give and are enough.

    `if_others_give`: minor units from all others; `if_others_are`: how many others give anything.
    """

    id: str
    base: int
    rate: Fraction = Fraction(0)
    cap: int | None = None  # must be there with a rate
    if_others_give: int = 0
    if_others_are: int = 0


@dataclass(frozen=True)
class Heard:
    """What all give, with its sum and the number who give anything: added up once, asked by each."""

    given: Mapping[str, Fraction]
    total: Fraction
    givers: int

    @classmethod
    def of(cls, given: Mapping[str, Fraction]) -> "Heard":
        """Return the gifts, added up."""
        return cls(given, sum(given.values(), Fraction(0)), sum(part > 0 for part in given.values()))

    def by_others(self, one: Promise) -> tuple[Fraction, int]:
        """Return what all others give, and how many of them give anything."""
        own = self.given[one.id]
        return self.total - own, self.givers - (own > 0)


def settle_promises(promises: Sequence[Promise], parameters: None = None) -> Result:
    """Return what each gives in the least fixed point: start with nobody, and let those give whose condition holds.

    Matches are worked out exactly and rounded down to the minor unit. `details` has what would be given if all who
    wait for each other moved at the same time (for rates of 0, the greatest fixed point).
    Source: A. Tarski, A Lattice-Theoretical Fixpoint Theorem, Pacific Journal of Mathematics 5 (1955).
    """
    del parameters
    exact, rounds = least_fixed_point(promises)
    trace = tuple(Step("these conditions now hold", {"give": names, "sum": total}) for names, total in rounds)
    amounts = {name: part.numerator // part.denominator for name, part in exact.items()}
    together = _if_all_moved(promises)
    heard = Heard.of(exact)
    broken = [one.id for one in promises if exact[one.id] != _gives(one, heard)]
    over = [one.id for one in promises if amounts[one.id] > (one.base if one.cap is None else one.cap)]
    losers = {
        one.id: _missing(one, heard, waiting=together.get(one.id, Fraction(0)))
        for one in promises
        if not _holds(one, heard)
    }
    trapped = sorted(name for name in losers if together.get(name, 0) > 0)
    checks = (
        Check(
            "fixed_point", not broken, "each gives exactly what it promised, given what the others give", broken or None
        ),
        Check("individual_rationality", not over, "nobody gives more than the most it promised", over or None),
        Check(
            "nobody_waits_in_a_ring",
            not trapped,
            "nobody is left out because all wait for each other",
            trapped or None,
        ),
    )
    return Result(
        "pledge_matching",
        {"fixed_point": "least", "rounding": "down"},
        amounts,
        trace,
        Certificate(checks),
        selected=tuple(name for name, amount in amounts.items() if amount),
        losers=losers,
        details={"exact": exact, "if_all_moved_at_once": together},
    )


def least_fixed_point(
    promises: Sequence[Promise],
) -> tuple[dict[str, Fraction], list[tuple[list[str], Fraction]]]:
    """Return what each gives, and the rounds in which conditions came to hold with the sum after each."""
    active: set[str] = set()
    given = dict.fromkeys((one.id for one in promises), Fraction(0))
    rounds: list[tuple[list[str], Fraction]] = []
    heard = Heard.of(given)
    while new := [one.id for one in promises if one.id not in active and _holds(one, heard)]:
        active |= set(new)
        given = _with_matches([one for one in promises if one.id in active], promises)
        heard = Heard.of(given)
        rounds.append((new, heard.total))
    return given, rounds


def _holds(one: Promise, heard: Heard) -> bool:
    money, givers = heard.by_others(one)
    return money >= one.if_others_give and givers >= one.if_others_are


def _gives(one: Promise, heard: Heard) -> Fraction:
    if not _holds(one, heard):
        return Fraction(0)
    wanted = one.base + one.rate * heard.by_others(one)[0]
    return wanted if one.cap is None else min(wanted, Fraction(one.cap))


def _with_matches(active: Sequence[Promise], promises: Sequence[Promise]) -> dict[str, Fraction]:
    """Return the least gifts of those whose conditions hold: each is a function of the sum, found on one line.

    From x = base + rate * (sum - x) follows x = (base + rate * sum) / (1 + rate), until the cap. The least sum that
    the gifts add up to is looked for between the sums at which a cap is reached.
    """

    def at(one: Promise, total: Fraction) -> Fraction:
        wanted = (one.base + one.rate * total) / (1 + one.rate)
        return wanted if one.cap is None else min(wanted, Fraction(one.cap))

    turns = {Fraction(0)}
    for one in active:
        if one.rate and one.cap is not None:
            turns.add(max(Fraction(0), (one.cap * (1 + one.rate) - one.base) / one.rate))
    total = Fraction(0)
    for turn in sorted(turns):
        total = max(total, turn)
        gifts = sum((at(one, total) for one in active), Fraction(0))
        if gifts <= total:
            break
        free = [one for one in active if one.rate and (one.cap is None or at(one, total) < one.cap)]
        slope = sum((one.rate / (1 + one.rate) for one in free), Fraction(0))
        meets = total + (gifts - total) / (1 - slope) if slope < 1 else None
        later = min((other for other in turns if other > total), default=None)
        if meets is not None and (later is None or meets <= later):
            total = meets
            break
    found = {one.id: at(one, total) for one in active}
    return {one.id: found.get(one.id, Fraction(0)) for one in promises}


def _if_all_moved(promises: Sequence[Promise]) -> dict[str, Fraction]:
    """Return what is given where all start by giving and those whose condition fails step back, one round at a time."""
    active = list(promises)
    while True:
        given = _with_matches(active, promises)
        heard = Heard.of(given)
        kept = [one for one in active if _holds(one, heard)]
        if len(kept) == len(active):
            return given
        active = kept


def _missing(one: Promise, heard: Heard, waiting: Fraction) -> dict[str, Any]:
    money, givers = heard.by_others(one)
    return {
        "others_lack": max(Fraction(0), one.if_others_give - money),
        "givers_lack": max(0, one.if_others_are - givers),
        "would_give_if_all_moved_at_once": waiting,
    }


def _promise(where: str, value: object) -> Promise:
    given = read.parts(where, value, ["id", "base"], ["rate", "cap", "if_others_give", "if_others_are"])
    base = read.money(f"{where}.base", given["base"])
    rate = read.share(f"{where}.rate", given.get("rate", 0), 0, 1000)
    cap = None if given.get("cap") is None else read.money(f"{where}.cap", given["cap"])
    if rate and cap is None:
        refuse(f"{where}.cap", None, "missing: a promise to match needs a most")
    if cap is not None and cap < base:
        refuse(f"{where}.cap", given["cap"], "is less than the base")
    return Promise(
        read.text(f"{where}.id", given["id"]),
        base,
        rate,
        cap,
        read.money(f"{where}.if_others_give", given.get("if_others_give", 0)),
        read.whole(f"{where}.if_others_are", given.get("if_others_are", 0), 0),
    )


def _inputs(given: Mapping[str, Any]) -> tuple[Promise, ...]:
    read.parts("", given, ["promises"])
    found = forms.records("promises", given["promises"], _promise, least=0)
    forms.no_twins("promises", [one.id for one in found])
    return found


def _no_parameters(given: Mapping[str, Any]) -> None:
    read.parts("", given, [])


_PROMISE = forms.schema(
    {
        "id": forms.told(forms.NAME, "Who promises."),
        "base": forms.told(forms.AMOUNT, "What it gives in any case where its conditions hold."),
    },
    {
        "rate": forms.told(forms.QUANTITY, "What it adds to each unit that all others give; 0 by default."),
        "cap": forms.told(forms.AMOUNT, "The most it gives; must be there with a rate."),
        "if_others_give": forms.told(forms.AMOUNT, "Only if all others together give so much."),
        "if_others_are": {"type": "integer", "minimum": 0, "description": "Only if so many others give."},
    },
)
MECHANISMS = (
    Mechanism(
        "pledge_matching",
        "pledges",
        "Conditional matching",
        "Settles promises that depend on what others give, starting from nothing, so that nobody gives in vain.",
        settle_promises,
        _inputs,
        _no_parameters,
        forms.schema({"promises": forms.listed(_PROMISE, "The promises.", 0)}),
        forms.schema({}),
        ("promises",),
    ),
)
