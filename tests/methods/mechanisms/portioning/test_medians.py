from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.portioning.mechanisms import read_median_inputs, read_median_parameters
from infracommons.methods.mechanisms.portioning.medians import MedianRules, MedianVotes, allocate, median
from infracommons.methods.result import MethodInputError

RULES = MedianRules(quorum=17, drop_at_or_below=None, order="scale_then_drop", scaling="down_only", zero_votes="count")


def votes(pot: int, **amounts: list[int]) -> MedianVotes:
    ballots: dict[str, dict[str, int]] = {}
    for project, given_amounts in amounts.items():
        for number, amount in enumerate(given_amounts):
            ballots.setdefault(f"v{number}", {})[project] = amount
    return MedianVotes(pot, tuple(amounts), ballots)


def test_sixteen_voters_are_not_enough_and_seventeen_bring_the_median() -> None:  # RT-1
    result = allocate(votes(10**6, few=[500] * 16, many=list(range(100, 117))), RULES)
    assert result.amounts == {"few": 0, "many": 108}
    assert result.losers["few"]["would_have_sufficed"] == "1 more voters"
    assert result.details["votes"] == {"few": 16, "many": 17}


def test_the_order_of_scaling_and_dropping_decides_who_is_paid() -> None:
    round_ = votes(2000, small=[100], large=[900])
    known = MedianRules(1, 150, "scale_then_drop", "to_pot", "count")
    assert allocate(round_, known).amounts == {"small": 200, "large": 1800}
    assert allocate(round_, replace(known, order="drop_then_scale")).amounts == {"small": 0, "large": 2000}
    tight = replace(known, drop_at_or_below=200)
    assert allocate(round_, tight).amounts == {"small": 0, "large": 1800}
    assert allocate(round_, tight).certificate["pot_handed_out"].witness == 200
    assert allocate(round_, replace(tight, order="scale_drop_scale")).amounts == {"small": 0, "large": 2000}


def test_whether_votes_of_nothing_count_is_a_rule_and_matters() -> None:
    round_ = votes(10**6, p=[0, 0, 600])
    known = replace(RULES, quorum=3)
    assert allocate(round_, known).amounts == {"p": 0}
    assert allocate(round_, replace(known, quorum=1, zero_votes="ignore")).amounts == {"p": 600}
    assert allocate(round_, replace(known, zero_votes="ignore")).losers["p"]["votes"] == 1


def test_no_votes_pay_nobody() -> None:
    result = allocate(MedianVotes(100, ("p",), {}), replace(RULES, scaling="to_pot"))
    assert result.amounts == {"p": 0}
    assert result.details["not_handed_out"] == 100


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"pot": 1.5}, "pot"),
        ({"ballots": {"v": {"x": 1}}}, "ballots.v.x"),
        ({"ballots": {"v": {"p": -1}}}, "ballots.v.p"),
        ({"ballots": []}, "ballots"),
        ({"projects": ["p", "p"]}, "projects[1]"),
    ],
)
def test_bad_votes_are_refused_by_their_place(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_median_inputs({"pot": 1, "projects": ["p"], "ballots": {}} | changes)
    assert caught.value.where == where


def test_rules_have_no_hidden_default() -> None:
    known = {"quorum": 17, "drop_at_or_below": "15.00", "order": "scale_then_drop", "scaling": "to_pot"}
    assert read_median_parameters(known | {"zero_votes": "count"}).drop_at_or_below == 1500
    with pytest.raises(MethodInputError, match="zero_votes"):
        read_median_parameters(known)


amounts = st.lists(st.integers(0, 1000), min_size=0, max_size=5)


@settings(max_examples=1000, deadline=None)
@given(
    p=amounts,
    q=amounts,
    pot=st.integers(0, 3000),
    quorum=st.integers(1, 4),
    limit=st.none() | st.integers(0, 300),
    order=st.sampled_from(["scale_then_drop", "scale_drop_scale", "drop_then_scale"]),
)
def test_never_more_than_the_pot_is_paid_and_what_is_left_is_told(
    p: list[int], q: list[int], pot: int, quorum: int, limit: int | None, order: Any
) -> None:
    result = allocate(votes(pot, p=p, q=q), MedianRules(quorum, limit, order, "to_pot", "count"))
    assert result.total + result.details["not_handed_out"] == pot
    assert min(result.amounts.values()) >= 0
    assert not result.certificate.failing or result.certificate.failing[0].name == "pot_handed_out"


@settings(max_examples=1000, deadline=None)
@given(some=st.lists(st.integers(0, 1000), min_size=3, max_size=9), outlier=st.integers(1000, 10**9))
def test_one_outlier_moves_a_median_no_further_than_the_next_vote(some: list[int], outlier: int) -> None:
    assert min(some) <= median(some) <= median([*some, outlier]) <= max(some)
