from fractions import Fraction
from itertools import product
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.pledges.assurance import MECHANISMS, AssuranceParameters, settle
from infracommons.methods.mechanisms.pledges.chances import Chances, chances, count_distribution
from infracommons.methods.mechanisms.pledges.pledge import MOVES, Pledge, Threshold, moved
from infracommons.methods.result import MethodInputError, Result

RULE = MECHANISMS[0]
CHANCES = st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(2, 3), Fraction(1)])
ONE_PLEDGE = st.tuples(st.integers(1, 9), st.sampled_from(["", "x", "y", "z"]), CHANCES)
THRESHOLDS = st.builds(Threshold, st.integers(0, 20), st.integers(0, 4), st.just({}) | st.just({"country": 2}))


def run(pledges: list[dict[str, Any]], **parameters: Any) -> Result:
    given = {"charge": "full", **parameters}
    return RULE.allocate(RULE.read_inputs({"pledges": pledges}), RULE.read_parameters(given))


def backers(count: int, **also: Any) -> list[dict[str, Any]]:
    return [{"id": f"{place:02}", "amount": "60", **also} for place in range(count)]


def made(case: list[tuple[int, str, Fraction]]) -> list[Pledge]:
    return [Pledge(str(n), one[0], {"country": one[1]}, probability=one[2]) for n, one in enumerate(case)]


@pytest.mark.parametrize(("count", "charged", "bonus"), [(19, 0, 9_500), (20, 120_000, 0)])
def test_da_1_twenty_pledgers_of_sixty_dollars_with_a_bonus_of_five(count: int, charged: int, bonus: int) -> None:
    result = run(backers(count), threshold={"count": 20}, bonus="5")
    assert result.total == charged
    assert result.details["bonus_total"] == bonus
    assert result.details["most_bonus_liability"] == 9_500
    assert not result.certificate.failing


def test_a_threshold_on_who_takes_part_says_what_lacks() -> None:
    pledges = [{"id": str(n), "amount": 100, "groups": {"country": "FR" if n else "DE"}} for n in range(4)]
    result = run(pledges, threshold={"amount": 500, "count": 4, "different": {"country": 3}})
    assert result.details["lacks"] == {"amount": 100, "different.country": 1}
    assert result.total == 0
    assert set(result.details["states"].values()) == {"released"}


def test_above_the_threshold_only_what_is_needed_may_be_charged() -> None:
    pledges = [{"id": "a", "amount": 300}, {"id": "b", "amount": 200}]
    assert run(pledges, threshold={"amount": 400}, charge="only_what_is_needed").amounts == {"a": 240, "b": 160}
    assert run(pledges, threshold={"amount": 400}).amounts == {"a": 300, "b": 200}


@pytest.mark.parametrize(("inclusive", "charged"), [(True, 200), (False, 0)])
def test_a_pledge_at_the_very_deadline_counts_only_where_the_rule_says_so(inclusive: bool, charged: int) -> None:  # noqa: FBT001
    pledges = [
        {"id": "a", "amount": 100, "at": "2026-01-01T00:00:00Z"},
        {"id": "b", "amount": 100, "at": "2026-02-01T01:00:00+01:00"},
    ]
    deadline = {"deadline": "2026-02-01T00:00:00Z", "deadline_inclusive": inclusive}
    result = run(pledges, threshold={"count": 2}, **deadline)
    assert result.total == charged
    assert result.details["states"]["b"] == ("called" if inclusive else "lapsed")


def test_only_open_pledges_count_and_no_pledge_at_all_is_an_answer() -> None:
    result = run([{"id": "a", "amount": 5, "state": "released"}], threshold={"amount": 5})
    assert result.details["lacks"] == {"amount": 5}
    assert run([], threshold={"amount": 5}).total == 0


def test_a_bonus_only_for_the_first_costs_less() -> None:
    result = run(backers(5), threshold={"count": 20}, bonus="5", bonus_for_first=2)
    assert result.details["bonus_total"] == result.details["most_bonus_liability"] == 1_000
    assert run(backers(5), threshold={"amount": "900"}, bonus="5").details["most_bonus_liability"] is None


