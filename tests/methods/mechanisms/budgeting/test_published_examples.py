"""Outcomes that others have published, number by number."""

from fractions import Fraction

import pytest

from infracommons.methods.mechanisms.budgeting.allocate import (
    allocate_equal_shares,
    allocate_greedy,
    allocate_optimal,
    allocate_phragmen,
)
from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares
from infracommons.methods.mechanisms.budgeting.parameters import (
    EqualSharesParameters,
    GreedyParameters,
    OptimalParameters,
    PhragmenParameters,
)


def vote(budget: int, cost: int, projects: str, ballots: list[str]) -> Election:
    said = (Ballot(str(place), dict.fromkeys(names, Fraction(1))) for place, names in enumerate(ballots))
    return Election(budget, tuple(Project(name, cost) for name in projects), tuple(said))


# 100 voters, 9 projects: the only groups of voters that pay what the encyclopaedia's example says they pay.
ENCYCLOPAEDIA = vote(1000, 200, "ABCDEFGHI", ["DACBEFI"] * 46 + ["DG"] * 20 + ["ACG"] * 9 + ["AG"] * 5 + ["H"] * 20)
# instanceS0000 of the tests of abcvoting (MIT).
S0000 = vote(3, 1, "012345", ["023", "024", "045", "345", "125", "0235", "025", "13"])
# Example 1 of M. Lackner, P. Skowron, Multi-Winner Voting with Approval Preferences, 2023.
BOOK = vote(4, 1, "abcdefg", ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"])


def test_the_example_of_the_encyclopaedia_is_bought_in_its_order_at_its_prices() -> None:
    outcome = EqualShares(ENCYCLOPAEDIA, "cost", "listed").run(Fraction(10))
    assert [(one.project, f"{float(one.most_paid):.2f}") for one in outcome.purchases] == [
        ("D", "3.03"),
        ("A", "3.33"),
        ("C", "3.64"),
        ("G", "6.97"),
        ("H", "10.00"),
    ]
    assert {name: ENCYCLOPAEDIA.supporters[name] for name in "DA"} == {"D": 66, "A": 60}
    assert not any(outcome.left.values())


def test_votes_alone_leave_the_twenty_of_the_encyclopaedia_with_nothing_and_the_certificate_says_so() -> None:
    result = allocate_greedy(ENCYCLOPAEDIA, GreedyParameters("votes", skip=True))
    assert "H" not in result.selected
    check = result.certificate["EJR+"]
    assert check.holds is False
    assert check.witness == {"project": "H", "voters": 20, "fewer_than": 1}
    assert result.certificate["EJR+ up to one project"].holds is False


def test_a_small_committee_is_elected_as_abcvoting_elects_it() -> None:
    greedy = allocate_greedy(S0000, GreedyParameters("votes", skip=True))
    assert set(greedy.selected) == {"0", "2", "5"}
    either = [{"0", "3", "5"}, {"2", "3", "5"}]
    assert set(allocate_optimal(S0000, OptimalParameters("proportional")).selected) in either
    assert set(allocate_phragmen(S0000, PhragmenParameters()).selected) in either
    shares = allocate_equal_shares(S0000, EqualSharesParameters("cardinality", "phragmen"))
    assert set(shares.selected) in either


def test_the_books_example_is_bought_and_then_completed_by_phragmens_rule() -> None:
    result = allocate_equal_shares(BOOK, EqualSharesParameters("cardinality", "phragmen"))
    assert result.selected == ("a", "b", "c", "d")
    assert result.details["added_by_completion"] == ["b", "c", "d"]


@pytest.mark.parametrize("completion", ["none", "add_one", "utilitarian", "phragmen"])
def test_money_is_neither_made_nor_lost_by_any_completion(completion: str) -> None:
    for election in (ENCYCLOPAEDIA, S0000, BOOK):
        result = allocate_equal_shares(election, EqualSharesParameters("cost", completion, Fraction(1, 100)))  # type: ignore[arg-type]  # from the list
        assert result.total == sum(election.cost[project] for project in result.selected) <= election.budget
        assert result.certificate["balance"].holds
        assert result.certificate["endowment"].holds
