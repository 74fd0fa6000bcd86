"""What a pledge is, in which state, and the threshold that pledges must reach together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.result import refuse

PLEDGED, CONFIRMED, CALLED = "pledged", "confirmed", "called"
PAID, RELEASED, LAPSED = "paid", "released", "lapsed"
MOVES: Mapping[str, tuple[str, ...]] = {  # what may follow; released: nobody owes anything, lapsed: not kept in time
    PLEDGED: (CONFIRMED, RELEASED, LAPSED),
    CONFIRMED: (CALLED, RELEASED, LAPSED),
    CALLED: (PAID, RELEASED, LAPSED),
    PAID: (),
    RELEASED: (),
    LAPSED: (),
}
OPEN = (PLEDGED, CONFIRMED)  # pledges that a decision looks at


def moved(state: str, to: str) -> str:
    """Return the new state; MethodInputError where the one may not follow the other."""
    if to not in MOVES.get(state, ()):
        refuse("state", to, f"may not follow {state}; what may is {', '.join(MOVES.get(state, ())) or 'nothing'}")
    return to


@dataclass(frozen=True)
class Pledge:
    """A promise to pay `amount` minor units if the threshold is reached. `groups`: country, kind and the like."""

    id: str
    amount: int
    groups: Mapping[str, str] = field(default_factory=dict)
    state: str = PLEDGED
    at: datetime | None = None  # in UTC
    probability: Fraction = Fraction(1)  # that it will be there and kept at the deadline


@dataclass(frozen=True)
class Threshold:
    """What pledges must reach: money in minor units, a number of pledgers, and different values of groups.

    `different`: {"country": 4} asks for pledgers from at least four countries.
    """

    amount: int = 0
    count: int = 0
    different: Mapping[str, int] = field(default_factory=dict)

    def lacks(self, pledges: Collection[Pledge]) -> dict[str, Any]:
        """Return what is missing, by part of the threshold; empty where it is reached."""
        found: dict[str, Any] = {
            "amount": max(0, self.amount - sum(one.amount for one in pledges)),
            "count": max(0, self.count - len(pledges)),
        }
        for name, least in self.different.items():
            values = {one.groups[name] for one in pledges if one.groups.get(name)}
            found[f"different.{name}"] = max(0, least - len(values))
        return {name: value for name, value in found.items() if value}


def read_pledge(where: str, value: object) -> Pledge:
    """Return a pledge from JSON."""
    given = read.parts(where, value, ["id", "amount"], ["groups", "state", "at", "probability"])
    return Pledge(
        read.text(f"{where}.id", given["id"]),
        read.money(f"{where}.amount", given["amount"], 1),
        read.entries(f"{where}.groups", forms.or_else(given, "groups", {}), read.text),
        read.choice(f"{where}.state", forms.or_else(given, "state", PLEDGED), tuple(MOVES)),
        None if forms.or_else(given, "at", None) is None else read_time(f"{where}.at", given["at"]),
        forms.part(f"{where}.probability", forms.or_else(given, "probability", 1)),
    )


def read_pledges(given: Mapping[str, Any]) -> tuple[Pledge, ...]:
    """Return pledges from JSON inputs; none at all is an answer too."""
    read.parts("", given, ["pledges"])
    pledges = forms.records("pledges", given["pledges"], read_pledge, least=0)
    forms.no_twins("pledges", [one.id for one in pledges])
    return pledges


def read_threshold(given: Mapping[str, Any]) -> Threshold:
    """Return the threshold from JSON parameters; one part of it at least must ask for something."""
    value = read.parts("threshold", given["threshold"], [], ["amount", "count", "different"])

    def least(where: str, number: object) -> int:
        return read.whole(where, number, 1)

    threshold = Threshold(
        read.money("threshold.amount", value.get("amount", 0)),
        read.whole("threshold.count", value.get("count", 0), 0),
        read.entries("threshold.different", value.get("different", {}), least),
    )
    if not threshold.lacks(()):
        refuse("threshold", dict(value), "asks for nothing, so it would be reached without any pledge")
    return threshold


def read_time(where: str, value: object) -> datetime:
    """Return a moment in UTC; MethodInputError where the text has no offset from UTC."""
    words = read.text(where, value)
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        refuse(where, value, "needs a moment such as 2026-11-30T12:00:00Z")
    if found.tzinfo is None:
        refuse(where, value, "has no offset from UTC; write Z at the end for UTC")
    return found.astimezone(UTC)


PLEDGE = forms.schema(
    {
        "id": forms.told(forms.NAME, "Who pledges."),
        "amount": forms.told(forms.AMOUNT, "How much."),
    },
    {
        "groups": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Country, kind and the like, for conditions on who takes part.",
        },
        "state": {"enum": list(MOVES), "description": "Where the pledge stands; pledged where not given."},
        "at": {"type": "string", "format": "date-time", "description": "When it was made, with offset from UTC."},
        "probability": forms.told(forms.PART, "How likely it is there and kept at the deadline; 1 by default."),
    },
)
PLEDGES = forms.schema({"pledges": forms.listed(PLEDGE, "The pledges.", 0)})
THRESHOLD = {
    **forms.schema(
        {},
        {
            "amount": forms.told(forms.AMOUNT, "Money that pledges must reach."),
            "count": {"type": "integer", "minimum": 0, "description": "Number of pledgers."},
            "different": {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 1},
                "description": "Least number of different values by group, such as four countries.",
            },
        },
    ),
    "description": "What pledges must reach together.",
}
