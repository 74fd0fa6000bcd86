"""Passes money on along declared dependencies: each keeps a part and passes the rest, until all is kept somewhere.

x = (I - S^T)^-1 b, solved exactly: x is what comes to each, b what they are given from outside, S the parts passed on.
Circles are no trouble as long as somebody in them keeps a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from infracommons.methods.result import Certificate, Check, Result, Step, largest_remainder, refuse

Unclaimed = Literal["hold", "keep_in_pot", "to_claimed"]


@dataclass(frozen=True)
class Receiver:
    """Somebody money comes to. `given` in minor units from outside; `passes` the parts passed on; whether claimed."""

    given: int = 0
    passes: Mapping[str, Fraction] | None = None
    claimed: bool = True

    @property
    def splits(self) -> Mapping[str, Fraction]:
        """Return the parts that are passed on."""
        return self.passes or {}

    @property
    def keeps(self) -> Fraction:
        """Return the part that stays."""
        return 1 - sum(self.splits.values(), Fraction(0))


@dataclass(frozen=True)
class Dependencies:
    """All receivers by name."""

    receivers: Mapping[str, Receiver]

    def __post_init__(self) -> None:
        """Raise MethodInputError for unknown names, parts that make more than 1, circles that keep nothing."""
        for name, one in self.receivers.items():
            where = f"receivers.{name}"
            if one.given < 0:
                refuse(f"{where}.given", one.given, "is negative")
            for other, part in one.splits.items():
                if other not in self.receivers:
                    refuse(f"{where}.passes.{other}", part, "no such receiver")
                if part < 0:
                    refuse(f"{where}.passes.{other}", part, "is negative")
            if one.keeps < 0:
                refuse(f"{where}.passes", 1 - one.keeps, "passes on more than comes in")
        trapped = sorted(self.reached() - self._leaving())
        if trapped:
            refuse(f"receivers.{trapped[0]}.passes", trapped, "passes money round in a circle where nobody keeps any")

    def reached(self) -> set[str]:
        """Return those to whom any money comes."""
        found = {name for name, one in self.receivers.items() if one.given}
        fresh = found
        while fresh:
            fresh = {to for name in fresh for to, part in self.receivers[name].splits.items() if part} - found
            found = found | fresh
        return found

    def _leaving(self) -> set[str]:
        """Return those from whom a way leads to somebody who keeps a part."""
        found = {name for name, one in self.receivers.items() if one.keeps}
        while True:
            more = {
                name
                for name, one in self.receivers.items()
                if any(part and to in found for to, part in one.splits.items())
            }
            if more <= found:
                return found
            found |= more


@dataclass(frozen=True)
class FlowRules:
    """What is done with unclaimed money: hold it, keep_in_pot, or to_claimed in proportion to what those keep."""

    unclaimed: Unclaimed


def allocate(inputs: Dependencies, parameters: FlowRules) -> Result:
    """Return what stays with each; held money is in the amounts, under the name it is held for."""
    arriving = arrivals(inputs)
    kept = {name: arriving[name] * one.keeps for name, one in inputs.receivers.items()}
    total = sum(one.given for one in inputs.receivers.values())
    exact, left = _settled(inputs, kept, parameters)
    amounts = largest_remainder(exact | {"": left}, total) if total else dict.fromkeys([*exact, ""], 0)
    remainder = amounts.pop("")
    held = {name: amounts[name] for name, one in inputs.receivers.items() if not one.claimed and amounts[name]}
    return Result(
        method="dependency_flow",
        parameters={"unclaimed": parameters.unclaimed, "rounding": "largest remainder, ties by id"},
        amounts=amounts,
        trace=(Step("comes to each, passed on or not", arriving), Step("stays with each", kept)),
        certificate=_certificate(inputs, arriving, amounts, total - remainder),
        selected=tuple(name for name in amounts if amounts[name]),
        losers={name: _loss(name, inputs, arriving) for name in amounts if not amounts[name]},
        details={"arrivals": arriving, "kept": kept, "held": held, "not_handed_out": remainder},
    )


def arrivals(inputs: Dependencies) -> dict[str, Fraction]:
    """Return what comes to each in minor units, exactly: what is given from outside and what others pass on.

    Solved by elimination in fractions over those whom money reaches; since all of them lie on a way to somebody who
    keeps a part, no pivot is zero.
    """
    live = sorted(inputs.reached())
    rows = {name: {name: Fraction(1)} for name in live}
    given = {name: Fraction(inputs.receivers[name].given) for name in live}
    for name in live:
        for to, part in inputs.receivers[name].splits.items():
            if part:
                rows[to][name] = rows[to].get(name, Fraction(0)) - part
    for done, name in enumerate(live):
        for later in live[done + 1 :]:
            if name in rows[later]:
                factor = rows[later].pop(name) / rows[name][name]
                given[later] -= factor * given[name]
                for other, value in rows[name].items():
                    if other != name:
                        rows[later][other] = rows[later].get(other, Fraction(0)) - factor * value
    found = dict.fromkeys(inputs.receivers, Fraction(0))
    for name in reversed(live):
        known = sum((value * found[other] for other, value in rows[name].items() if other != name), Fraction(0))
        found[name] = (given[name] - known) / rows[name][name]
    return found


def _settled(
    inputs: Dependencies, kept: Mapping[str, Fraction], rules: FlowRules
) -> tuple[dict[str, Fraction], Fraction]:
    """Return what each gets after what is not claimed is dealt with, and what goes back to the pot."""
    if rules.unclaimed == "hold":
        return dict(kept), Fraction(0)
    claimed = {name: part if inputs.receivers[name].claimed else Fraction(0) for name, part in kept.items()}
    loose = sum(kept.values(), Fraction(0)) - sum(claimed.values(), Fraction(0))
    whole = sum(claimed.values(), Fraction(0))
    if rules.unclaimed == "keep_in_pot" or not whole:
        return claimed, loose
    return {name: part * (1 + loose / whole) for name, part in claimed.items()}, Fraction(0)


def _loss(name: str, inputs: Dependencies, arriving: Mapping[str, Fraction]) -> dict[str, Any]:
    if not arriving[name]:
        return {"why": "no money comes to it", "would_have_sufficed": "to be named by somebody whom money reaches"}
    if not inputs.receivers[name].claimed:
        return {"why": "nobody has claimed it", "came_in": arriving[name]}
    return {"why": "it passes on all that comes in, or less than a minor unit stays", "came_in": arriving[name]}


def _certificate(
    inputs: Dependencies, arriving: Mapping[str, Fraction], amounts: Mapping[str, int], due: int
) -> Certificate:
    wrong = [
        name
        for name, one in inputs.receivers.items()
        if arriving[name]
        != one.given
        + sum((arriving[giver] * other.splits.get(name, 0) for giver, other in inputs.receivers.items()), Fraction(0))
    ]
    paid = sum(amounts.values())
    return Certificate(
        (
            Check("money_conserved", paid == due, f"{paid} minor units stay with receivers, all that was given"),
            Check("arrivals_add_up", not wrong, "what comes to each is what is given and passed to it", wrong or None),
            Check("none_negative", min(amounts.values(), default=0) >= 0, "nobody gets less than nothing"),
        )
    )
