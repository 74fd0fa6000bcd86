"""From what a rule picked to a result: amounts, certificate, and what was spent on behalf of whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from infracommons.methods.mechanisms.budgeting.checks import committee, outcome_checks, proportional
from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.groups import Groups, Utility, grouped
from infracommons.methods.mechanisms.budgeting.voters import amount, spending
from infracommons.methods.result import Certificate, Check, Result, Step, plain


@dataclass(frozen=True)
class Picked:
    """What one rule found: winners in order, its way, its own checks, and losers."""

    chosen: tuple[str, ...]
    trace: tuple[Step, ...] = ()
    checks: tuple[Check, ...] = ()
    losers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


def as_result(
    method: str,
    parameters: Any,  # noqa: ANN401 - a dataclass of parameters
    election: Election,
    aside: tuple[str, ...],
    found: Picked,
    rule: Callable[[Election], Sequence[str]],
    utility: Utility = "cost",
    groups: Groups | None = None,
) -> Result:
    """Return the result of a rule on an election: what was set aside and picked, with all that is checked of it."""
    chosen = (*aside, *found.chosen)
    spent = election.total(chosen)
    details: dict[str, Any] = {
        "cost": amount(spent, election.scale),
        "budget": amount(election.budget, election.scale),
        "unspent": amount(election.budget - spent, election.scale),
        "units_in_a_currency_unit_of_the_inputs": election.scale,
        "set_aside_for_floors": list(aside),
        **found.details,
        "spent_on_behalf_of_voters": spending(election, chosen),
    }
    if len({ballot.weight for ballot in election.ballots}) > 1:
        same = replace(election, ballots=tuple(replace(ballot, weight=Fraction(1)) for ballot in election.ballots))
        details["selected_if_all_voters_weighed_the_same"] = list(rule(same))
    plus = committee(election, chosen)
    checks = (
        *outcome_checks(election, chosen),
        *found.checks,
        proportional(election, groups if groups and not aside else grouped(election, utility), chosen),
        *((plus,) if plus else ()),
    )
    first = tuple(Step(f"{one} is set aside for the floor of its location", {"project": one}) for one in aside)
    barred = {one: {"kept_out_by_conditions": True} for one in election.cost if one not in chosen}
    return Result(
        method=method,
        parameters=plain(parameters),
        amounts={project: election.cost[project] for project in chosen},
        trace=(*first, *found.trace),
        certificate=Certificate(checks),
        selected=chosen,
        losers={**barred, **found.losers},
        details=details,
    )