@pytest.mark.parametrize(
    ("pledges", "parameters", "where"),
    [
        ([{"id": "a", "amount": -1}], {}, r"pledges\[0\].amount"),
        ([{"id": "a", "amount": 1.5}], {}, r"pledges\[0\].amount"),
        ([{"id": "a", "amount": 0}], {}, r"pledges\[0\].amount"),
        (backers(1) * 2, {}, r"pledges\[1\].id"),
        (backers(1, probability=2), {}, r"pledges\[0\].probability"),
        (backers(1, state="gone"), {}, r"pledges\[0\].state"),
        (backers(1, at="yesterday"), {}, r"pledges\[0\].at"),
        (backers(1, at="2026-01-01T00:00:00"), {}, r"pledges\[0\].at.*UTC"),
        (backers(1), {"deadline": "2026-01-01T00:00:00Z"}, "deadline_inclusive"),
        (backers(1), {"deadline": "2026-01-01T00:00:00Z", "deadline_inclusive": True}, r"pledges.00.at"),
        (backers(1), {"threshold": {}}, "threshold"),
        (backers(1), {"charge": "only_what_is_needed"}, "charge"),
    ],
)
def test_pledges_that_cannot_be_meant_are_refused_by_place(
    pledges: list[dict[str, Any]], parameters: dict[str, Any], where: str
) -> None:
    with pytest.raises(MethodInputError, match=where):
        run(pledges, **{"threshold": {"count": 1}, **parameters})


def test_a_pledge_moves_only_along_lawful_states() -> None:
    assert moved("pledged", "confirmed") == "confirmed"
    for state, to in product(MOVES, MOVES):
        if to not in MOVES[state]:
            with pytest.raises(MethodInputError, match=f"may not follow {state}"):
                moved(state, to)


def test_the_chance_of_a_count_is_the_tail_of_the_binomial() -> None:
    p = Fraction(4, 5)
    tail = sum((comb(20, k) * p**k * (1 - p) ** (20 - k) for k in range(15, 21)), Fraction(0))
    found = chances([Pledge(str(n), 1, probability=p) for n in range(20)], Threshold(count=15))
    assert found.success == tail == sum(count_distribution([p] * 20)[15:])
    result = run(backers(20, probability="0.8"), threshold={"count": 15}, bonus="5")
    assert result.details["chances"]["success"] == tail
    assert result.details["chances"]["bonus_reserve"] == 14 * 500


def test_where_chances_cannot_be_told_exactly_the_result_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(backers(2, probability="0.5"), threshold={"count": 1, "different": {"country": 1, "kind": 1}})
    assert "one group at most" in result.details["chances"]["not_told"]
    monkeypatch.setattr("infracommons.methods.mechanisms.pledges.chances.MOST_STATES", 1000)
    many = [Pledge(str(n), 2**n, probability=Fraction(1, 2)) for n in range(18)]
    with pytest.raises(MethodInputError, match="round the pledges"):
        chances(many, Threshold(5))


@given(case=st.lists(ONE_PLEDGE, max_size=4), threshold=THRESHOLDS)
@settings(max_examples=1000, deadline=None)
def test_chances_are_those_of_all_outcomes_one_by_one(
    case: list[tuple[int, str, Fraction]], threshold: Threshold
) -> None:
    pledges = made(case)
    success, shortfall = Fraction(0), Fraction(0)
    failures: dict[int, Fraction] = {}
    for outcome in product([False, True], repeat=len(pledges)):
        there = [one for one, kept in zip(pledges, outcome, strict=True) if kept]
        weight = Fraction(1)
        for one, kept in zip(pledges, outcome, strict=True):
            weight *= one.probability if kept else 1 - one.probability
        shortfall += weight * max(0, threshold.amount - sum(one.amount for one in there))
        if not threshold.lacks(there):
            success += weight
        elif weight:
            failures[len(there)] = failures.get(len(there), Fraction(0)) + weight
    found = chances(pledges, threshold)
    assert found == Chances(success, shortfall, found.failures)
    assert {count: part for count, part in found.failures.items() if part} == failures
    assert success + sum(failures.values()) == 1
    reserve = found.reserve(5, Fraction(9, 10))
    assert success + sum(part for count, part in failures.items() if count * 5 <= reserve) >= Fraction(9, 10)


@given(
    case=st.lists(ONE_PLEDGE, min_size=1, max_size=4),
    threshold=THRESHOLDS,
    charge=st.sampled_from(["full", "only_what_is_needed"]),
)
@settings(max_examples=1000, deadline=None)
def test_nobody_is_charged_below_the_threshold_or_beyond_the_pledge_and_a_further_pledge_never_breaks_success(
    case: list[tuple[int, str, Fraction]], threshold: Threshold, charge: str
) -> None:
    threshold = Threshold(max(1, threshold.amount), threshold.count, threshold.different)
    pledges = [Pledge(one.id, one.amount, one.groups) for one in made(case)]
    parameters = AssuranceParameters(threshold, charge, bonus=2)
    result, fewer = settle(pledges, parameters), settle(pledges[:-1], parameters)
    assert not result.certificate.failing
    assert result.details["reached"] >= fewer.details["reached"]
    assert result.details["bonus_total"] == (0 if result.details["reached"] else 2 * len(pledges))
