"""What to fund with one budget: the set of most value that keeps every rule, exactly, and what a left-out one lacks."""

from collections.abc import Sequence
from fractions import Fraction

from infracommons.methods.decisions.portfolio_programme import Programme
from infracommons.methods.decisions.portfolio_rules import Candidate, Lack, Portfolio, Rules, check
from infracommons.methods.result import refuse


def best_portfolio(candidates: Sequence[Candidate], rules: Rules) -> Portfolio:
    """Return a set of greatest value and, among those, of least cost; by HiGHS without a gap.

    MethodInputError for repeated or unknown ids, negative amounts, or a share outside 0 to 1.
    """
    check(candidates, rules)
    return Programme(candidates, rules).best()


def what_lacks(candidates: Sequence[Candidate], rules: Rules, chosen: Portfolio, candidate_id: str) -> Lack:
    """Return what a candidate that was left out lacks."""
    check(candidates, rules)
    by_id = {one.candidate_id: one for one in candidates}
    if candidate_id not in by_id or candidate_id in chosen.selected:
        refuse("candidate_id", candidate_id, "is not a candidate that was left out")
    programme = Programme(candidates, rules)
    forced = programme.best(forced=candidate_id)
    lost = chosen.value - forced.value if forced.is_feasible else None
    enters = programme.highest_cost(candidate_id, chosen.value)
    lower = None if enters is None else by_id[candidate_id].cost - enters
    if lower is None:
        words = "Even as a gift it would not enter: other choices are worth more, or a rule keeps it out."
    elif lower == 0:
        words = "It enters a set that is as good; the tie went to the set of less cost, or to the one found first."
    else:
        words = f"It would enter at {enters}, {lower} less than it costs (minor units)."
    return Lack(candidate_id, lost, enters, lower, words)


def best_by_budget(candidates: Sequence[Candidate], rules: Rules, *, steps: int) -> list[tuple[int, Fraction]]:
    """Return (cost, value) of the best sets for equal steps of the budget, rising: points of the efficient frontier.

    A share of the budget stays that of the whole budget.
    """
    check(candidates, rules)
    programme = Programme(candidates, rules)
    tried = [programme.best(ceiling=rules.budget * step // steps) for step in range(1, steps + 1)]
    return sorted({(found.cost, found.value) for found in tried if found.is_feasible})


def frontier(candidates: Sequence[Candidate], rules: Rules, *, most: int = 100) -> list[tuple[int, Fraction]]:
    """Return the efficient frontier up to the budget: (cost, value) of sets that no other beats on both, rising.

    At most `most` points, from the greatest value down. A share of the budget stays that of the whole budget.
    """
    check(candidates, rules)
    programme = Programme(candidates, rules)
    points: list[tuple[int, Fraction]] = []
    ceiling = rules.budget
    while ceiling >= 0 and len(points) < most:
        found = programme.best(ceiling=ceiling)
        if not found.is_feasible:
            break
        points.append((found.cost, found.value))
        ceiling = found.cost - 1
    return points[::-1]
