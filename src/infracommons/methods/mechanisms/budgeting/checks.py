"""What is proved of an outcome: budget, conditions, that nothing more fits, and that no group was left short."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from infracommons.methods.mechanisms.budgeting.completions import is_exhaustive
from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.equal_shares import Outcome
from infracommons.methods.mechanisms.budgeting.floors import spent_by_location
from infracommons.methods.mechanisms.budgeting.groups import Groups
from infracommons.methods.result import Check

_SHOWN = 5  # voters named in a witness


def outcome_checks(election: Election, chosen: Sequence[str]) -> tuple[Check, ...]:
    """Return what can be said of any outcome: budget, conditions, and whether something else would still fit."""
    spent = election.total(chosen)
    fits = [project for project in election.cost if election.allows(chosen, project)]
    supported = [project for project in fits if election.supporters[project]]
    return (
        Check(
            "budget",
            spent <= election.budget,
            "the winners cost no more than the budget",
            {"cost": spent, "budget": election.budget},
        ),
        Check(
            "ballots",
            not election.odd,
            "the record of the vote agrees with itself, and no ballot goes beyond its limits; all were counted",
            list(election.odd) or None,
        ),
        _constraints(election, chosen),
        _floors(election, chosen),
        Check(
            "exhaustive",
            is_exhaustive(election, chosen),
            "no other project of the list, voted for or not, fits into the budget and the conditions",
            {"would_fit": fits, "of_these_voted_for": supported} if fits else None,
        ),
    )


def _constraints(election: Election, chosen: Sequence[str]) -> Check:
    rules = election.constraints
    few = [project for project in chosen if election.supporters[project] < rules.minimum_votes]
    spent = election.spent_by_category(chosen)
    over = {name: spent[name] - most for name, most in rules.quotas.items() if spent.get(name, 0) > most}
    pairs = [group for group in rules.exclusive if len(set(chosen).intersection(group)) > 1]
    broken = {"too_few_votes": few, "over_quota": over, "both_of_exclusive": pairs}
    found = {name: value for name, value in broken.items() if value}
    return Check("conditions", not found, "quotas, exclusive variants and minimum votes are kept", found or None)


def _floors(election: Election, chosen: Sequence[str]) -> Check:
    spent = spent_by_location(election, chosen)
    floors = election.constraints.floors
    short = {place: least - spent.get(place, 0) for place, least in floors.items() if spent.get(place, 0) < least}
    return Check(
        "floors", not short, "each location with a floor gets at least so much", {"short": short} if short else None
    )


def payments(election: Election, outcome: Outcome) -> tuple[Check, ...]:
    """Return the checks of what voters paid: it adds up to the cost of what they bought, and nobody overspent."""
    return settled(election, outcome.left, outcome.endowment, outcome.projects)


def settled(
    election: Election, left: Mapping[str, Fraction], endowment: Fraction, bought: Sequence[str]
) -> tuple[Check, ...]:
    """Return the same checks, given what each voter has left of an endowment by weight."""
    whole = sum((ballot.weight for ballot in election.ballots), Fraction(0)) * endowment
    paid, cost = whole - sum(left.values(), Fraction(0)), election.total(bought)
    minus = [voter for voter, amount in left.items() if amount < 0]
    return (
        Check("balance", paid == cost, "what voters paid is exactly what the projects they bought cost"),
        Check(
            "endowment",
            not minus,
            "no voter paid more than the equal part that was given to them",
            {"voters": minus} if minus else None,
        ),
    )


def price_system(election: Election, outcome: Outcome, added: Sequence[str]) -> Check:
    """Return whether the payments explain the whole outcome (priceability).

    Source: D. Peters, P. Skowron, Proportionality and the Limits of Welfarism, EC 2020, definition 2; with costs.
    """
    chosen = {*outcome.projects, *added}
    losers = [project for project in outcome.groups.sides if project not in chosen]
    rich = [project for project in losers if outcome.purses.together(project) > election.cost[project]]
    problems = {"not_paid_by_voters": list(added), "supporters_could_pay_more_than_its_cost": rich}
    found = {name: value for name, value in problems.items() if value}
    return Check(
        "price system",
        not found,
        "voters with equal money paid for the winners, each only for what they support, and the supporters of no "
        "loser have more left than it costs",
        found or None,
    )


def proportional(election: Election, groups: Groups, chosen: Sequence[str]) -> Check:
    """Return whether no group of supporters of a losing project was left short, up to that one project.

    Take a loser p and some of its supporters S. Were S to pay for p alone, in parts as their utilities, each unit of
    utility would cost cost(p) / (sum of u(p) in S). The outcome is wanting where that price would have bought every
    member of S more than their winners and p together. Equal shares never is: the first of S who could not pay for p
    had spent the rest of the endowment at no higher a price. With unit costs and approvals, it is EJR+ up to one.
    Sources: M. Brill, J. Peters, Robust and Verifiable Proportionality Axioms, EC 2023 (groups by one common loser, so
    that sorting supporters by what they got finds the worst group); D. Peters, G. Pierczynski, P. Skowron, NeurIPS
    2021 (up to one project).
    """
    words = (
        "no supporters of a losing project could, with their equal part of the budget and at the price at which they "
        "could pay for it alone, have bought each of them more than what won and that project give them"
    )
    weight = int((groups.weight * groups.count).sum())
    if not weight:
        return Check("EJR+ up to one project", holds=True, words=words)
    got = np.zeros(len(groups.weight), dtype=np.int64)
    for project in chosen:
        if project in groups.sides:
            got[groups.sides[project].groups] += groups.sides[project].utility
    scale = lcm(*{int(one) for one in groups.weight})
    for project, side in groups.sides.items():
        if project not in chosen:
            have = (got[side.groups] + side.utility).tolist()
            weights, count = groups.weight[side.groups].tolist(), groups.count[side.groups].tolist()
            rows = sorted(
                (amount * (scale // own), units * number, group)
                for amount, own, units, number, group in zip(
                    have, weights, side.utility.tolist(), count, side.groups.tolist(), strict=True
                )
            )
            if short := _short(rows, Fraction(election.budget * scale, weight * election.cost[project])):
                return Check(
                    "EJR+ up to one project", holds=False, words=words, witness=_witness(groups, project, short)
                )
    return Check("EJR+ up to one project", holds=True, words=words)


def _short(rows: Sequence[tuple[int, int, int]], rate: Fraction) -> list[int]:
    """Return the groups of voters who together deserve more than any of them has, those with least first."""
    units = 0
    for place, (amount, own, _) in enumerate(rows):
        units += own
        is_last = place + 1 == len(rows) or rows[place + 1][0] > amount
        if is_last and amount * rate.denominator <= rate.numerator * units:
            return [group for _, _, group in rows[: place + 1]]
    return []


def _witness(groups: Groups, project: str, short: Sequence[int]) -> Mapping[str, object]:
    voters = [voter for group in short for voter in groups.members[group]]
    return {"project": project, "voters": len(voters), "some_of_them": voters[:_SHOWN]}


def committee(election: Election, chosen: Sequence[str]) -> Check | None:
    """Return whether EJR+ holds; None where ballots are no plain approvals or costs differ.

    Source: M. Brill, J. Peters, 2023, definition 3: of n voters and k places, no group of at least l n / k supporters
    of one loser, each with fewer than l winners.
    """
    costs = set(election.cost.values())
    if election.kind != "approval" or len(costs) != 1 or len({ballot.weight for ballot in election.ballots}) != 1:
        return None
    places = min(election.budget // max(1, *costs), len(election.projects))
    won = [len(set(ballot.names).intersection(chosen)) for ballot in election.ballots]
    words = "of n voters and k places, no l n / k supporters of one loser have fewer than l winners each"
    for project in election.cost:
        if project in chosen:
            continue
        own = [number for ballot, number in zip(election.ballots, won, strict=True) if project in ballot.names]
        for level in range(1, places + 1):
            short = sum(1 for number in own if number < level)
            if short * places >= level * len(won):
                return Check(
                    "EJR+",
                    holds=False,
                    words=words,
                    witness={"project": project, "voters": short, "fewer_than": level},
                )
    return Check("EJR+", holds=True, words=words)
