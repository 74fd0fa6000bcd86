"""Asks of shared costs whether a group would do better alone, and what each one's average added cost is (Shapley)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees.levels import rounded_to
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, refuse

MOST_MEMBERS = 14  # of whom all groups are looked at


@dataclass(frozen=True)
class AloneCosts:
    """What groups would pay alone, in minor units: by the largest need among them, or listed for each group.

    `needs`: a service built for the largest need serves all, as a runway does. `groups`: every group of members.
    """

    needs: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[frozenset[str], int] = field(default_factory=dict)

    @property
    def members(self) -> tuple[str, ...]:
        """Return all members, in the order of their names for listed groups."""
        return tuple(self.needs) or tuple(sorted(frozenset[str]().union(*self.groups)))

    def cost(self, group: frozenset[str]) -> int:
        """Return what a group pays alone."""
        if not group:
            return 0
        return self.groups[group] if self.groups else max(self.needs[name] for name in group)


def shapley_fees(inputs: AloneCosts, parameters: None = None) -> Result:
    """Return the Shapley value of the costs as fees that add up to the cost of all, with the stand-alone test.

    Exact by all groups up to 14 members, for `needs` by the closed form for any number. Sources: L. S. Shapley, A Value
    for n-Person Games, 1953; S. C. Littlechild and G. Owen, Management Science 20 (1973), for the closed form.
    """
    del parameters
    exact = airport(inputs.needs) if inputs.needs else shapley(inputs)
    whole = inputs.cost(frozenset(inputs.members))
    amounts = rounded_to(exact, whole)
    better = standing_alone(inputs, exact)
    words = "no group would pay less alone (the stand-alone or core test, on the exact fees)"
    checks = (
        Check("balance", sum(amounts.values()) == whole, "the fees add up to the cost of all together"),
        Check("stand_alone", better is None, words, better),
        Check(
            "individual_rationality",
            not (worse := [name for name in amounts if exact[name] > inputs.cost(frozenset({name}))]),
            "nobody pays more than alone",
            worse or None,
        ),
    )
    way = "by the closed form for needs" if inputs.needs else "over all groups"
    return Result(
        "fee_shapley",
        {"rounding": "largest_remainder, ties to the id that comes first"},
        amounts,
        (Step(f"average added cost, {way}", {"cost_of_all": whole}),),
        Certificate(checks),
        details={"exact": exact},
    )


def shapley(game: AloneCosts) -> dict[str, Fraction]:
    """Return for each member the cost it adds, averaged over all orders of joining."""
    members = game.members
    if len(members) > MOST_MEMBERS:
        refuse("groups", len(members), f"all groups of more than {MOST_MEMBERS} members are too many")
    value = dict.fromkeys(members, Fraction(0))
    for name in members:
        others = [one for one in members if one != name]
        for size in range(len(members)):
            weight = Fraction(factorial(size) * factorial(len(others) - size), factorial(len(members)))
            for group in map(frozenset, combinations(others, size)):
                value[name] += weight * (game.cost(group | {name}) - game.cost(group))
    return value


def airport(needs: Mapping[str, int]) -> dict[str, Fraction]:
    """Return the Shapley value where a group's cost is its largest need: each step is shared by all who need it.

    >>> airport({"a": 10, "b": 20, "c": 50})
    {'a': Fraction(10, 3), 'b': Fraction(25, 3), 'c': Fraction(115, 3)}
    """
    order = sorted(needs, key=lambda name: needs[name])
    paid, before, found = Fraction(0), 0, dict[str, Fraction]()
    for place, name in enumerate(order):
        paid += Fraction(needs[name] - before, len(order) - place)
        before = needs[name]
        found[name] = paid
    return {name: found[name] for name in needs}


def standing_alone(game: AloneCosts, fees: Mapping[str, Fraction | int]) -> dict[str, Any] | None:
    """Return the group that would save most by leaving, None where none would: the core test.

    For needs only groups of all with needs up to a size can save most (fees are not negative); for listed groups all
    are looked at.
    """
    groups = [
        frozenset(one for one in game.needs if game.needs[one] <= top) for top in sorted(set(game.needs.values()))
    ]
    best: dict[str, Any] | None = None
    for group in groups or game.groups:
        saving = sum((Fraction(fees[name]) for name in group), Fraction(0)) - game.cost(group)
        if saving > 0 and (best is None or saving > best["saving"]):
            best = {"group": sorted(group), "saving": saving, "alone": game.cost(group)}
    return best


def _need(where: str, value: object) -> tuple[str, int]:
    given = read.parts(where, value, ["id", "cost"])
    return read.text(f"{where}.id", given["id"]), read.money(f"{where}.cost", given["cost"])


def _group(where: str, value: object) -> tuple[frozenset[str], int]:
    given = read.parts(where, value, ["members", "cost"])
    names = forms.records(f"{where}.members", given["members"], read.text)
    if len(set(names)) < len(names):
        refuse(f"{where}.members", names, "names a member twice")
    return frozenset(names), read.money(f"{where}.cost", given["cost"])


def _inputs(given: Mapping[str, Any]) -> AloneCosts:
    read.parts("", given, [], ["needs", "groups"])
    if ("needs" in given) == ("groups" in given):
        refuse("needs", list(given), "give either needs or groups")
    if "needs" in given:
        needs = forms.records("needs", given["needs"], _need)
        forms.no_twins("needs", [name for name, _ in needs])
        return AloneCosts(needs=dict(needs))
    groups = dict[frozenset[str], int]()
    for place, (group, cost) in enumerate(forms.records("groups", given["groups"], _group)):
        if group in groups:
            refuse(f"groups[{place}].members", sorted(group), "stands twice")
        groups[group] = cost
    members = sorted(frozenset[str]().union(*groups))
    if len(members) > MOST_MEMBERS:
        refuse("groups", len(members), f"all groups of more than {MOST_MEMBERS} members are too many")
    for size in range(1, len(members) + 1):
        for group in map(frozenset, combinations(members, size)):
            if group not in groups:
                refuse("groups", sorted(group), "the cost of this group is missing")
    return AloneCosts(groups=groups)


def _no_parameters(given: Mapping[str, Any]) -> None:
    read.parts("", given, [])


_ID = {**forms.NAME, "description": "Name of the member."}
MECHANISMS = (
    Mechanism(
        "fee_shapley",
        "fees",
        "Average added cost (Shapley)",
        "Divides the cost of all so that each pays its average added cost, and tests whether a group should leave.",
        shapley_fees,
        _inputs,
        _no_parameters,
        forms.schema(
            {},
            {
                "needs": forms.listed(
                    forms.schema({"id": _ID, "cost": forms.told(forms.AMOUNT, "Cost of its need alone.")}),
                    "Needs, where the largest one serves all.",
                ),
                "groups": forms.listed(
                    forms.schema(
                        {
                            "members": {**forms.listed(forms.NAME, "The group."), "uniqueItems": True},
                            "cost": forms.told(forms.AMOUNT, "What it would pay alone."),
                        }
                    ),
                    "The cost of every group.",
                ),
            },
        ),
        forms.schema({}),
        ("needs",),
    ),
)
