"""What an outcome spends on behalf of each voter, and how evenly."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from infracommons.methods.health.concentration import gini
from infracommons.methods.mechanisms.budgeting.election import Election

_DECIMALS = 4


def shown(units: Fraction | int, scale: int = 1) -> str:
    """Return an amount in the currency unit of the inputs as text, rounded to four decimals, for people to read."""
    whole = round(Fraction(units) / scale * 10**_DECIMALS)
    sign, (before, after) = "-" if whole < 0 else "", divmod(abs(whole), 10**_DECIMALS)
    return f"{sign}{before}.{after:0{_DECIMALS}d}".rstrip("0").rstrip(".")


def amount(units: int, scale: int) -> int | str:
    """Return an exact amount in the currency unit of the inputs: an integer, or text with two decimals."""
    return units // scale if units % scale == 0 else f"{units // scale}.{units % scale * 100 // scale:02d}"


def shares_of_voters(election: Election, chosen: Sequence[str]) -> Mapping[str, Fraction]:
    """Return the money spent on behalf of each voter: the cost of each winner, parted among those who support it.

    Parted by weight. What nobody supports is spent on behalf of none. Source: M. Lackner, J. Maly, S. Rey, Fairness in
    Participatory Budgeting via Equality of Resources, AAMAS 2023 (the share of a voter).
    """
    weight = dict.fromkeys(chosen, Fraction(0))
    for ballot in election.ballots:
        for project in ballot.names:
            if project in weight:
                weight[project] += ballot.weight
    each = {project: election.cost[project] / own for project, own in weight.items() if own}
    return {
        ballot.voter: sum((each[one] * ballot.weight for one in ballot.names if one in each), Fraction(0))
        for ballot in election.ballots
    }


def spending(election: Election, chosen: Sequence[str]) -> Mapping[str, Any]:
    """Return a summary of it for the result: Gini coefficient, extremes, and each voter's amount as text."""
    shares = shares_of_voters(election, chosen)
    amounts = sorted(shares.values())
    found: dict[str, Any] = {
        "meaning": "the cost of each winner, parted equally among its supporters",
        "voters_without_a_winner": sum(1 for one in amounts if not one),
        "gini": None,
        "by_voter": {voter: shown(one, election.scale) for voter, one in shares.items()},
    }
    if amounts:
        index = gini(amounts)
        found["gini"] = None if index is None else shown(index)
        found["least"], found["most"] = shown(amounts[0], election.scale), shown(amounts[-1], election.scale)
        found["median"] = shown(amounts[len(amounts) // 2], election.scale)
    return found
