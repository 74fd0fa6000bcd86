from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.portfolio import best_portfolio, frontier, what_lacks
from infracommons.methods.decisions.portfolio_rules import Candidate, Rules
from infracommons.methods.result import MethodInputError

thousand = settings(max_examples=1000, deadline=None)


def allowed(chosen: Sequence[Candidate], rules: Rules, ceiling: int | None = None) -> bool:
    """Return whether a set keeps every rule, said once more in plain Python."""
    ids = {one.candidate_id for one in chosen}
    by: dict[str, int] = {}
    for one in chosen:
        by[one.recipient] = by.get(one.recipient, 0) + one.cost
    by.pop("", None)
    count = {group: sum(group in one.groups for one in chosen) for group in ("g", "h")}
    return (
        sum(one.cost for one in chosen) <= (rules.budget if ceiling is None else ceiling)
        and all(cost <= rules.largest_share * rules.budget for cost in by.values())
        and all(count[group] >= least for group, least in (rules.at_least or {}).items())
        and all(count[group] <= most for group, most in (rules.at_most or {}).items())
        and all(len(names & ids) <= 1 for names in rules.exclusive)
        and all(name in ids for one in chosen for name in one.requires)
    )


def every_set(candidates: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
    return [chosen for size in range(len(candidates) + 1) for chosen in combinations(candidates, size)]


def worth(chosen: Sequence[Candidate]) -> tuple[Fraction, int]:
    return sum((one.value for one in chosen), Fraction(0)), -sum(one.cost for one in chosen)


@st.composite
def problems(draw: st.DrawFn, most: int = 5) -> tuple[list[Candidate], Rules]:
    number = draw(st.integers(1, most))
    candidates = []
    for place in range(number):
        others = [other for other in range(number) if other != place]
        rests_on = draw(st.sets(st.sampled_from(others), max_size=1)) if others else set()
        value = Fraction(draw(st.integers(0, 12)), draw(st.sampled_from([1, 2, 4])))
        candidates.append(
            Candidate(
                f"p{place}", draw(st.integers(0, 20)), value,
                draw(st.sampled_from(["", "r", "s"])), frozenset(draw(st.sets(st.sampled_from(["g", "h"])))) | {"all"},
                tuple(f"p{other}" for other in rests_on),
            )
        )  # fmt: skip
    candidates[0] = Candidate(**{**candidates[0].__dict__, "groups": frozenset({"g", "h", "all"})})
    rules = Rules(
        draw(st.integers(0, 60)), draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3)])),
        draw(st.sampled_from([None, {"g": 1}, {"g": 2, "h": 1}])), draw(st.sampled_from([None, {"h": 1}])),
        draw(st.sampled_from([(), (frozenset({"p0"}),)])) if number == 1 else (frozenset({"p0", "p1"}),),
    )  # fmt: skip
    return candidates, rules


@thousand
@given(problem=problems())
def test_the_best_set_is_that_of_trying_all_sets(problem: tuple[list[Candidate], Rules]) -> None:
    candidates, rules = problem
    sets = [chosen for chosen in every_set(candidates) if allowed(chosen, rules)]
    found = best_portfolio(candidates, rules)
    assert found.is_proved
    assert found.is_feasible is bool(sets)
    if sets:
        assert (found.value, -found.cost) == max(map(worth, sets))
        assert allowed([one for one in candidates if one.candidate_id in found.selected], rules)
    else:
        assert found.selected == ()


def test_fifteen_candidates_agree_with_trying_all_sets() -> None:
    candidates = [Candidate(f"p{place}", 1000 + 37 * place * place % 911, Fraction(3 + 5 * place % 11), "rs"[place % 2],
                            frozenset({"gh"[place % 3 > 0]})) for place in range(15)]  # fmt: skip
    rules = Rules(7000, Fraction(3, 5), {"g": 2}, {"h": 4}, (frozenset({"p1", "p2", "p3"}),))
    best = max(worth(chosen) for chosen in every_set(candidates) if allowed(chosen, rules))
    found = best_portfolio(candidates, rules)
    assert (found.value, -found.cost) == best


