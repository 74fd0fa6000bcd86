"""The rules as mechanisms: an election and parameters in, a result with its way, certificate and losers out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from infracommons.methods.mechanisms.budgeting.bos import Bounded, bounded_overspending
from infracommons.methods.mechanisms.budgeting.checks import (
    committee,
    outcome_checks,
    payments,
    price_system,
    proportional,
)
from infracommons.methods.mechanisms.budgeting.completions import (
    Completed,
    add_one,
    by_phragmen,
    starting_endowment,
    utilitarian,
)
from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares
from infracommons.methods.mechanisms.budgeting.floors import set_aside, without
from infracommons.methods.mechanisms.budgeting.greedy import greedy
from infracommons.methods.mechanisms.budgeting.groups import Groups, Utility, grouped
from infracommons.methods.mechanisms.budgeting.losers import (
    bounded_losers,
    equal_shares_losers,
    greedy_losers,
    optimal_losers,
    phragmen_losers,
)
from infracommons.methods.mechanisms.budgeting.optimal import optimal, votes_of
from infracommons.methods.mechanisms.budgeting.parameters import (
    BoundedParameters,
    EqualSharesParameters,
    GreedyParameters,
    OptimalParameters,
    PhragmenParameters,
)
from infracommons.methods.mechanisms.budgeting.phragmen import phragmen
from infracommons.methods.mechanisms.budgeting.voters import amount, shown, spending
from infracommons.methods.result import Certificate, Check, Result, Step, plain


@dataclass(frozen=True)
class Picked:
    """What one rule found: winners in order, its way, its own checks, and losers."""

    chosen: tuple[str, ...]
    trace: tuple[Step, ...] = ()
    checks: tuple[Check, ...] = ()
    losers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


def allocate_greedy(election: Election, parameters: GreedyParameters) -> Result:
    """Return the outcome of the greedy rule."""

    def rule(vote: Election) -> tuple[str, ...]:
        return greedy(vote, parameters.measure, parameters.tie_break, skip=parameters.skip)

    aside = set_aside(election, rule, parameters.tie_break)
    rest = without(election, aside)
    chosen = rule(rest)
    trace = tuple(
        Step(f"{one} wins: {shown(rest.votes[one])} votes, cost {amount(rest.cost[one], rest.scale)}",
             {"project": one, "votes": rest.votes[one], "cost": rest.cost[one]})
        for one in chosen
    )  # fmt: skip
    losers = greedy_losers(rest, chosen, parameters.measure, parameters.tie_break, skip=parameters.skip)
    return _result("greedy", parameters, election, aside, Picked(chosen, trace, (), losers), rule)


def allocate_optimal(election: Election, parameters: OptimalParameters) -> Result:
    """Return the outcome of the most votes in all; floors are conditions of the programme itself."""

    def rule(vote: Election) -> tuple[str, ...]:
        return optimal(vote, parameters.score)

    chosen = rule(election)
    score = votes_of(election, chosen, parameters.score)
    trace = (Step(f"no outcome that keeps budget and conditions has more than {shown(score)}", {"score": score}),)
    found = Picked(chosen, trace, (), optimal_losers(election, chosen, parameters.score), {"score": score})
    return _result("optimal", parameters, election, (), found, rule)


def allocate_phragmen(election: Election, parameters: PhragmenParameters) -> Result:
    """Return the outcome of Phragmen's rule."""

    def rule(vote: Election) -> tuple[str, ...]:
        return tuple(one.project for one in phragmen(vote, parameters.tie_break))

    aside = set_aside(election, rule, parameters.tie_break)
    rest = without(election, aside)
    bought = phragmen(rest, parameters.tie_break)
    trace = tuple(
        Step(f"{one.project} is bought when each voter has earned {shown(one.moment, rest.scale)}",
             {"project": one.project, "earned": shown(one.moment, rest.scale)})
        for one in bought
    )  # fmt: skip
    return _result(
        "phragmen", parameters, election, aside, Picked(rule(rest), trace, (), phragmen_losers(rest, bought)), rule
    )


