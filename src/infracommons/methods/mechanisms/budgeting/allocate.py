"""The rules as mechanisms: an election and parameters in, a result with its way, certificate and losers out."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from infracommons.methods.mechanisms.budgeting.bos import Bounded, bounded_overspending
from infracommons.methods.mechanisms.budgeting.checks import (
    payments,
    price_system,
    settled,
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
from infracommons.methods.mechanisms.budgeting.exact_shares import (
    ExactOutcome,
    ExactShares,
    left_by_voter,
    raised,
)
from infracommons.methods.mechanisms.budgeting.floors import set_aside, without
from infracommons.methods.mechanisms.budgeting.greedy import greedy
from infracommons.methods.mechanisms.budgeting.losers import (
    bounded_losers,
    equal_shares_losers,
    exact_losers,
    greedy_losers,
    optimal_losers,
    phragmen_losers,
)
from infracommons.methods.mechanisms.budgeting.optimal import optimal, votes_of
from infracommons.methods.mechanisms.budgeting.parameters import (
    BoundedParameters,
    EqualSharesParameters,
    ExactParameters,
    GreedyParameters,
    OptimalParameters,
    PhragmenParameters,
)
from infracommons.methods.mechanisms.budgeting.phragmen import phragmen
from infracommons.methods.mechanisms.budgeting.picked import Picked, as_result
from infracommons.methods.mechanisms.budgeting.voters import amount, shown
from infracommons.methods.result import Result, Step


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
    return as_result("greedy", parameters, election, aside, Picked(chosen, trace, (), losers), rule)


def allocate_optimal(election: Election, parameters: OptimalParameters) -> Result:
    """Return the outcome of the most votes in all; floors are conditions of the programme itself."""

    def rule(vote: Election) -> tuple[str, ...]:
        return optimal(vote, parameters.score)

    chosen = rule(election)
    score = votes_of(election, chosen, parameters.score)
    trace = (Step(f"no outcome that keeps budget and conditions has more than {shown(score)}", {"score": score}),)
    found = Picked(chosen, trace, (), optimal_losers(election, chosen, parameters.score), {"score": score})
    return as_result("optimal", parameters, election, (), found, rule)


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
    return as_result(
        "phragmen", parameters, election, aside, Picked(rule(rest), trace, (), phragmen_losers(rest, bought)), rule
    )


def complete(shares: EqualShares, parameters: EqualSharesParameters) -> Completed:
    """Return the outcome of equal shares with its completion."""
    election = shares.election
    start = starting_endowment(election, parameters.start)
    raised = parameters.completion in {"add_one", "add_one_utilitarian"}
    done = (
        add_one(shares, start, parameters.step * election.scale, parameters.stop)
        if raised
        else Completed(shares.run(start), 0, ())
    )
    if parameters.completion in {"utilitarian", "add_one_utilitarian"}:
        return replace(done, added=utilitarian(election, done.projects, parameters.utility, parameters.tie_break))
    if parameters.completion == "phragmen":
        return replace(done, added=by_phragmen(election, done.outcome, parameters.tie_break))
    return done


def allocate_equal_shares(election: Election, parameters: EqualSharesParameters) -> Result:
    """Return the outcome of the method of equal shares."""
    election = election.counted_by(parameters.utility)

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
    return as_result("equal_shares", parameters, election, aside, found, rule, parameters.utility, shares.groups)


def _steps(done: Completed, first: Fraction, scale: int) -> Sequence[Step]:
    if not done.steps:
        return ()
    words = f"raised {done.steps} times, from {shown(first, scale)} to {shown(done.outcome.endowment, scale)}"
    return (Step(words, {"steps": done.steps, "endowment": shown(done.outcome.endowment, scale)}),)


def allocate_bounded(election: Election, parameters: BoundedParameters) -> Result:
    """Return the outcome of equal shares with bounded overspending."""
    election = election.counted_by(parameters.utility)

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
    return as_result("bounded_overspending", parameters, election, aside, picked, rule, parameters.utility)


def allocate_exact(election: Election, parameters: ExactParameters) -> Result:
    """Return the outcome of exact equal shares."""

    def counted(vote: Election) -> tuple[ExactShares, ExactOutcome, int, tuple[str, ...]]:
        shares = ExactShares(vote, parameters.utility, parameters.tie_break)
        start = starting_endowment(vote, parameters.start)
        outcome, steps = raised(shares, start, parameters.completion, parameters.step * vote.scale, parameters.stop)
        if parameters.completion != "utilitarian":
            return shares, outcome, steps, ()
        return shares, outcome, steps, utilitarian(vote, outcome.projects, parameters.utility, parameters.tie_break)

    def rule(vote: Election) -> tuple[str, ...]:
        _, outcome, _, added = counted(vote)
        return (*outcome.projects, *added)

    election = election.of_approvals()
    aside = set_aside(election, rule, parameters.tie_break)
    rest, scale = without(election, aside), election.scale
    shares, outcome, steps, added = counted(rest)
    trace = [
        Step(f"{one.project} is bought: those who pay for it pay {shown(one.part, scale)} each",
             {"project": one.project, "cost": amount(rest.cost[one.project], scale), "paid": shown(one.part, scale)})
        for one in outcome.purchases
    ]  # fmt: skip
    trace += [Step(f"{one} is added at the end", {"project": one}) for one in added]
    chosen = (*outcome.projects, *added)
    details = {"endowment": shown(outcome.endowment, scale), "steps": steps, "added_by_completion": list(added)}
    checks = settled(rest, left_by_voter(shares, outcome), outcome.endowment, outcome.projects)
    found = Picked(chosen, tuple(trace), checks, exact_losers(shares, outcome, chosen), details)
    return as_result("exact_equal_shares", parameters, election, aside, found, rule, parameters.utility)
