"""What each formula would ideally pay on top of the gifts to a project, before the pool and the cap are looked at."""

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from infracommons.methods.mechanisms.quadratic.gifts import Amount, Round, Rules
from infracommons.methods.result import refuse

Counted = Mapping[str, Mapping[str, Amount]]
Matrix = NDArray[np.float64]
DIGITS = 128  # binary digits of a square root of minor units after the point; the rest is cut off
KEPT = 64  # binary digits of a match after the point, rounded: so few that cut-off roots cannot be seen in them
GRAIN = 10**6  # numeric matches are kept to a millionth of a minor unit, far below what machines differ by
ROWS = 1000  # donors whose pairs are in memory at once


def ideal_matches(round_: Round, rules: Rules, own: Counted) -> dict[str, Fraction]:
    """Return the match of each project in minor units, by the formula of the rules; none is negative."""
    if rules.formula == "quadratic":
        return {project: quadratic_match(gifts) for project, gifts in own.items()}
    if rules.formula == "pairwise":
        return pairwise_matches(own, rules)
    return cluster_matches(round_, own, rules)


def root(amount: Amount) -> int:
    """Return the square root of an amount in units of 2 ** -DIGITS, rounded down; exact for squares."""
    return isqrt((amount.numerator << (2 * DIGITS)) // amount.denominator)


def quadratic_match(gifts: Mapping[str, Amount]) -> Fraction:
    """Return (sum of square roots)^2 less the sum: what all pairs of donors bring together.

    Each root is cut off at 2 ** -128 of its unit, and the match is rounded to 2 ** -64 of a minor unit: a match that is
    a whole number of minor units comes out as that number. Source: V. Buterin, Z. Hitzig, E. G. Weyl, A Flexible Design
    for Funding Public Goods, Management Science 65 (2019).
    """
    if len(gifts) < 2:  # noqa: PLR2004 - a pair
        return Fraction(0)
    known: dict[Amount, int] = {}
    whole = squares = 0
    for amount in gifts.values():
        one = known.get(amount)
        if one is None:
            one = known[amount] = root(amount)
        whole += one
        squares += one * one
    return Fraction(round(Fraction(whole * whole - squares, 1 << (2 * DIGITS - KEPT))), 1 << KEPT)


def pairwise_matches(own: Counted, rules: Rules) -> dict[str, Fraction]:
    """Return the sum over pairs of donors of k * sqrt(a b), k = M / (M + what the pair has in common).

    What a pair has in common is the sum of sqrt(a b) over all projects, or of the single project, as the rules say. An
    ordered count has every pair twice; with no bound it is the quadratic match, and the unordered count half of it.
    Source: V. Buterin, Pairwise coordination subsidies, ethresear.ch, 2019.
    """
    donors = sorted({donor for gifts in own.values() for donor in gifts})
    projects = list(own)
    roots = np.sqrt(_table(own, donors))
    sums = np.zeros(len(projects))
    for start in range(0, len(donors), ROWS):
        block = roots[start : start + ROWS]
        everywhere = block @ roots.T if rules.bounded_over == "all_projects" else None
        for number in range(len(projects)):
            products = np.outer(block[:, number], roots[:, number])
            common = products if everywhere is None else everywhere
            kept = products if rules.bound is None else _bounded(products, common, float(rules.bound))
            rows = np.arange(kept.shape[0])
            kept[rows, rows + start] = 0  # nobody is a pair alone
            sums[number] += kept.sum()
    factor = 1 if rules.pairs == "ordered" else 2
    return {project: _fraction(float(sums[number]) / factor) for number, project in enumerate(projects)}


def cluster_matches(round_: Round, own: Counted, rules: Rules) -> dict[str, Fraction]:
    """Return twice the sum over pairs of groups g, h of sqrt(A(g, h) A(h, g)), A(g, h) = sum over g of K(i, h) / T_i.

    T_i is the number of groups of i, so that i counts as one in all of them together. K(i, h) is sqrt(c_i) where i is
    close to h, else c_i, in units of `rules.unit` minor units. Close: i shares a group with somebody in h (the paper);
    or by degrees, as the part of i's friends who are in h, and 1 for a member of h (Gitcoin).
    Source: J. Miller, E. G. Weyl, L. Erichsen, Beyond Collusion Resistance, SSRN 4311507, 2022.
    """
    donors = sorted({donor for gifts in own.values() for donor in gifts} | _given_members(round_, rules))
    weights = memberships(round_, own, rules, donors)
    if not weights.size:
        return dict.fromkeys(own, Fraction(0))
    close = _closeness(weights, rules)
    normal = weights / weights.sum(axis=1, keepdims=True)
    amounts = _table(own, donors) / rules.unit
    found = {}
    for number, project in enumerate(own):
        who = np.flatnonzero(amounts[:, number])  # others add nothing, nor do groups without any of these
        where = np.flatnonzero(normal[who].any(axis=0))
        given, near = amounts[who][:, [number]], close[np.ix_(who, where)]
        seen = near * np.sqrt(given) + (1 - near) * given
        towards = seen.T @ normal[np.ix_(who, where)]  # towards[h, g]: the sum over g of K(i, h) / T_i
        pairs = np.sqrt(towards * towards.T)
        np.fill_diagonal(pairs, 0)
        found[project] = _fraction(float(pairs.sum()) * rules.unit)
    return found


def memberships(round_: Round, own: Counted, rules: Rules, donors: list[str]) -> Matrix:
    """Return how much each donor (row) belongs to each group (column); who is in none is a group alone.

    Groups are those given; or one for each project, with what somebody gave as weight; or one for all who gave to the
    same set of projects.
    """
    groups: dict[str, Mapping[str, Amount]]
    if rules.groups == "given":
        groups = dict(round_.groups)
    elif rules.groups == "projects":
        groups = dict(own)
    else:
        sets: dict[str, dict[str, Amount]] = {}
        for donor in donors:
            key = "\n".join(project for project, gifts in own.items() if donor in gifts)
            sets.setdefault(key, {})[donor] = 1
        groups = dict(sets)
    table = _table(groups, donors)
    table = table[:, table.sum(axis=0) > 0]
    alone = np.flatnonzero(table.sum(axis=1) == 0)
    own_groups = np.zeros((len(donors), len(alone)))
    own_groups[alone, np.arange(len(alone))] = 1
    return np.hstack([table, own_groups])


def _given_members(round_: Round, rules: Rules) -> set[str]:
    """Return who is in a given group, gift or no gift: they too tie those who gave to one another."""
    if rules.groups != "given":
        return set()
    return {donor for weights in round_.groups.values() for donor, weight in weights.items() if weight}


def _closeness(weights: Matrix, rules: Rules) -> Matrix:
    """Return how close each donor (row) is to each group (column), 0 to 1."""
    member = (weights > 0).astype(np.float64)
    friends = ((member @ member.T) > 0).astype(np.float64)  # everybody is a friend of their own
    if rules.closeness == "shares_a_group":
        return ((friends @ member) > 0).astype(np.float64)
    part: Matrix = np.maximum(friends @ member / friends.sum(axis=1, keepdims=True), member)
    return part


def _bounded(products: Matrix, common: Matrix, bound: float) -> Matrix:
    if bound <= 0:
        refuse("bound", bound, "must be more than zero")
    return products * (bound / (bound + common))


def _table(own: Counted, donors: list[str]) -> Matrix:
    """Return what each donor (row) has in each column."""
    place = {donor: number for number, donor in enumerate(donors)}
    table = np.zeros((len(donors), len(own)))
    for column, values in enumerate(own.values()):
        for donor, value in values.items():
            if donor in place:
                table[place[donor], column] = float(value)
    return table


def _fraction(value: float) -> Fraction:
    return Fraction(round(value * GRAIN), GRAIN)
