from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.pledges.matching import MECHANISMS as MATCHING
from infracommons.methods.mechanisms.pledges.matching import Promise, least_fixed_point, settle_promises
from infracommons.methods.mechanisms.pledges.open_subscriptions import MECHANISMS as OPENING
from infracommons.methods.result import MethodInputError, Result


def run(rule_of: Any, inputs: dict[str, Any], parameters: dict[str, Any]) -> Result:
    rule = rule_of[0]
    result = rule.allocate(rule.read_inputs(inputs), rule.read_parameters(parameters))
    assert isinstance(result, Result)
    return result


def subscribers(renew: str) -> list[dict[str, Any]]:
    return [{"id": chr(97 + n), "price": "100", "renews": one == "y"} for n, one in enumerate(renew)]


def test_enough_renewals_open_the_publication_and_keep_the_discount() -> None:
    parameters = {"target": "190", "tolerance": 0, "discount": "0.05"}
    result = run(OPENING, {"subscribers": subscribers("yyn")}, parameters)
    assert result.details["open"]
    assert result.amounts == {"a": 9_500, "b": 9_500, "c": 0}
    assert not result.certificate.failing


def test_a_shortfall_within_the_tolerance_opens_and_one_beyond_it_names_who_would_have_sufficed() -> None:
    inputs = {"subscribers": subscribers("yynn")}
    assert run(OPENING, inputs, {"target": "210", "tolerance": "0.05"}).details["open"]
    result = run(OPENING, inputs, {"target": "210", "tolerance": "0.04"})
    assert not result.details["open"]
    assert result.losers["open access"] == {"short_by": 160, "with": ["c"]}
    assert result.total == 20_000
    assert run(OPENING, inputs, {"target": "900", "tolerance": 0}).losers["open access"]["with"] is None


def test_an_override_opens_and_the_certificate_says_who_and_why() -> None:
    override = {"reason": "one title of five lacks little", "by": "the board"}
    parameters = {"target": "210", "tolerance": 0, "override": override}
    result = run(OPENING, {"subscribers": subscribers("yy")}, parameters)
    assert result.details["open"]
    assert result.certificate["decided_by_rule"].witness == override
    with pytest.raises(MethodInputError, match=r"override\.by"):
        run(OPENING, {"subscribers": subscribers("y")}, {**parameters, "override": {"reason": "x"}})
    with pytest.raises(MethodInputError, match="target"):
        run(OPENING, {"subscribers": subscribers("y")}, {"target": 0, "tolerance": 0})


def test_two_who_wait_for_each_other_give_nothing_and_the_certificate_says_so() -> None:
    promises = [{"id": "a", "base": 10, "if_others_give": 10}, {"id": "b", "base": 10, "if_others_give": 10}]
    result = run(MATCHING, {"promises": promises}, {})
    assert result.total == 0
    assert result.details["if_all_moved_at_once"] == {"a": 10, "b": 10}
    assert result.certificate["nobody_waits_in_a_ring"].witness == ["a", "b"]
    promises.append({"id": "c", "base": 10})
    assert run(MATCHING, {"promises": promises}, {}).amounts == {"a": 10, "b": 10, "c": 10}


def test_two_who_match_half_of_each_other_meet_in_the_middle() -> None:
    promises = [{"id": one, "base": "100", "rate": "0.5", "cap": "1000"} for one in "ab"]
    assert run(MATCHING, {"promises": promises}, {}).amounts == {"a": 20_000, "b": 20_000}


def test_a_match_of_one_to_one_stops_at_its_cap() -> None:
    promises = [{"id": "a", "base": "80"}, {"id": "b", "base": 0, "rate": 1, "cap": "50"}]
    assert run(MATCHING, {"promises": promises}, {}).amounts == {"a": 8_000, "b": 5_000}
    both = [{"id": "a", "base": 1, "rate": 1, "cap": 10**9}, {"id": "b", "base": 0, "rate": 1, "cap": 10**8}]
    assert run(MATCHING, {"promises": both}, {}).amounts == {"a": 10**8 + 1, "b": 10**8}


def test_a_promise_that_hangs_on_the_number_of_givers_says_how_many_lack() -> None:
    promises = [{"id": "a", "base": 5}, {"id": "b", "base": 7, "if_others_are": 3}]
    result = run(MATCHING, {"promises": promises}, {})
    assert result.losers["b"]["givers_lack"] == 2
    assert run(MATCHING, {"promises": []}, {}).total == 0


@pytest.mark.parametrize(
    ("promise", "where"),
    [
        ({"base": 1, "rate": 1}, "cap"),
        ({"base": 5, "cap": 3}, "cap"),
        ({"base": -5}, "base"),
        ({"base": 5, "rate": -1}, "rate"),
    ],
)
def test_promises_that_cannot_be_meant_are_refused(promise: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError, match=rf"promises\[0\].{where}"):
        run(MATCHING, {"promises": [{"id": "a", **promise}]}, {})


RATES = st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2)])
PROMISES = st.lists(
    st.tuples(st.integers(0, 6), RATES, st.integers(0, 12), st.integers(0, 12), st.integers(0, 3)), max_size=4
).map(lambda rows: [Promise(str(n), b, r, max(b, c) if r else None, g, k) for n, (b, r, c, g, k) in enumerate(rows)])


def one_round(promises: list[Promise], given: dict[str, Fraction]) -> dict[str, Fraction]:
    after = {}
    for one in promises:
        others = [given[other.id] for other in promises if other is not one]
        holds = sum(others) >= one.if_others_give and sum(part > 0 for part in others) >= one.if_others_are
        wanted = one.base + one.rate * sum(others, Fraction(0))
        after[one.id] = Fraction(0) if not holds else wanted if one.cap is None else min(wanted, Fraction(one.cap))
    return after


@given(promises=PROMISES)
@settings(max_examples=1000, deadline=None)
def test_promises_settle_where_going_round_again_and_again_leads(promises: list[Promise]) -> None:
    exact, _ = least_fixed_point(promises)
    assert one_round(promises, exact) == exact
    given = dict.fromkeys(exact, Fraction(0))
    for _ in range(40):
        after = one_round(promises, given)
        assert all(given[name] <= after[name] <= exact[name] for name in exact)
        given = {name: Fraction(int(part * 10**9), 10**9) for name, part in after.items()}  # down, so still below
    assert all(exact[name] - given[name] < Fraction(1, 20) for name in exact) or _may_be_slow(promises)
    assert settle_promises(promises).certificate["individual_rationality"].holds


def _may_be_slow(promises: list[Promise]) -> bool:
    """Return whether a condition stands just at a sum that is only reached in the limit."""
    return any(one.rate for one in promises) and any(one.if_others_give for one in promises)


@given(promises=PROMISES)
@settings(max_examples=1000, deadline=None)
def test_a_further_promise_never_lowers_what_others_give(promises: list[Promise]) -> None:
    before, _ = least_fixed_point(promises)
    after, _ = least_fixed_point([*promises, Promise("new", 3)])
    assert all(after[name] >= before[name] for name in before)
