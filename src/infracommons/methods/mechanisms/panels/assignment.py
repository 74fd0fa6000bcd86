"""Assigns reviewers to proposals: no conflicts, bounded loads, the best expertise, regions, and all comparable (HiGHS).

Reviews can be calibrated only if proposals are tied together by shared reviewers, so this can be asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from infracommons.methods.result import Certificate, Check, Result, Step, refuse

Objective = Literal["total", "fairest"]
RegionRule = Literal["none", "majority_from_region", "majority_from_elsewhere"]
Pair = tuple[str, str]
Rows = list[tuple[NDArray[np.float64], float, float]]


@dataclass(frozen=True)
class Calls:
    """Reviewers and proposals with their regions ("" for none); conflicts and expertise by (reviewer, proposal)."""

    reviewers: Mapping[str, str]
    proposals: Mapping[str, str]
    conflicts: frozenset[Pair]
    expertise: Mapping[Pair, int]

    def __post_init__(self) -> None:
        """Raise MethodInputError for nobody, and for pairs that name somebody unknown."""
        if not self.reviewers or not self.proposals:
            refuse("reviewers" if not self.reviewers else "proposals", [], "there are none")
        for where, pairs in (("conflicts", sorted(self.conflicts)), ("expertise", list(self.expertise))):
            for reviewer, proposal in pairs:
                if reviewer not in self.reviewers or proposal not in self.proposals:
                    refuse(where, f"{reviewer} on {proposal}", "no such reviewer or proposal")


@dataclass(frozen=True)
class AssignmentRules:
    """reviews: of each proposal; loads: fewest and most reviews of a reviewer.

    objective: total expertise, or fairest (first the expertise of the worst served proposal, then the total).
    region_rule: whether most reviewers of a proposal come from its region, or from elsewhere. connected: whether all
    proposals are to be tied together by shared reviewers.
    """

    reviews: int
    least_load: int
    most_load: int
    objective: Objective
    region_rule: RegionRule
    connected: bool


def allocate(inputs: Calls, parameters: AssignmentRules) -> Result:
    """Return who reviews what, under `details`; nobody is paid, so there are no amounts."""
    chosen = assigned(inputs, parameters)
    panel = {proposal: sorted(one for one, other in chosen if other == proposal) for proposal in inputs.proposals}
    loads = {one: sum(pair[0] == one for pair in chosen) for one in inputs.reviewers}
    served = {one: sum(inputs.expertise.get((who, one), 0) for who in panel[one]) for one in inputs.proposals}
    return Result(
        method="reviewer_assignment",
        parameters=vars(parameters) | {"solver": "HiGHS", "tie_break": "the solver's first best assignment"},
        amounts={},
        trace=(Step("expertise of each proposal's reviewers", served),),
        certificate=_certificate(inputs, parameters, panel, loads),
        selected=(),
        losers={},
        details={"assignment": panel, "loads": loads, "expertise": served, "total_expertise": sum(served.values())},
    )


def assigned(calls: Calls, rules: AssignmentRules) -> frozenset[Pair]:
    """Return the pairs (reviewer, proposal); MethodInputError where no assignment keeps the conditions."""
    _refuse_impossible(calls, rules)
    pairs = [
        (one, other) for other in calls.proposals for one in calls.reviewers if (one, other) not in calls.conflicts
    ]
    worth = np.array([calls.expertise.get(pair, 0) for pair in pairs], dtype=float)
    rows = _conditions(calls, rules, pairs)
    while True:
        chosen = _best(calls, rules, pairs, worth, rows)
        if not rules.connected:
            return chosen
        parts = components(calls.proposals, chosen)
        if len(parts) == 1:
            return chosen
        for proposals, reviewers in parts:  # some review must tie each part to the rest
            crossing = [(one in reviewers) != (other in proposals) for one, other in pairs]
            rows.append((np.array(crossing, dtype=float), 1, np.inf))


def components(proposals: Mapping[str, str], chosen: frozenset[Pair]) -> list[tuple[set[str], set[str]]]:
    """Return the parts that are tied together: sets of proposals and of reviewers."""
    parts: list[tuple[set[str], set[str]]] = [
        ({one}, {who for who, other in chosen if other == one}) for one in proposals
    ]
    merged = True
    while merged:
        merged = False
        for place, (inside, people) in enumerate(parts):
            touching = [other for other in parts[place + 1 :] if other[1] & people]
            if touching:
                parts = [one for one in parts if one not in touching]
                parts[place] = (
                    inside.union(*(one[0] for one in touching)),
                    people.union(*(one[1] for one in touching)),
                )
                merged = True
                break
    return parts


def _best(
    calls: Calls, rules: AssignmentRules, pairs: list[Pair], worth: NDArray[np.float64], rows: Rows
) -> frozenset[Pair]:
    if rules.objective == "total":
        return _solved(pairs, -worth, rows)
    served = [np.array([other == one for _, other in pairs], dtype=float) * worth for one in calls.proposals]
    top = float(np.abs(worth).sum()) + 1
    level = [(np.append(one, -1.0), 0.0, np.inf) for one in served]
    wide = [(np.append(row, 0.0), low, high) for row, low, high in rows] + level
    fair = _solved(pairs, np.append(np.zeros(len(pairs)), -1.0), wide, extra=top)
    least = min(sum(one[at] for at, pair in enumerate(pairs) if pair in fair) for one in served)
    return _solved(pairs, -worth, [*rows, *((one, least, np.inf) for one in served)])


def _solved(pairs: list[Pair], cost: NDArray[np.float64], rows: Rows, extra: float | None = None) -> frozenset[Pair]:
    """Return the pairs of the cheapest choice; `extra` is the bound of one more whole number beside the pairs."""
    high = np.ones(len(pairs)) if extra is None else np.append(np.ones(len(pairs)), extra)
    low = np.zeros(len(pairs)) if extra is None else np.append(np.zeros(len(pairs)), -extra)
    matrix = np.array([row for row, _, _ in rows])
    limits = LinearConstraint(matrix, np.array([one for _, one, _ in rows]), np.array([one for _, _, one in rows]))
    solution = milp(cost, constraints=limits, integrality=np.ones(len(cost)), bounds=Bounds(low, high))
    if solution.x is None:
        refuse("parameters", None, "no assignment keeps all conditions at once; loosen loads, regions or conflicts")
    return frozenset(pair for pair, taken in zip(pairs, solution.x, strict=False) if taken > 0.5)  # noqa: PLR2004


def _conditions(calls: Calls, rules: AssignmentRules, pairs: list[Pair]) -> Rows:
    rows: Rows = []
    for proposal, region in calls.proposals.items():
        own = np.array([other == proposal for _, other in pairs], dtype=float)
        rows.append((own, rules.reviews, rules.reviews))
        if rules.region_rule != "none" and region:
            near = rules.region_rule == "majority_from_region"
            counted = [(calls.reviewers[one] == region) == near for one, _ in pairs]
            rows.append((own * np.array(counted, dtype=float), rules.reviews // 2 + 1, np.inf))
    for reviewer in calls.reviewers:
        mine = np.array([one == reviewer for one, _ in pairs], dtype=float)
        rows.append((mine, rules.least_load, rules.most_load))
    return rows


def _refuse_impossible(calls: Calls, rules: AssignmentRules) -> None:
    """Say in words what is wrong where counting is enough to see it."""
    if rules.reviews < 1:
        refuse("reviews", rules.reviews, "must be at least 1")
    if not 0 <= rules.least_load <= rules.most_load:
        refuse("least_load", rules.least_load, f"must be from 0 to the most, {rules.most_load}")
    for proposal in calls.proposals:
        free = sum((one, proposal) not in calls.conflicts for one in calls.reviewers)
        if free < rules.reviews:
            words = "every reviewer has a conflict" if not free else f"only {free} reviewers have no conflict"
            refuse(f"proposals.{proposal}", free, f"{words}; {rules.reviews} are needed")
    needed, able = rules.reviews * len(calls.proposals), rules.most_load * len(calls.reviewers)
    if needed > able:
        refuse("most_load", rules.most_load, f"{needed} reviews are needed, and reviewers may do {able} together")
    if rules.least_load * len(calls.reviewers) > needed:
        refuse("least_load", rules.least_load, f"asks for more reviews than the {needed} there are")


def _certificate(
    calls: Calls, rules: AssignmentRules, panel: Mapping[str, list[str]], loads: Mapping[str, int]
) -> Certificate:
    chosen = frozenset((who, one) for one, people in panel.items() for who in people)
    clash = sorted(chosen & calls.conflicts)
    uneven = {one: load for one, load in loads.items() if not rules.least_load <= load <= rules.most_load}
    parts = [sorted(inside) for inside, _ in components(calls.proposals, chosen)]
    few = [one for one, people in panel.items() if len(people) != rules.reviews]
    tied = "shared reviewers tie all proposals together" if len(parts) == 1 else "parts share no reviewer"
    return Certificate(
        (
            Check("no_conflicts", not clash, "nobody reviews where they have a conflict", clash or None),
            Check("reviews_complete", not few, f"each proposal has {rules.reviews} reviewers", few or None),
            Check("loads_kept", not uneven, "loads are within their bounds", uneven or None),
            Check("proposals_comparable", len(parts) == 1, tied, parts if len(parts) > 1 else None),
        )
    )
