import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.quadratic.gifts import Gift, Round, Rules, coefficient, counted
from infracommons.methods.mechanisms.quadratic.matches import ideal_matches
from infracommons.methods.mechanisms.quadratic.mechanisms import read_inputs, read_parameters
from infracommons.methods.mechanisms.quadratic.rounds import allocate
from infracommons.methods.result import MethodInputError

# The worked example of the tests of pluralistic.js (ISC): gifts in whole units of money to three projects.
EXAMPLE = {"P1": (1, 4, 1, 9), "P2": (1, 1, 1, 1, 1, 1, 4), "P3": (1, 9, 1, 9, 1, 9, 4)}
PLAIN = Rules(formula="quadratic", saturate=False, minimum_gift=0, cap=None, cap_excess="to_others")


def rules(**changes: Any) -> Rules:
    known: dict[str, Any] = {"formula": "quadratic", "saturate": False, "minimum_gift": 0, "cap": None}
    return Rules(**(known | {"cap_excess": "to_others"} | changes))


def example(pool: int) -> Round:
    gifts = tuple(
        Gift(f"donor {number}", project, amount * 100)
        for project, amounts in EXAMPLE.items()
        for number, amount in enumerate(amounts)
    )
    return Round(pool=pool * 100, projects=tuple(EXAMPLE), gifts=gifts)


def one_project(*amounts: int, groups: dict[str, list[int]] | None = None) -> Round:
    gifts = tuple(Gift(str(number), "p", amount) for number, amount in enumerate(amounts))
    members = {name: {str(one): Fraction(1) for one in inside} for name, inside in (groups or {}).items()}
    return Round(pool=10**9, projects=("p",), gifts=gifts, groups=members)


def funding(round_: Round, parameters: Rules) -> float:
    """Return gifts and ideal match together, as the papers have it."""
    own = counted(round_, parameters)
    return float(ideal_matches(round_, parameters, own)["p"] + sum(own["p"].values()))


@pytest.mark.parametrize(
    ("pool", "saturate", "paid"),
    [
        (100, False, (1360, 2160, 6480)),  # QF-1
        (1000, False, (3400, 5400, 16200)),  # QF-2
        (1000, True, (13600, 21600, 64800)),  # QF-3
    ],
)
def test_the_worked_example_is_paid_to_the_cent(pool: int, saturate: bool, paid: tuple[int, ...]) -> None:  # noqa: FBT001
    result = allocate(example(pool), rules(saturate=saturate))
    assert tuple(result.amounts.values()) == paid
    assert result.details["ideal_total"] == 25000
    assert [match["ideal"] for match in result.details["matches"].values()] == [3400, 5400, 16200]


def test_a_cap_hands_the_rest_to_the_others() -> None:  # QF-4
    result = allocate(example(100), rules(cap=5000))
    assert result.amounts == {"P1": 1932, "P2": 3068, "P3": 5000}
    assert result.total == 10000
    finer = Round(
        10**11, tuple(EXAMPLE), tuple(Gift(one.donor, one.project, one.amount * 10**7) for one in example(1).gifts)
    )
    assert allocate(finer, rules(cap=5 * 10**10)).amounts["P1"] // 1000 == 19318181


def test_what_a_cap_cuts_off_can_be_kept() -> None:
    result = allocate(example(100), rules(cap=5000, cap_excess="kept"))
    assert result.amounts == {"P1": 1360, "P2": 2160, "P3": 5000}
    assert result.certificate["pool_handed_out"].witness == 1480


@pytest.mark.parametrize(("score", "part"), [(0, 0), (10, 0), (15, "1/2"), (20, "3/4"), (25, 1), (30, 1)])
def test_an_identity_score_decides_how_much_a_gift_counts(score: int, part: str) -> None:  # QF-5
    bands = ((Fraction(15), Fraction(1, 2)), (Fraction(20), Fraction(3, 4)), (Fraction(25), Fraction(1)))
    assert coefficient(Fraction(score), bands) == Fraction(part)
    assert coefficient(None, bands) == 0


def test_the_cluster_formula_gives_the_number_of_its_authors() -> None:  # QF-6
    known = rules(formula="clusters", unit=1)
    assert funding(one_project(10, 20, 0, groups={"a": [0, 1], "b": [1, 2]}), known) == pytest.approx(
        36.948688455, abs=1e-6
    )


def test_clusters_of_one_are_plain_quadratic_funding() -> None:  # QF-7
    alone = one_project(4, 9, 16, groups={"a": [0], "b": [1], "c": [2]})
    for known in (rules(formula="clusters", unit=1), rules(formula="quadratic")):
        assert funding(alone, known) == pytest.approx(81)
    assert funding(one_project(4, 9, 16), rules(formula="clusters", unit=1)) == pytest.approx(81)


