from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.fees.cost_share_form import MECHANISMS
from infracommons.methods.mechanisms.fees.cost_shares import CostShare, CostShareParameters, share_cost
from infracommons.methods.mechanisms.fees.gaming import merge_and_split
from infracommons.methods.mechanisms.fees.levels import Bounds, between, rounded, rounded_to
from infracommons.methods.mechanisms.fees.members import Limits, Member, power
from infracommons.methods.result import MethodInputError, Result

RULE = MECHANISMS[0]
FRACTION = st.sampled_from([Fraction(part, 6) for part in range(0, 60, 5)])
CASE = st.lists(
    st.tuples(FRACTION, st.integers(0, 40), st.none() | st.integers(0, 60)).filter(
        lambda one: one[2] is None or one[1] <= one[2]
    ),
    min_size=1,
    max_size=6,
)


def run(inputs: dict[str, object], **parameters: object) -> Result:
    result = RULE.allocate(RULE.read_inputs(inputs), RULE.read_parameters({"alpha": 1, **parameters}))
    assert isinstance(result, Result)
    return result


def members(*sizes: object, **also: object) -> list[dict[str, object]]:
    return [{"id": chr(97 + place), "size": size, **also} for place, size in enumerate(sizes)]


def clamp_and_repeat(target: int, weights: list[Fraction], bounds: list[Bounds]) -> list[Fraction] | None:
    """Share, fix those furthest out on the side that is out by more, share the rest, and repeat: the rule in words."""
    fixed: dict[int, Fraction] = {}
    while len(fixed) < len(weights):
        free = [place for place in range(len(weights)) if place not in fixed]
        whole = sum((weights[place] for place in free), Fraction(0))
        left = target - sum(fixed.values(), Fraction(0))
        raw = {place: left * weights[place] / whole if whole else Fraction(0) for place in free}
        fits = {}
        for place in free:
            high = bounds[place].high
            fits[place] = max(Fraction(bounds[place].low), raw[place])
            fits[place] = fits[place] if high is None else min(fits[place], Fraction(high))
        off = sum(fits.values(), Fraction(0)) - left
        out = {place for place in free if fits[place] != raw[place]}
        fix = {p for p in out if (off >= 0 and fits[p] > raw[p]) or (off <= 0 and fits[p] < raw[p])}
        if not fix:
            fixed |= raw
        fixed |= {place: fits[place] for place in fix}
    found = [fixed[place] for place in range(len(weights))]
    return found if sum(found) == target else None


def test_two_of_equal_size_pay_alike_and_the_odd_cent_goes_to_the_first_id() -> None:
    assert run({"target": "10.01", "members": members(2, 2)}).amounts == {"a": 501, "b": 500}


def test_the_square_root_of_size_is_exact_where_it_is_a_whole_number() -> None:
    assert run({"target": 600, "members": members(1, 4, 9)}, alpha="0.5").amounts == {"a": 100, "b": 200, "c": 300}
    assert power(Fraction(2), Fraction(1, 2)) ** 2 == pytest.approx(2, rel=1e-40)


def test_income_groups_and_measures_weigh_in() -> None:
    given = [
        {"id": "a", "size": 1, "income_group": "high", "fte": 4},
        {"id": "b", "size": 1, "income_group": "low", "fte": 4},
        {"id": "c", "size": 1, "income_group": "high", "fte": 2},
    ]
    result = run({"target": 800, "members": given}, coefficients={"high": 1, "low": "0.5"}, fte_exponent=1)
    assert result.amounts == {"a": 400, "b": 200, "c": 200}
    assert result.certificate["income"].holds


def test_what_a_cap_cuts_off_is_shared_by_the_others() -> None:
    result = run({"target": 1000, "members": members(8, 1, 1)}, cap=500, floor=100)
    assert result.amounts == {"a": 500, "b": 250, "c": 250}
    assert [check.name for check in result.certificate.failing] == ["merging_and_splitting"]


def test_yearly_limits_hold_and_the_certificate_says_what_they_break() -> None:
    given = [{"id": "a", "size": 1}, {"id": "b", "size": 4, "last_fee": "100"}]
    result = run({"target": "1000", "members": given}, most_rise="0.03")
    assert result.amounts == {"a": 89_700, "b": 10_300}
    assert result.certificate["bounds"].holds
    assert result.certificate["monotone"].witness == ["a", "b"]


def test_discounts_are_borne_by_the_others_or_by_the_target() -> None:
    given = [{"id": "a", "discounts": ["x", "y"]}, {"id": "b"}]
    both = {"discounts": {"x": "0.3", "y": "0.2"}, "discount_mode": "added"}
    assert run({"target": 300, "members": given}, **both).amounts == {"a": 100, "b": 200}
    result = run({"target": 300, "members": given}, **both, discounts_paid_by="target")
    assert result.amounts == {"a": 75, "b": 150}
    assert result.certificate["balance"].witness == 75
    both["discount_mode"] = "multiplied"
    assert run({"target": 300, "members": given}, **both, discounts_paid_by="target").amounts == {"a": 84, "b": 150}


