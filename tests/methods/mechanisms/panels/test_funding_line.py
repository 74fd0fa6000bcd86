from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.panels.calibration import Model, Spreads, sample
from infracommons.methods.mechanisms.panels.draw import DrawRules
from infracommons.methods.mechanisms.panels.funding_line import LineRules, Standing, allocate, chances, standings
from infracommons.methods.mechanisms.panels.mechanisms import read_line_rules, read_panel
from infracommons.methods.mechanisms.panels.reviews import Panel, Review
from infracommons.methods.result import MethodInputError

MODEL = Model(severity_spread=0.5, largest_spread=2, by_pair=True, draws=5000, burn_in=1000, chains=4, seed=1)
SHORT = replace(MODEL, draws=200, burn_in=100, chains=2)
HALF = Fraction(1, 2)
EXPECTED_RANKS = [2.44, 4.06, 4.09, 4.12, 5.08, 6.19, 7.34, 7.26, 8.43, 9.42, 10.4, 11.4, 13.0, 13.0, 13.7]
SUCRA = [0.90, 0.78, 0.78, 0.78, 0.71, 0.63, 0.55, 0.55, 0.47, 0.40, 0.33, 0.25, 0.15, 0.14, 0.09]


def test_expected_ranks_are_those_of_the_published_vignette(mock_panel: Panel) -> None:  # RV-1, RV-2, RV-3
    result = allocate(mock_panel, LineRules(MODEL, 5, HALF, "between_ranks", DrawRules("seed", None)))
    found = result.details["standings"]
    assert [one.expected_rank for one in found.values()] == pytest.approx(EXPECTED_RANKS, abs=0.15)
    assert [one.sucra for one in found.values()] == pytest.approx(SUCRA, abs=0.02)
    assert [one.pcer for one in found.values()] == pytest.approx(
        [100 * (er - 0.5) / 15 for er in EXPECTED_RANKS], abs=1
    )
    on_line = [name for name, chance in result.details["chances"].items() if 0 < chance < 1]
    assert len(on_line) == 5
    assert {result.details["chances"][name] for name in on_line} == {Fraction(4, 5)}
    assert on_line == ["#2", "#3", "#4", "#5", "#6"]
    assert result.details["chances"]["#1"] == 1
    assert len(result.selected) == 5
    assert not result.certificate.failing


def test_intervals_at_whole_ranks_jump_and_take_two_more_into_the_lottery(mock_panel: Panel) -> None:
    # A little more than a quarter of draws have #7 and #8 among the first five, so their intervals begin at 5 exactly.
    found, _ = standings(mock_panel, MODEL, HALF, "whole_ranks")
    assert [name for name, chance in chances(found, 5).items() if chance == Fraction(4, 7)] == [
        f"#{number}" for number in range(2, 9)
    ]


def test_with_known_spreads_the_draws_are_those_of_the_exact_posterior() -> None:
    # Every review by a reviewer of their own and no severity to speak of: theta_i has mean n y / (n + s^2 / tau^2).
    scores = {"a": (1.0, 2.0, 3.0), "b": (-1.0, -2.0, -3.0)}
    reviews = tuple(Review(name, f"{name}{at}", one) for name, own in scores.items() for at, one in enumerate(own))
    model = replace(MODEL, severity_spread=1e-6, known=Spreads(proposals=1.0, scores=2.0), draws=20000)
    drawn = sample(Panel(reviews), model).theta
    assert drawn[:, :, 0].mean() == pytest.approx(3 * 2 / (3 + 4), abs=0.02)
    assert drawn[:, :, 0].var() == pytest.approx(1 / (3 / 4 + 1), abs=0.02)


def test_simulated_severity_and_order_are_found_again() -> None:
    random = np.random.Generator(np.random.PCG64(5))
    quality, severity = np.linspace(2, -2, 12), np.array([0.8, 0.3, 0, -0.4, -0.7])
    reviews = tuple(
        Review(f"p{row}", f"r{column}", float(4 + quality[row] + severity[column] + random.normal(0, 0.3)))
        for row in range(12)
        for column in range(5)
        if (row + column) % 3
    )
    found, told = standings(Panel(reviews), replace(MODEL, draws=2000), HALF)
    assert [told["severity"][f"r{column}"]["mean"] for column in range(5)] == pytest.approx(severity.tolist(), abs=0.3)
    ranks = [one.expected_rank for one in found.values()]
    assert np.corrcoef(sorted(ranks), [found[f"p{row}"].expected_rank for row in range(12)])[0, 1] > 0.97


def test_a_strict_reviewer_costs_a_proposal_places_by_means_but_not_by_expected_rank() -> None:
    # Of ten proposals by three reviewers, reviewer r2 is two marks stricter, and saw only the first five.
    reviews = tuple(
        Review(f"p{row}", f"r{column}", 9 - 0.3 * row - 2.5 * (column == 2))
        for row in range(10)
        for column in range(3)
        if column != 2 or row < 5
    )
    result = allocate(
        Panel(reviews), LineRules(replace(MODEL, severity_spread=None), 5, HALF, "whole_ranks", DrawRules("s", None))
    )
    assert result.details["only_by_plain_means"]
    assert set(result.details["only_by_expected_rank"]) <= {f"p{row}" for row in range(5)}