def complete(shares: EqualShares, parameters: EqualSharesParameters) -> Completed:
    """Return the outcome of equal shares with its completion."""
    election = shares.election
    start = starting_endowment(election, parameters.start)
    if parameters.completion == "add_one":
        return add_one(shares, start, parameters.step * election.scale, parameters.stop)
    outcome = shares.run(start)
    added: tuple[str, ...] = ()
    if parameters.completion == "utilitarian":
        added = utilitarian(election, outcome.projects, parameters.utility, parameters.tie_break)
    if parameters.completion == "phragmen":
        added = by_phragmen(election, outcome, parameters.tie_break)
    return Completed(outcome, 0, added)


def allocate_equal_shares(election: Election, parameters: EqualSharesParameters) -> Result:
    """Return the outcome of the method of equal shares."""

    def rule(vote: Election) -> tuple[str, ...]:
        return complete(EqualShares(vote, parameters.utility, parameters.tie_break), parameters).projects

    aside = set_aside(election, rule, parameters.tie_break)
    rest = without(election, aside)
    shares = EqualShares(rest, parameters.utility, parameters.tie_break)
    done = complete(shares, parameters)
    outcome, scale = done.outcome, election.scale
    first = starting_endowment(rest, parameters.start)
    trace = [
        Step(f"each voter starts with {shown(first, scale)}", {"endowment": shown(first, scale)}),
        *_steps(done, first, scale),
    ]
    for one in outcome.purchases:
        words = f"{one.project} is bought: its supporters pay at most {shown(one.most_paid, scale)} each"
        numbers = {
            "project": one.project, "cost": amount(rest.cost[one.project], scale),
            "most_paid": shown(one.most_paid, scale), "price_of_a_unit_of_utility": str(float(one.rho)),
        }  # fmt: skip
        trace.append(Step(words, numbers))
    trace += [Step(f"{one} is added at the end", {"project": one}) for one in done.added]
    checks = (*payments(rest, outcome), price_system(rest, outcome, done.added))
    losers = {
        project: {name: shown(value, scale) if isinstance(value, Fraction) else value for name, value in found.items()}
        for project, found in equal_shares_losers(shares, outcome, done.projects).items()
    }
    details = {
        "endowment": shown(outcome.endowment, scale),
        "steps": done.steps,
        "added_by_completion": list(done.added),
        "losers_are_measured": "in the count at the last endowment; the completion is not run again",
    }
    found = Picked(done.projects, tuple(trace), checks, losers, details)
    return _result("equal_shares", parameters, election, aside, found, rule, parameters.utility, shares.groups)


def _steps(done: Completed, first: Fraction, scale: int) -> Sequence[Step]:
    if not done.steps:
        return ()
    words = f"raised {done.steps} times, from {shown(first, scale)} to {shown(done.outcome.endowment, scale)}"
    return (Step(words, {"steps": done.steps, "endowment": shown(done.outcome.endowment, scale)}),)


def allocate_bounded(election: Election, parameters: BoundedParameters) -> Result:
    """Return the outcome of equal shares with bounded overspending."""

    def bounded(vote: Election) -> tuple[Bounded, tuple[str, ...]]:
        found = bounded_overspending(vote, parameters.utility, parameters.tie_break, starting_endowment(vote, "exact"))
        if parameters.completion == "none":
            return found, ()
        return found, utilitarian(vote, found.projects, parameters.utility, parameters.tie_break)

    def rule(vote: Election) -> tuple[str, ...]:
        found, added = bounded(vote)
        return (*found.projects, *added)

    aside = set_aside(election, rule, parameters.tie_break)
    rest = without(election, aside)
    found, added = bounded(rest)
    trace = [
        Step(f"{one.project} is bought: its supporters cover {shown(one.alpha * 100)} % of its cost by themselves",
             {"project": one.project, "part_covered": shown(one.alpha)})
        for one in found.offers
    ]  # fmt: skip
    trace += [Step(f"{one} is added at the end", {"project": one}) for one in added]
    losers = bounded_losers(rest, found, (*found.projects, *added))
    picked = Picked((*found.projects, *added), tuple(trace), (), losers, {"added_by_completion": list(added)})
    return _result("bounded_overspending", parameters, election, aside, picked, rule, parameters.utility)


def _result(
    method: str,
    parameters: Any,  # noqa: ANN401 - a dataclass of parameters
    election: Election,
    aside: tuple[str, ...],
    found: Picked,
    rule: Callable[[Election], Sequence[str]],
    utility: Utility = "cost",
    groups: Groups | None = None,
) -> Result:
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