@pytest.mark.parametrize(("bound", "total"), [(1, 31.6691), (10, 42.6490), (100, 52.7821), (None, 55)])
def test_the_pairwise_bound_holds_pairs_back(bound: int | None, total: float) -> None:  # QF-8
    known = rules(formula="pairwise", bound=bound, bounded_over="single_project")
    assert funding(one_project(4, 9, 16), known) == pytest.approx(total, abs=1e-4)
    assert funding(one_project(4, 9, 16), rules(formula="pairwise", bound=None, pairs="ordered")) == pytest.approx(81)


def test_pairs_that_give_alike_everywhere_count_less_over_all_projects() -> None:
    gifts = tuple(Gift(donor, project, 400) for donor in "ab" for project in ("p", "q"))
    round_ = Round(10**6, ("p", "q"), gifts)
    single = rules(formula="pairwise", bound=100, bounded_over="single_project")
    everywhere = rules(formula="pairwise", bound=100, bounded_over="all_projects")
    assert allocate(round_, single).amounts["p"] == 400 * 100 // 500
    assert allocate(round_, everywhere).amounts["p"] == math.floor(400 * 100 / 900 + 0.5)


def test_friends_by_degrees_count_between_strangers_and_a_shared_group() -> None:
    # Donors 0 and 1 share a group, 2 and 3 another, 1 and 2 a third: 0 has a friend in the group of 2 and 3 never.
    round_ = one_project(1600, 1600, 1600, 1600, groups={"a": [0, 1], "b": [2, 3], "c": [1, 2]})
    paper = funding(round_, rules(formula="clusters", unit=1))
    degrees = funding(round_, rules(formula="clusters", unit=1, closeness="share_of_friends"))
    assert paper < degrees < funding(round_, PLAIN)


def test_people_who_gave_to_the_same_projects_can_be_taken_as_one_group() -> None:
    known = rules(formula="clusters", groups="same_projects", unit=1)
    assert funding(one_project(4, 9, 16), known) == pytest.approx(29)  # one group, so no pair of groups


def test_roots_that_are_no_numbers_still_give_whole_matches() -> None:
    gifts = (Gift("a", "p", 200), Gift("b", "p", 800), Gift("c", "p", 200))  # pairs of 400, 400 and 200
    assert ideal_matches(Round(1, ("p",), gifts), PLAIN, counted(Round(1, ("p",), gifts), PLAIN)) == {"p": 2000}


def test_small_gifts_are_left_out_and_several_gifts_of_a_donor_are_one() -> None:
    gifts = (Gift("a", "p", 100), Gift("a", "p", 300), Gift("b", "p", 900), Gift("c", "p", 99))
    result = allocate(Round(10**6, ("p",), gifts), rules(minimum_gift=100))
    assert result.amounts == {"p": 2 * 20 * 30}


def test_a_round_without_gifts_pays_nothing_and_says_so() -> None:
    result = allocate(Round(1000, ("p",), ()), rules(saturate=True))
    assert result.amounts == {"p": 0}
    assert result.losers["p"]["why"] == "nobody's gift counts"
    assert result.certificate["pool_handed_out"].holds is False