def test_a_constant_added_to_one_reviewer_changes_nothing_without_a_prior_on_severity() -> None:
    random = np.random.Generator(np.random.PCG64(3))
    reviews = [Review(f"p{row}", f"r{column}", float(random.integers(1, 7))) for row in range(6) for column in range(4)]
    reviews = [one for at, one in enumerate(reviews) if at % 5]
    shifted = [replace(one, score=one.score + (3 if one.reviewer == "r1" else 0)) for one in reviews]
    free = replace(SHORT, severity_spread=None, draws=1000)
    before, after = (standings(Panel(tuple(some)), free, HALF)[0] for some in (reviews, shifted))
    assert [one.expected_rank for one in after.values()] == pytest.approx(
        [one.expected_rank for one in before.values()], abs=0.15
    )
    held = replace(free, severity_spread=0.1)  # a prior that does not believe in severity takes it for quality
    before, after = (standings(Panel(tuple(some)), held, HALF)[0] for some in (reviews, shifted))
    assert max(abs(before[name].expected_rank - after[name].expected_rank) for name in before) > 0.3


def test_reviews_with_a_conflict_do_not_count(mock_panel: Panel) -> None:
    bribe = (*mock_panel.reviews, Review("#15", "friend", 1000.0))
    panel = Panel(bribe, frozenset({("friend", "#15")}))
    assert standings(panel, SHORT, HALF)[0] == standings(mock_panel, SHORT, HALF)[0]


def test_the_same_seed_gives_the_same_result(mock_panel: Panel) -> None:
    rules = LineRules(SHORT, 5, HALF, "whole_ranks", DrawRules("seed", None))
    assert allocate(mock_panel, rules) == allocate(mock_panel, rules)


def test_proposals_that_share_no_reviewer_are_said_to_be_incomparable() -> None:
    reviews = tuple(Review(f"p{at}", f"r{at // 2}", float(at)) for at in range(4))
    result = allocate(Panel(reviews), LineRules(SHORT, 2, HALF, "whole_ranks", DrawRules("seed", None)))
    assert result.certificate["proposals_comparable"].witness == [["p0", "p1"], ["p2", "p3"]]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"reviews": []}, "nobody reviewed"),
        ({"reviews": [{"proposal": "a", "reviewer": "r", "score": float("nan")}]}, "must be a number"),
        ({"reviews": [{"proposal": "a", "reviewer": "r", "score": 1}] * 2}, "second review"),
        (
            {
                "reviews": [{"proposal": "a", "reviewer": "r", "score": 1}],
                "conflicts": [{"reviewer": "r", "proposal": "a"}],
            },
            "every reviewer has a conflict",
        ),
        ({"reviews": [{"proposal": "a", "reviewer": "r", "score": 1}]}, "too few"),
        ({"reviews": [{"proposal": "a", "reviewer": "r", "score": 1}], "amounts": {"b": 1}}, r"amounts\.b"),
    ],
)
def test_panels_that_cannot_be_ranked_are_refused(value: dict[str, Any], problem: str) -> None:
    with pytest.raises(MethodInputError, match=problem):
        read_panel(value)


def test_a_conflict_that_names_nobody_here_is_told() -> None:
    reviews = tuple(Review(name, who, score) for name, score in (("a", 1.0), ("b", 2.0)) for who in "rs")
    rules = LineRules(SHORT, 1, HALF, "whole_ranks", DrawRules("seed", None))
    result = allocate(Panel(reviews, frozenset({("r", "a"), ("q", "b")})), rules)
    assert result.certificate["conflicts_name_who_is_there"].witness == [("q", "b")]
    assert result.certificate["no_conflicted_review_counts"].holds


def test_marks_that_lie_further_apart_than_the_prior_allows_are_refused() -> None:
    reviews = tuple(Review(name, who, score) for name, score in (("a", 0.0), ("b", 1000.0)) for who in "rstu")
    with pytest.raises(MethodInputError, match="largest_spread: 2: is too small"):
        sample(Panel(reviews), SHORT)


@pytest.mark.parametrize(("name", "value"), [("draws", 10**9), ("burn_in", 10**9), ("chains", 101)])
def test_more_draws_than_can_be_kept_are_refused(name: str, value: int) -> None:
    with pytest.raises(MethodInputError, match=name):
        replace(SHORT, **{name: value})  # type: ignore[arg-type]


def test_all_parameters_must_be_said() -> None:
    known = {
        "fundable": 5,
        "interval": "1/2",
        "interval_ends": "whole_ranks",
        "severity_spread": 0.5,
        "largest_spread": 2,
        "by_pair": True,
    }
    more = {"draws": 200, "burn_in": 100, "chains": 2, "seed": 1, "draw_seed": "s", "commitment": None}
    assert read_line_rules(known | more) == LineRules(SHORT, 5, HALF, "whole_ranks", DrawRules("s", None))
    with pytest.raises(MethodInputError, match="is missing"):
        read_line_rules(known)


@settings(max_examples=1000, deadline=None)
@given(
    ranks=st.lists(st.tuples(st.integers(10, 90), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8),
    fundable=st.integers(0, 9),
)
def test_chances_add_up_to_the_places_and_follow_the_order(ranks: list[tuple[int, int, int]], fundable: int) -> None:
    found = {f"p{at}": Standing(er, er - low, er + high, 0, 0) for at, (er, low, high) in enumerate(ranks)}
    chance = chances(found, fundable)
    assert sum(chance.values()) == min(fundable, len(ranks))
    assert all(0 <= one <= 1 for one in chance.values())
    for one, better in found.items():
        for other, worse in found.items():
            if better.high < worse.low:
                assert chance[one] >= chance[other]