@pytest.mark.parametrize(
    ("inputs", "parameters", "where", "problem"),
    [
        ({"target": 100, "members": members(1, 1)}, {"floor": 60}, "target", "20 minor units more"),
        ({"target": 100, "members": members(1, 1)}, {"cap": 40}, "target", "20 minor units less"),
        ({"target": 100, "members": members(0, 0)}, {}, "members", "sum to zero"),
        ({"target": 100, "members": []}, {}, "members", "at least 1"),
        ({"target": 100, "members": members(1) * 2}, {}, r"members\[1\].id", "twice"),
        ({"target": 12.5, "members": members(1)}, {}, "target", ""),
        ({"target": "12.505", "members": members(1)}, {}, "target", ""),
        ({"target": -1, "members": members(1)}, {}, "target", "negative"),
        ({"target": 1, "members": members(float("nan"))}, {}, r"members\[0\].size", ""),
        ({"target": 1, "members": members(-1)}, {}, r"members\[0\].size", "negative"),
        ({"target": 1, "members": members(1)}, {"coefficients": {"high": 1}}, r"members\[0\].income_group", ""),
        ({"target": 1, "members": members(1)}, {"gdp_exponent": 1}, r"members\[0\].gdp", "missing"),
        ({"target": 1, "members": members(1)}, {"discounts": {"x": 1}}, "discount_mode", "missing"),
        ({"target": 1, "members": members(1)}, {"floor": 5, "cap": 2}, r"members\[0\]", "by 3 minor"),
        ({"target": 1, "members": members(1), "odd": 1}, {}, "odd", ""),
    ],
)
def test_what_no_tariff_can_answer_is_refused_by_place(
    inputs: dict[str, object], parameters: dict[str, object], where: str, problem: str
) -> None:
    with pytest.raises(MethodInputError, match=rf"^{where}: .*{problem}"):
        run(inputs, **parameters)


@given(case=CASE, target=st.integers(0, 150))
@settings(max_examples=1000, deadline=None)
def test_filling_between_bounds_is_what_clamping_and_repeating_gives(
    case: list[tuple[Fraction, int, int | None]], target: int
) -> None:
    weights = {str(place): one[0] for place, one in enumerate(case)}
    bounds = {str(place): Bounds(one[1], one[2]) for place, one in enumerate(case)}
    slow = clamp_and_repeat(target, list(weights.values()), list(bounds.values()))
    try:
        exact = between(target, weights, bounds)
    except MethodInputError:
        both = list(zip(weights.values(), bounds.values(), strict=True))
        high = sum((one.high or 0) if weight else one.low for weight, one in both)
        free = any(weight and one.high is None for weight, one in both)
        assert sum(one.low for one in bounds.values()) > target or (not free and high < target)
        return
    assert list(exact.values()) == slow
    amounts = rounded_to(exact, target)
    assert sum(amounts.values()) == target
    for name, bound in bounds.items():
        assert bound.low <= amounts[name]
        assert bound.high is None or amounts[name] <= bound.high


@given(sizes=st.lists(st.integers(1, 50), min_size=2, max_size=6), target=st.integers(0, 10_000), cap=st.integers(1, 5))
@settings(max_examples=1000, deadline=None)
def test_equals_pay_alike_who_is_larger_pays_no_less_and_a_larger_cost_lowers_nobody(
    sizes: list[int], target: int, cap: int
) -> None:
    people = tuple(Member(f"{place:02}", Fraction(size)) for place, size in enumerate(sizes))
    rule = CostShareParameters(Fraction(1), limits=Limits(cap=10_000 * cap))
    result, more = (share_cost(CostShare(cost, people), rule) for cost in (target, target + 7 * len(sizes)))
    assert result == share_cost(CostShare(target, people), rule)
    assert not result.certificate.failing
    assert result.total == target
    for one in result.amounts:
        assert more.details["exact"][one] >= result.details["exact"][one]


@given(sizes=st.lists(st.integers(1, 9), min_size=2, max_size=4))
@settings(max_examples=1000, deadline=None)
def test_in_proportion_to_size_nobody_gains_by_merging_or_splitting(sizes: list[int]) -> None:
    people = tuple(Member(f"{place:02}", Fraction(size)) for place, size in enumerate(sizes))
    assert merge_and_split(CostShare(10_000, people), CostShareParameters(Fraction(1)))[1].holds


def test_by_the_square_root_merging_pays_as_theory_says_and_by_the_square_splitting_does() -> None:
    people = (Member("a", Fraction(4)), Member("b", Fraction(4)), Member("c", Fraction(16)))
    _, check = merge_and_split(CostShare(10_000, people), CostShareParameters(Fraction(1, 2)))
    assert not check.holds
    assert check.witness["act"] == "merge"
    _, check = merge_and_split(CostShare(10_000, people), CostShareParameters(Fraction(2)))
    assert check.witness["act"] == "split"


def test_a_half_cent_goes_where_the_rule_says() -> None:
    assert [rounded(Fraction(5, 2), rule) for rule in ("half_up", "half_even", "down", "up")] == [3, 2, 2, 3]
