"""The shortest way of a service to "met": the fewest tests of a policy that have to come out otherwise."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from infracommons.methods.decisions.needs import Answer
from infracommons.methods.decisions.policy import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Every,
    Evidence,
    Node,
    Not,
    Test,
    evaluate,
    parts_of,
    tests_of,
)


@dataclass(frozen=True)
class Change:
    """One step to "met": this test has to come out as `to`; it is now `now` (unknown: evidence is to be found)."""

    test_id: str
    now: Answer
    to: Answer


def shortest_route(node: Node, evidence: Evidence) -> tuple[Change, ...] | None:
    """Return the fewest tests that have to change for the policy to be met, each counting alike; None where none do.

    Of equally short routes the one with more open questions and fewer failures is taken. Exact.
    """
    if evaluate(node, evidence) is MET:
        return ()
    ids = tests_of(node)
    if len(set(ids)) == len(ids):
        return _cheapest(node, evidence, MET)
    return _Programme(node, evidence).route()


def _length(route: tuple[Change, ...]) -> tuple[int, int, list[str]]:
    return len(route), sum(one.now is not UNKNOWN for one in route), sorted(one.test_id for one in route)


def _cheapest(node: Node, evidence: Evidence, goal: Answer) -> tuple[Change, ...] | None:
    """Return the shortest route of a tree in which no test comes twice, from the leaves up."""
    now = evaluate(node, evidence)
    if now is goal:
        return ()
    if isinstance(node, Test):
        return None if now is NOT_APPLICABLE else (Change(node.test_id, now, goal),)
    if isinstance(node, Not):
        return _cheapest(node.part, evidence, NOT_MET if goal is MET else MET)
    needs_all = isinstance(node, Every) is (goal is MET)
    routes = [
        _cheapest(part, evidence, goal) for part in parts_of(node) if evaluate(part, evidence) is not NOT_APPLICABLE
    ]
    found = [route for route in routes if route is not None]
    if needs_all:
        return None if not routes or len(found) < len(routes) else tuple(step for route in found for step in route)
    return min(found, key=_length, default=None)


class _Programme:
    """The shortest route of a tree in which a test comes twice, as a whole-number programme for HiGHS.

    With every "not" pushed down to the tests, a node is met where its parts are. Columns are "this test is met", "this
    test is not met" (never both; what is not known is neither) and one for each node.
    """

    def __init__(self, node: Node, evidence: Evidence) -> None:
        self.evidence = evidence
        self.ids = sorted({one for one in tests_of(node) if evidence.get(one, UNKNOWN) is not NOT_APPLICABLE})
        self.column = {(one, to): 2 * at + side for at, one in enumerate(self.ids)
                       for side, to in enumerate((MET, NOT_MET))}  # fmt: skip
        self.rows: list[tuple[dict[int, float], float]] = []  # coefficients whose sum is at least the number
        for one in self.ids:
            self.rows.append(({self.column[one, MET]: -1.0, self.column[one, NOT_MET]: -1.0}, -1.0))
        self.width = len(self.column)
        self.goal = self._needed(node, MET)

    def route(self) -> tuple[Change, ...] | None:
        """Return the changes, None where none make the policy met."""
        if self.goal is None:
            return None
        changes = {at: Change(one, self.evidence.get(one, UNKNOWN), to) for (one, to), at in self.column.items()
                   if self.evidence.get(one, UNKNOWN) is not to}  # fmt: skip
        cost = np.zeros(self.width)
        for at, change in changes.items():
            # One change more always costs more than any number of failures to mend.
            cost[at] = 2 * len(self.ids) + (change.now is not UNKNOWN)
        matrix = np.zeros((len(self.rows), self.width))
        for line, (row, _) in enumerate(self.rows):
            matrix[line, list(row)] = list(row.values())
        low = np.zeros(self.width)
        low[self.goal] = 1.0
        found = milp(cost, constraints=LinearConstraint(matrix, [least for _, least in self.rows]),
                     integrality=np.ones(self.width), bounds=Bounds(low, 1.0))  # fmt: skip
        return None if found.x is None else tuple(change for at, change in changes.items() if found.x[at] > 0.5)  # noqa: PLR2004

    def _needed(self, node: Node, goal: Answer) -> int | None:
        """Return the column that says whether a node comes out as `goal`, None where it does not apply."""
        if isinstance(node, Test):
            return self.column.get((node.test_id, goal))
        if isinstance(node, Not):
            return self._needed(node.part, NOT_MET if goal is MET else MET)
        parts = [at for part in parts_of(node) if (at := self._needed(part, goal)) is not None]
        if not parts:
            return None
        own, self.width = self.width, self.width + 1
        if isinstance(node, Every) is (goal is MET):
            self.rows += [({at: 1.0, own: -1.0}, 0.0) for at in set(parts)]
        else:
            self.rows.append(({**dict.fromkeys(parts, 1.0), own: -1.0}, 0.0))
        return own
