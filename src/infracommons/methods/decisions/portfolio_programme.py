"""A portfolio problem as a whole-number programme for HiGHS; its answers are checked to the minor unit."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from infracommons.methods.decisions.portfolio_rules import LARGEST, Candidate, Portfolio, Rules
from infracommons.methods.decisions.table import Floats
from infracommons.methods.result import refuse

SECONDS = 60.0  # a solver that has not proved its answer by then says so
TRIES = 50


class Programme:
    """The whole-number programme of a problem; one column for each candidate."""

    def __init__(self, candidates: Sequence[Candidate], rules: Rules) -> None:
        """Take a problem that was checked; values become whole numbers of their common unit."""
        self.candidates, self.rules = candidates, rules
        self.unit = _unit([one.value for one in candidates])
        self.values = np.array([float(one.value / self.unit) for one in candidates])
        self.costs = np.array([float(one.cost) for one in candidates])
        self.place = {one.candidate_id: at for at, one in enumerate(candidates)}
        self.rows: list[tuple[Floats, float, float]] = []
        self._build()

    def _build(self) -> None:
        """Make the rows that do not depend on cost."""
        for group, least in (self.rules.at_least or {}).items():
            self.rows.append((self._members(group), float(least), np.inf))
        for group, most in (self.rules.at_most or {}).items():
            self.rows.append((self._members(group), -np.inf, float(most)))
        for names in self.rules.exclusive:
            self.rows.append((self._marks({self.place[name] for name in names}), -np.inf, 1.0))
        for at, one in enumerate(self.candidates):
            for name in one.requires:
                row = self._marks({at})
                row[self.place[name]] -= 1.0
                self.rows.append((row, -np.inf, 0.0))

    def _marks(self, places: set[int]) -> Floats:
        row = np.zeros(len(self.candidates))
        row[list(places)] = 1.0
        return row

    def _members(self, group: str) -> Floats:
        return self._marks({at for at, one in enumerate(self.candidates) if group in one.groups})

    def _money(self, ceiling: int) -> list[tuple[Floats, float, float]]:
        """Return the rows of the budget and of each recipient's part."""
        rows = [(self.costs, -np.inf, float(ceiling))]
        cap = int(self.rules.largest_share * self.rules.budget)
        if cap < self.rules.budget:
            for name in sorted({one.recipient for one in self.candidates} - {""}):
                own = {at for at, one in enumerate(self.candidates) if one.recipient == name}
                rows.append((self.costs * self._marks(own), -np.inf, float(cap)))
        return rows

    def best(self, forced: str | None = None, ceiling: int | None = None) -> Portfolio:
        """Return the best set, under a lower ceiling of cost, or with a candidate forced in: then whatever it costs."""
        rows = self.rows + self._money(self.rules.budget if ceiling is None else ceiling)
        if forced is not None:
            rows.append((self._marks({self.place[forced]}), 1.0, 1.0))
        found = Portfolio((), Fraction(0), 0, is_feasible=False)
        for _ in range(TRIES):
            found = self._tried(rows, is_thrifty=forced is None)
            if not found.is_feasible or self._keeps(found, self.rules.budget if ceiling is None else ceiling):
                return found
            # The solver let a set pass by its tolerance: this set is barred and the next best is sought.
            inside = self._marks({self.place[name] for name in found.selected})
            rows.append((1 - 2 * inside, 1.0 - len(found.selected), np.inf))
        return Portfolio((), Fraction(0), 0, is_feasible=False, is_proved=False)

    def _tried(self, rows: list[tuple[Floats, float, float]], *, is_thrifty: bool) -> Portfolio:
        """Return the best set of these rows, by value and, if thrifty, then by cost."""
        first, proved = _solve(-self.values, rows)
        if first is None:
            return Portfolio((), Fraction(0), 0, is_feasible=False, is_proved=proved)
        top = round(float(self.values @ first))
        second, also = _solve(self.costs, [*rows, (self.values, top - 0.5, np.inf)]) if is_thrifty else (None, True)
        chosen = first if second is None else second
        kept = [one for one, taken in zip(self.candidates, chosen, strict=True) if taken]
        value, cost = sum((one.value for one in kept), Fraction(0)), sum(one.cost for one in kept)
        return Portfolio(
            tuple(one.candidate_id for one in kept), value, cost, is_feasible=True, is_proved=proved and also
        )

    def _keeps(self, found: Portfolio, ceiling: int) -> bool:
        """Return whether the money rules are kept to the minor unit."""
        kept = [self.candidates[self.place[name]] for name in found.selected]
        by_recipient: dict[str, int] = {}
        for one in kept:
            by_recipient[one.recipient] = by_recipient.get(one.recipient, 0) + one.cost
        by_recipient.pop("", None)
        cap = self.rules.largest_share * self.rules.budget
        return found.cost <= ceiling and all(cost <= cap for cost in by_recipient.values())

    def highest_cost(self, name: str, value: Fraction) -> int | None:
        """Return the highest cost of a candidate at which a set with it reaches `value`, at most its own cost."""
        at = self.place[name]
        free = self.costs.copy()
        free[at] = 0.0
        rows = [(np.append(row, 0.0), low, high) for row, low, high in self.rows]
        for row, low, high in self._money(self.rules.budget):
            own = row.copy()
            own[at] = 0.0
            rows.append((np.append(own, 1.0 if row[at] or row is self.costs else 0.0), low, high))
        target = float(value / self.unit)
        rows.append((np.append(self.values, 0.0), target - 0.5, np.inf))
        rows.append((np.append(self._marks({at}), 0.0), 1.0, 1.0))
        goal = np.append(np.zeros(len(self.candidates)), -1.0)
        found, _ = _solve(goal, rows, last_most=float(self.candidates[at].cost))
        return None if found is None else int(found[-1])


def _solve(goal: Floats, rows: list[tuple[Floats, float, float]], last_most: float = 1.0) -> tuple[Floats | None, bool]:
    """Return whole numbers that make `goal` least, or None; and whether that is proved."""
    lines = np.array([row for row, _, _ in rows])
    limits = LinearConstraint(lines, [low for _, low, _ in rows], [high for _, _, high in rows])
    upper = np.ones(len(goal))
    upper[-1] = last_most
    found = milp(goal, constraints=limits, integrality=np.ones(len(goal)), bounds=Bounds(0, upper),
                 options={"mip_rel_gap": 0.0, "time_limit": SECONDS})  # fmt: skip
    proved = found.status in {0, 2}  # the best, or none exists
    return (None if found.x is None else np.asarray(np.round(found.x))), proved


def _unit(values: Sequence[Fraction]) -> Fraction:
    """Return the greatest number of which all values are whole multiples; 1 where all are zero."""
    below = 1
    for value in values:
        below = below * value.denominator // gcd(below, value.denominator)
    whole = 0
    for value in values:
        whole = gcd(whole, int(value * below))
    unit = Fraction(whole or 1, below)
    if max(values) / unit > LARGEST:
        refuse("candidates", float(max(values)), "values differ by too fine a step: round them to the same few digits")
    return unit