def test_a_single_donor_is_told_what_a_second_would_have_brought() -> None:
    result = allocate(Round(10**6, ("p",), (Gift("a", "p", 500),)), PLAIN)
    assert result.amounts == {"p": 0}
    assert "10.00" in result.losers["p"]["would_have_sufficed"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"pool": -1}, "pool"),
        ({"pool": 10.5}, "pool"),
        ({"pool": "1.005"}, "pool"),
        ({"gifts": [{"donor": "a", "project": "x", "amount": 1}], "projects": ["p"]}, "gifts[0].project"),
        ({"gifts": [{"donor": "a", "project": "p", "amount": "NaN"}]}, "gifts[0].amount"),
        ({"gifts": [{"donor": "a", "project": "p"}]}, "gifts[0].amount"),
        ({"projects": ["p", "p"]}, "projects[1]"),
        ({"scores": {"a": float("nan")}}, "scores.a"),
        ({"budget": 3}, "budget"),
    ],
)
def test_bad_rounds_are_refused_by_their_place(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_inputs({"pool": 100, "gifts": []} | changes)
    assert caught.value.where == where


def test_rules_of_another_formula_are_refused() -> None:
    plain = {"formula": "quadratic", "saturate": False, "minimum_gift": 0, "cap": None, "cap_excess": "kept"}
    assert read_parameters(plain).cap is None
    with pytest.raises(MethodInputError, match="bound"):
        read_parameters(plain | {"bound": 3})
    with pytest.raises(MethodInputError, match="is missing"):
        read_parameters(plain | {"formula": "pairwise"})
    with pytest.raises(MethodInputError, match="must be one of"):
        read_parameters(plain | {"formula": "cubic"})


gift_lists = st.lists(
    st.builds(Gift, st.sampled_from("abcd"), st.sampled_from("pqr"), st.integers(0, 3000)), min_size=0, max_size=12
)
formulas = st.sampled_from(
    [
        {"formula": "quadratic"},
        {"formula": "pairwise", "bound": 500},
        {"formula": "clusters", "groups": "projects", "closeness": "share_of_friends"},
        {"formula": "clusters"},
    ]
)


@settings(max_examples=1000, deadline=None)
@given(
    gifts=gift_lists,
    pool=st.integers(0, 20000),
    saturate=st.booleans(),
    cap=st.none() | st.integers(0, 5000),
    excess=st.sampled_from(["to_others", "kept"]),
    formula=formulas,
)
def test_money_is_neither_made_nor_lost(
    gifts: list[Gift],
    pool: int,
    saturate: bool,  # noqa: FBT001
    cap: int | None,
    excess: str,
    formula: dict[str, Any],
) -> None:
    known = rules(saturate=saturate, cap=cap, cap_excess=excess, **formula)
    result = allocate(Round(pool, ("p", "q", "r"), tuple(gifts)), known)
    assert result.total + result.details["not_handed_out"] == pool
    assert 0 <= result.total <= pool
    assert all(0 <= amount <= (pool if cap is None else cap) for amount in result.amounts.values())
    saturated = saturate or result.details["ideal_total"] > pool
    if cap is None and saturated and result.details["ideal_total"]:
        assert result.total == pool
    assert all(check.holds is not False for check in result.certificate.checks[:1] + result.certificate.checks[2:4])


@settings(max_examples=1000, deadline=None)
@given(gifts=gift_lists, factor=st.integers(2, 50))
def test_the_unit_of_money_changes_no_share_of_plain_quadratic_funding(gifts: list[Gift], factor: int) -> None:
    scaled = [Gift(one.donor, one.project, one.amount * factor**2) for one in gifts]
    small, large = (Round(1, ("p", "q", "r"), tuple(some)) for some in (gifts, scaled))
    before, after = (ideal_matches(one, PLAIN, counted(one, PLAIN)) for one in (small, large))
    assert all(float(after[one]) == pytest.approx(float(before[one]) * factor**2) for one in before)


def test_the_unit_of_money_changes_shares_under_a_pairwise_bound_as_theory_says() -> None:
    known = rules(formula="pairwise", bound=100, saturate=True)
    shares = []
    for factor in (1, 100):
        amounts = {"p": (100, 100), "q": (10000, 10000)}
        gifts = [
            Gift(f"{project}{place}", project, one * factor)
            for project, some in amounts.items()
            for place, one in enumerate(some)
        ]
        shares.append(allocate(Round(10**6, ("p", "q"), tuple(gifts)), known).amounts["p"])
    assert shares[0] != shares[1]


@settings(max_examples=1000, deadline=None)
@given(gifts=gift_lists, gift=st.integers(1, 3000), formula=st.sampled_from(["quadratic", "pairwise"]))
def test_a_new_donor_never_lowers_the_ideal_match_of_a_project(gifts: list[Gift], gift: int, formula: str) -> None:
    known = rules(formula=formula, bound=500)
    found = [
        ideal_matches(one, known, counted(one, known))["p"]
        for one in (
            Round(1, ("p", "q", "r"), tuple(gifts)),
            Round(1, ("p", "q", "r"), (*gifts, Gift("new", "p", gift))),
        )
    ]
    assert found[1] >= found[0]


@settings(max_examples=1000, deadline=None)
@given(gifts=gift_lists, formula=formulas, order=st.permutations("pqr"), seed=st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(
    gifts: list[Gift], formula: dict[str, Any], order: list[str], seed: Any
) -> None:
    shuffled = list(gifts)
    seed.shuffle(shuffled)
    names = dict(zip("abcd", "wxyz", strict=True))
    renamed = tuple(Gift(names[one.donor], one.project, one.amount) for one in shuffled)
    known = rules(**formula)
    first = allocate(Round(5000, ("p", "q", "r"), tuple(gifts)), known).amounts
    assert allocate(Round(5000, tuple(order), renamed), known).amounts == first