@settings(max_examples=200, deadline=None)
@given(problem=problems(4))
def test_what_a_left_out_candidate_lacks_is_what_lowering_its_cost_shows(
    problem: tuple[list[Candidate], Rules],
) -> None:
    candidates, rules = problem
    chosen = best_portfolio(candidates, rules)
    if not chosen.is_feasible:
        return
    for place, one in enumerate(candidates):
        if one.candidate_id in chosen.selected:
            continue
        lack = what_lacks(candidates, rules, chosen, one.candidate_id)
        reaches = []
        for cost in range(one.cost + 1):
            cheaper = [*candidates]
            cheaper[place] = Candidate(**{**one.__dict__, "cost": cost})
            sets = [part for part in every_set(cheaper) if cheaper[place] in part and allowed(part, rules)]
            if any(worth(part)[0] >= chosen.value for part in sets):
                reaches.append(cost)
            if cost == one.cost:
                best = max((worth(part)[0] for part in sets), default=None)
                assert lack.value_lost == (None if best is None else chosen.value - best)
        assert lack.enters_at == max(reaches, default=None)


@settings(max_examples=200, deadline=None)
@given(problem=problems(4))
def test_the_frontier_has_every_set_that_no_other_beats(problem: tuple[list[Candidate], Rules]) -> None:
    candidates, rules = problem
    kept = [chosen for chosen in every_set(candidates) if allowed(chosen, rules)]
    points = {(-minus, value) for value, minus in map(worth, kept)}
    undominated = sorted(
        (cost, value)
        for cost, value in points
        if not any(c <= cost and v >= value and (c, v) != (cost, value) for c, v in points)
    )
    assert frontier(candidates, rules) == undominated


def test_a_budget_too_small_for_the_rules_chooses_nothing_and_says_so() -> None:
    candidates = [Candidate("a", 10, Fraction(1), groups=frozenset({"g"}))]
    found = best_portfolio(candidates, Rules(5, at_least={"g": 1}))
    assert (found.selected, found.is_feasible, found.cost) == ((), False, 0)


def test_a_left_out_candidate_is_told_its_price() -> None:
    candidates = [Candidate("a", 60, Fraction(6)), Candidate("b", 50, Fraction(5)), Candidate("c", 70, Fraction(5))]
    rules = Rules(115)
    chosen = best_portfolio(candidates, rules)
    assert chosen.selected == ("a", "b")
    lack = what_lacks(candidates, rules, chosen, "c")
    assert (lack.enters_at, lack.lower_by, lack.value_lost) == (55, 15, Fraction(6))
    with pytest.raises(MethodInputError, match="left out"):
        what_lacks(candidates, rules, chosen, "a")


@pytest.mark.parametrize(
    ("candidates", "rules", "where"),
    [
        ([], Rules(1), "candidates"),
        ([Candidate("a", 1, Fraction(1))] * 2, Rules(1), r"candidates\[1\]"),
        ([Candidate("a", -1, Fraction(1))], Rules(1), "cost"),
        ([Candidate("a", 1, Fraction(-1))], Rules(1), "value"),
        ([Candidate("a", 1, Fraction(1), requires=("z",))], Rules(1), "requires"),
        ([Candidate("a", 1, Fraction(1))], Rules(-1), "budget"),
        ([Candidate("a", 1, Fraction(1))], Rules(1, Fraction(2)), "largest_share"),
        ([Candidate("a", 1, Fraction(1))], Rules(1, at_least={"g": 1}), r"at_least\.g"),
        ([Candidate("a", 1, Fraction(1))], Rules(1, exclusive=(frozenset({"z"}),)), "exclusive"),
        ([Candidate("a", 1, Fraction(1)), Candidate("b", 1, Fraction(1, 10**10))], Rules(1), "too fine"),
    ],
)
def test_what_no_set_can_be_chosen_from_is_refused(candidates: list[Candidate], rules: Rules, where: str) -> None:
    with pytest.raises(MethodInputError, match=where):
        best_portfolio(candidates, rules)
