"""Charges pledges only if they reach a threshold together; with a bonus, pays pledgers if they do not (dominant)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.pledges.chances import chances
from infracommons.methods.mechanisms.pledges.pledge import (
    CALLED,
    LAPSED,
    OPEN,
    PLEDGES,
    RELEASED,
    THRESHOLD,
    Pledge,
    Threshold,
    read_pledges,
    read_threshold,
    read_time,
)
from infracommons.methods.result import (
    Certificate,
    Check,
    Mechanism,
    MethodInputError,
    Result,
    Step,
    largest_remainder,
    refuse,
)

FULL, NEEDED = "full", "only_what_is_needed"


@dataclass(frozen=True)
class AssuranceParameters:
    """`charge`: all that was pledged, or only what the threshold needs, in proportion.

    `bonus`: minor units for each pledger where it fails, for the `bonus_for_first` in order of the list, None: for all.
    `deadline` in UTC; a pledge made at that very moment counts where `deadline_inclusive`.
    `certainty`: of the reserve for bonuses.
    """

    threshold: Threshold
    charge: str
    bonus: int = 0
    bonus_for_first: int | None = None
    deadline: datetime | None = None
    deadline_inclusive: bool = True
    certainty: Fraction = Fraction(99, 100)


def settle(pledges: Sequence[Pledge], parameters: AssuranceParameters) -> Result:
    """Return what each pledger is charged: nothing below the threshold, never more than the pledge above it.

    Sources: M. Bagnoli and B. Lipman, Provision of Public Goods, Review of Economic Studies 56 (1989); A. Tabarrok, The
    Private Provision of Public Goods via Dominant Assurance Contracts, Public Choice 96 (1998).
    """
    counted = [one for one in pledges if one.state in OPEN and _in_time(one, parameters)]
    lacks = parameters.threshold.lacks(counted)
    amounts = dict.fromkeys((one.id for one in pledges), 0)
    if not lacks:
        amounts |= _charged(counted, parameters)
    bonuses = _bonuses(counted, parameters) if lacks else {}
    details: dict[str, Any] = {
        "reached": not lacks,
        "lacks": lacks,
        "pledged": sum(one.amount for one in counted),
        "bonuses": bonuses,
        "bonus_total": sum(bonuses.values()),
        "most_bonus_liability": most_liability(parameters),
        "states": _states(pledges, {one.id for one in counted}, reached=not lacks),
        "chances": _chances(counted, parameters),
    }
    words = "the threshold is reached" if not lacks else "the threshold is not reached, so nobody is charged"
    return Result(
        "pledge_assurance",
        _told(parameters),
        amounts,
        (Step(words, {"pledged": details["pledged"], "pledgers": len(counted), "lacks": lacks}),),
        Certificate(_checks(counted, amounts, parameters, lacks)),
        selected=tuple(one.id for one in counted) if not lacks else (),
        losers={} if not lacks else {"the project": {"lacks": lacks, "words": "these would have sufficed"}},
        details=details,
    )


def most_liability(parameters: AssuranceParameters) -> int | None:
    """Return the most that bonuses can cost, in minor units; None where any number of pledgers may fail together.

    With a threshold of n pledgers alone, n - 1 of them at most are there when it fails.
    """
    limits = [parameters.bonus_for_first] if parameters.bonus_for_first is not None else []
    threshold = parameters.threshold
    if threshold.count and not threshold.amount and not threshold.different:
        limits.append(threshold.count - 1)
    if not parameters.bonus:
        return 0
    return parameters.bonus * min(limits) if limits else None


def _in_time(one: Pledge, parameters: AssuranceParameters) -> bool:
    if parameters.deadline is None:
        return True
    if one.at is None:
        refuse(f"pledges.{one.id}.at", None, "missing, and there is a deadline")
    return one.at <= parameters.deadline if parameters.deadline_inclusive else one.at < parameters.deadline


def _charged(counted: Sequence[Pledge], parameters: AssuranceParameters) -> dict[str, int]:
    pledged = {one.id: one.amount for one in counted}
    if parameters.charge == FULL:
        return pledged
    shares = {name: Fraction(amount) for name, amount in pledged.items()}
    return largest_remainder(shares, parameters.threshold.amount)


def _bonuses(counted: Sequence[Pledge], parameters: AssuranceParameters) -> dict[str, int]:
    first = counted if parameters.bonus_for_first is None else counted[: parameters.bonus_for_first]
    return {one.id: parameters.bonus for one in first} if parameters.bonus else {}


def _states(pledges: Sequence[Pledge], counted: set[str], *, reached: bool) -> dict[str, str]:
    """Return the state of each pledge after the decision: what was not open stays, what came too late has lapsed."""
    decided = CALLED if reached else RELEASED
    return {one.id: one.state if one.state not in OPEN else decided if one.id in counted else LAPSED for one in pledges}


def _chances(counted: Sequence[Pledge], parameters: AssuranceParameters) -> dict[str, Any]:
    if all(one.probability == 1 for one in counted):
        return {}
    try:
        found = chances(counted, parameters.threshold)
    except MethodInputError as error:
        return {"not_told": str(error)}
    told: dict[str, Any] = {"success": found.success, "expected_shortfall": found.shortfall}
    if parameters.bonus:
        reserve = found.reserve(parameters.bonus, parameters.certainty)
        most = most_liability(parameters)
        told["bonus_reserve"] = reserve if most is None else min(reserve, most)
        told["certainty"] = parameters.certainty
    return told


def _checks(
    counted: Sequence[Pledge], amounts: Mapping[str, int], parameters: AssuranceParameters, lacks: Mapping[str, Any]
) -> tuple[Check, ...]:
    pledged = {one.id: one.amount for one in counted}
    over = [name for name, amount in amounts.items() if not 0 <= amount <= pledged.get(name, 0)]
    charged = sum(amounts.values())
    expected = 0 if lacks else sum(pledged.values()) if parameters.charge == FULL else parameters.threshold.amount
    return (
        Check("no_charge_below_threshold", not (lacks and charged), "nobody is charged below the threshold"),
        Check("individual_rationality", not over, "nobody is charged more than pledged", over or None),
        Check("balance", charged == expected, "what is charged is what the rule asks for, to the minor unit", charged),
    )


def _told(parameters: AssuranceParameters) -> dict[str, Any]:
    return {
        "threshold": parameters.threshold,
        "charge": parameters.charge,
        "bonus": parameters.bonus,
        "bonus_for_first": parameters.bonus_for_first,
        "deadline": None if parameters.deadline is None else parameters.deadline.isoformat(),
        "deadline_inclusive": parameters.deadline_inclusive,
        "certainty": parameters.certainty,
        "rounding": "largest_remainder, ties to the id that comes first",
    }


def _parameters(given: Mapping[str, Any]) -> AssuranceParameters:
    read.parts("", given, PARAMETERS["required"], PARAMETERS["properties"])
    threshold = read_threshold(given)
    charge = read.choice("charge", given["charge"], (FULL, NEEDED))
    if charge == NEEDED and not threshold.amount:
        refuse("charge", charge, "needs a threshold on the amount")
    deadline = None if given.get("deadline") is None else read_time("deadline", given["deadline"])
    if deadline is not None and "deadline_inclusive" not in given:
        refuse("deadline_inclusive", None, "missing: say whether a pledge at the very moment of the deadline counts")
    first = given.get("bonus_for_first")
    return AssuranceParameters(
        threshold,
        charge,
        read.money("bonus", given.get("bonus", 0)),
        None if first is None else read.whole("bonus_for_first", first, 1),
        deadline,
        read.flag("deadline_inclusive", given.get("deadline_inclusive", True)),
        forms.part("certainty", given.get("certainty", "0.99")),
    )


PARAMETERS = forms.schema(
    {
        "threshold": THRESHOLD,
        "charge": {"enum": [FULL, NEEDED], "description": "What is charged above the threshold."},
    },
    {
        "bonus": forms.told(forms.AMOUNT, "For each pledger where it fails (dominant assurance); 0 by default."),
        "bonus_for_first": {"type": "integer", "minimum": 1, "description": "Only so many pledgers get the bonus."},
        "deadline": {"type": "string", "format": "date-time", "description": "The last moment, with offset from UTC."},
        "deadline_inclusive": {"type": "boolean", "description": "Whether a pledge at that very moment counts."},
        "certainty": forms.told(forms.PART, "Of the reserve for bonuses, 0 to 1; 0.99 by default."),
    },
)
MECHANISMS = (
    Mechanism(
        "pledge_assurance",
        "pledges",
        "Assurance contract",
        "Charges pledges only if they reach a threshold together; with a bonus it is a dominant assurance contract.",
        settle,
        read_pledges,
        _parameters,
        PLEDGES,
        PARAMETERS,
        ("pledges",),
    ),
)
