from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.panels.assignment import AssignmentRules, Calls, allocate, components
from infracommons.methods.mechanisms.panels.mechanisms import read_assignment_rules, read_calls
from infracommons.methods.result import MethodInputError

RULES = AssignmentRules(2, 0, 3, "total", "none", connected=False)


def calls(expertise: list[list[int]], conflicts: set[tuple[int, int]] = frozenset()) -> Calls:  # type: ignore[assignment]
    return Calls(
        {f"r{at}": "" for at in range(len(expertise[0]))},
        {f"p{at}": "" for at in range(len(expertise))},
        frozenset((f"r{one}", f"p{other}") for other, one in conflicts),
        {(f"r{column}", f"p{row}"): one for row, own in enumerate(expertise) for column, one in enumerate(own)},
    )


def brute_force(given_calls: Calls, rules: AssignmentRules) -> int | None:
    """Return the best total that trying everything finds, by the loads that are left after each proposal."""
    reviewers = list(given_calls.reviewers)
    best: dict[tuple[int, ...], int] = {tuple([0] * len(reviewers)): 0}
    for proposal in given_calls.proposals:
        free = [at for at, one in enumerate(reviewers) if (one, proposal) not in given_calls.conflicts]
        following: dict[tuple[int, ...], int] = {}
        for (loads, total), people in product(best.items(), combinations(free, rules.reviews)):
            after = tuple(load + (at in people) for at, load in enumerate(loads))
            worth = total + sum(given_calls.expertise[reviewers[at], proposal] for at in people)
            if max(after) <= rules.most_load and worth > following.get(after, -1):
                following[after] = worth
        best = following
    totals = [total for loads, total in best.items() if min(loads) >= rules.least_load]
    return max(totals, default=None)


def test_the_best_reviewers_are_found_within_loads() -> None:
    result = allocate(calls([[9, 8, 1], [9, 2, 1], [1, 8, 7]]), replace(RULES, reviews=1, most_load=1))
    assert result.details["assignment"] == {"p0": ["r1"], "p1": ["r0"], "p2": ["r2"]}
    assert result.details["total_expertise"] == 24
    assert result.certificate["no_conflicts"].holds


def test_the_fairest_assignment_serves_the_worst_served_best() -> None:
    skewed = calls([[10, 5], [9, 1]])
    rules = replace(RULES, reviews=1, most_load=1)
    assert allocate(skewed, replace(rules, objective="fairest")).details["expertise"] == {"p0": 5, "p1": 9}
    unfair = calls([[20, 5], [9, 1]])
    assert allocate(unfair, rules).details["expertise"] == {"p0": 20, "p1": 1}
    assert allocate(unfair, replace(rules, objective="fairest")).details["expertise"] == {"p0": 5, "p1": 9}


def test_proposals_are_tied_together_where_asked_for() -> None:
    two_camps = calls([[9, 9, 0, 0], [9, 9, 0, 0], [0, 0, 9, 9], [0, 0, 9, 9]])
    apart = allocate(two_camps, replace(RULES, most_load=2))
    assert apart.certificate["proposals_comparable"].holds is False
    tied = allocate(two_camps, replace(RULES, most_load=2, connected=True))
    assert tied.certificate["proposals_comparable"].holds
    assert tied.details["total_expertise"] == 72 - 18


def test_most_reviewers_come_from_the_region_or_from_elsewhere_by_rule() -> None:
    known = Calls({"a": "north", "b": "north", "c": "south", "d": "south"}, {"p": "north"}, frozenset(), {})
    for rule, expected in (("majority_from_region", 2), ("majority_from_elsewhere", 1)):
        panel = allocate(known, replace(RULES, reviews=3, region_rule=rule)).details["assignment"]["p"]  # type: ignore[arg-type]
        assert sum(one in "ab" for one in panel) == expected


@pytest.mark.parametrize(
    ("rules", "conflicts", "problem"),
    [
        (RULES, {(0, 0), (0, 1), (0, 2)}, "every reviewer has a conflict"),
        (RULES, {(0, 0), (0, 1)}, "only 1 reviewers"),
        (replace(RULES, most_load=1), frozenset(), "4 reviews are needed"),
        (replace(RULES, least_load=2), frozenset(), "more reviews than the 4"),
        (replace(RULES, most_load=2, least_load=1, reviews=1), {(0, 0), (1, 0)}, "asks for more|no assignment keeps"),
    ],
)
def test_what_cannot_be_assigned_is_refused_with_the_reason(
    rules: AssignmentRules, conflicts: set[tuple[int, int]], problem: str
) -> None:
    with pytest.raises(MethodInputError, match=problem):
        allocate(calls([[1, 1, 1], [1, 1, 1]], conflicts), rules)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"reviewers": {}}, "reviewers"),
        ({"conflicts": [{"reviewer": "x", "proposal": "p"}]}, "conflicts"),
        ({"expertise": [{"reviewer": "r", "proposal": "p", "score": 0.5}]}, "expertise[0].score"),
        ({"expertise": [{"reviewer": "r", "proposal": "p", "score": 10**7}]}, "expertise[0].score"),
        ({"expertise": [{"reviewer": "r", "proposal": "p", "score": 1}] * 2}, "expertise[1]"),
        ({"proposals": {"p": None}}, "proposals.p"),
    ],
)
def test_bad_calls_are_refused_by_their_place(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_calls({"reviewers": {"r": ""}, "proposals": {"p": ""}} | changes)
    assert caught.value.where == where


def test_rules_are_read() -> None:
    known = {"reviews": 2, "least_load": 0, "most_load": 3, "objective": "total", "region_rule": "none"}
    assert read_assignment_rules(known | {"connected": False}) == RULES


@pytest.mark.parametrize("seed", range(12))
def test_trying_everything_finds_nothing_better_up_to_six_by_six(seed: int) -> None:
    draw = np.random.Generator(np.random.PCG64(seed))
    size = 3 + seed % 4
    table = draw.integers(0, 10, (size, size)).tolist()
    clashes = {(int(draw.integers(size)), int(draw.integers(size)))}
    rules = replace(RULES, reviews=2, most_load=3, least_load=1)
    expected = brute_force(calls(table, clashes), rules)
    assert expected is not None
    assert allocate(calls(table, clashes), rules).details["total_expertise"] == expected


@settings(max_examples=1000, deadline=None)
@given(
    table=st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=3),
    conflicts=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=3),
    connected=st.booleans(),
)
def test_conflicts_and_loads_are_kept_and_the_total_is_the_best(
    table: list[list[int]],
    conflicts: set[tuple[int, int]],
    connected: bool,  # noqa: FBT001
) -> None:
    known = calls(table, {one for one in conflicts if one[0] < len(table)})
    rules = replace(RULES, reviews=1, most_load=2, connected=connected)
    sure = [who for who in product(known.reviewers, repeat=len(table)) if all(who.count(one) <= 2 for one in who)]
    able = [frozenset(zip(who, known.proposals, strict=True)) for who in sure]
    able = [one for one in able if not one & known.conflicts]
    if connected:
        able = [one for one in able if len(components(known.proposals, one)) == 1]
    if not able:
        with pytest.raises(MethodInputError):
            allocate(known, rules)
        return
    result = allocate(known, rules)
    assert result.details["total_expertise"] == max(sum(known.expertise[pair] for pair in one) for one in able)
    assert not [check for check in result.certificate.failing if connected or check.name != "proposals_comparable"]
