"""Files of Pabulib: nothing of what they say is lost, and what cannot be used is named with its place."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.budgeting.pabulib import PabulibFile, edited, election_of, read, write
from infracommons.methods.result import MethodInputError

TEXT = """META
key;value
description;A small vote
vote_type;approval
budget;1000
something_unknown;kept as it is
PROJECTS
project_id;cost;votes;name;category;target;selected
7;600;2;"Trees; and ""shade"" too";green,public space;north;1
9;500;1;Lamps;;south;0
VOTES
voter_id;age;vote;voting_method
a;34;7,9;internet
b;;7;paper
"""
CELL = st.text(st.characters(exclude_characters="\r\n\x00", codec="utf-8"), max_size=8).map(str.strip)


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new)


def test_a_file_is_written_as_it_was_read() -> None:
    assert write(read(TEXT)) == TEXT
    assert read(TEXT).value("something_unknown") == "kept as it is"
    assert read(TEXT).project_rows()[0]["name"] == 'Trees; and "shade" too'


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(st.tuples(CELL.map("k".__add__), CELL), max_size=4),
    st.lists(st.tuples(CELL.map("p".__add__), CELL, CELL), max_size=4),
    st.lists(st.tuples(CELL.map("v".__add__), CELL), max_size=4),
)
def test_whatever_cells_hold_comes_back_from_the_text(
    meta: list[tuple[str, ...]], projects: list[tuple[str, ...]], votes: list[tuple[str, ...]]
) -> None:
    columns = ("project_id", "cost", "odd column")
    file = PabulibFile(("key", "value"), tuple(meta), columns, tuple(projects), ("voter_id", "vote"), tuple(votes))
    assert read(write(file)) == file


def test_a_file_says_which_election_it_is() -> None:
    election = election_of(read("\ufeff" + TEXT.replace("\n", "\r\n")))
    assert (election.budget, election.cost) == (1000, {"7": 600, "9": 500})
    assert election.projects[0].categories == ("green", "public space")
    assert election.projects[1].location == "south"
    assert [ballot.names for ballot in election.ballots] == [("7", "9"), ("7",)]


def test_cents_are_counted_in_cents() -> None:
    election = election_of(read(changed("7;600;", "7;600.50;")))
    assert (election.scale, election.budget, election.cost["7"]) == (100, 100000, 60050)


def test_points_rankings_and_weights_are_read() -> None:
    points = TEXT.replace("vote_type;approval", "vote_type;cumulative").replace("voting_method", "points;weight")
    election = election_of(read(points.replace("internet", "3,1;1").replace("paper", "2;0.5")))
    assert election.ballots[0].points == {"7": 3, "9": 1}
    assert election.ballots[1].weight == Fraction(1, 2)
    ranked = election_of(read(changed("vote_type;approval", "vote_type;ordinal")))
    assert ranked.ballots[0].ranking == ("7", "9")
    assert ranked.votes == {"7": 3, "9": 1}


def test_winners_are_written_into_the_column_that_is_there_or_a_new_one() -> None:
    assert [row["selected"] for row in edited(read(TEXT), ["9"]).project_rows()] == ["0", "1"]
    bare = read(TEXT.replace(";selected", "").replace(";north;1", ";north").replace(";south;0", ";south"))
    assert edited(bare, ["7"]).project_columns[-1] == "selected"
    assert [row["selected"] for row in edited(bare, ["7"]).project_rows()] == ["1", "0"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "META"),
        ("a;b\n" + TEXT, "line 1"),
        (changed("vote_type;approval", "vote_type;shouting"), "META, vote_type"),
        (changed("budget;1000", "budget;plenty"), "META, budget"),
        (changed("budget;1000", "budget;-5"), "META, budget"),
        (changed("budget;1000", "budget;nan"), "META, budget"),
        (changed("9;500;", "9;500.505;"), "PROJECTS row 2, cost"),
        (changed("9;500;", "9;-500;"), "PROJECTS row 2, cost"),
        (changed("9;500;", "7;500;"), "projects[1].id"),
        (changed("a;34;7,9;", "a;34;7,8;"), "ballots[0].vote"),
        (changed("a;34;7,9;", "a;34;7,7;"), "VOTES row 1, vote"),
        (changed("b;;7;", "a;;7;"), "ballots[1].voter"),
        (changed("budget;1000", "budget;1000\nmax_length;1"), "ballots[0]"),
        (changed("budget;1000", "budget;1000\nmax_sum_cost;700"), "ballots[0]"),
        (changed("vote_type;approval", "vote_type;cumulative"), "VOTES row 1, points"),
        (changed("project_id;cost", "project_id;price"), "PROJECTS"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        election_of(read(text))
    assert refused.value.where == place
