"""Files of Pabulib: nothing of what they say is lost, and what cannot be used is named with its place."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.budgeting.pabulib import PabulibFile, edited, read, write
from infracommons.methods.mechanisms.budgeting.recorded import election_of
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


def test_categories_and_places_are_read_from_whichever_column_a_file_has() -> None:
    text = TEXT.replace("category;target", "categories;district").replace("name;", "neighborhood;")
    election = election_of(read(text))
    assert election.projects[0].categories == ("green", "public space")
    assert [project.location for project in election.projects] == ['Trees; and "shade" too', "Lamps"]
    assert [project.location for project in election_of(read(text.replace("neighborhood;", "x;"))).projects] == [
        "north",
        "south",
    ]


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
        (changed("vote_type;approval", "vote_type;cumulative"), "VOTES row 1, points"),
        (changed("project_id;cost", "project_id;price"), "PROJECTS"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        election_of(read(text))
    assert refused.value.where == place


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (TEXT, ()),
        (changed("a;34;7,9;", "a;34;7,9,7;"), ("VOTES row 1: voter a names a project twice; it is counted once",)),
        (changed("b;;7;", "a;;7;"), ("VOTES row 2: voter a has another row; both are counted",)),
        (changed("budget;", "max_length;1\nbudget;"), ("VOTES row 1: voter a has 2 projects; allowed is at most 1",)),
        (changed("budget;", "min_length;2\nbudget;"), ("VOTES row 2: voter b has 1 projects; allowed is at least 2",)),
        (
            changed("budget;", "max_sum_cost;1099,50\nbudget;"),
            ("VOTES row 1: voter a has 1100 cost in all; allowed is at most 2199/2",),
        ),
        (changed("budget;", "num_votes;3\nbudget;"), ("META, num_votes: says 3; the file has 2",)),
        (
            changed(";paper", ";paper;more"),
            ("VOTES row 2: 5 cells for 4 columns; those beyond are not used",),
        ),
    ],
)
def test_a_vote_that_was_held_is_counted_as_it_stands_and_what_is_odd_is_said(text: str, odd: tuple[str, ...]) -> None:
    election = election_of(read(text))
    assert election.odd == odd
    assert [ballot.names for ballot in election.ballots] == [("7", "9"), ("7",)]


def test_points_beyond_the_limits_of_a_file_are_counted_and_said() -> None:
    text = TEXT.replace("vote_type;approval", "vote_type;cumulative\nmax_points;2\nmax_sum_points;3")
    election = election_of(
        read(text.replace("voting_method", "points").replace("internet", "3,1").replace("paper", "1"))
    )
    assert election.votes == {"7": 4, "9": 1}
    assert [one.split(": ")[1] for one in election.odd] == [
        "voter a has 3 points for a project; allowed is at most 2",
        "voter a has 4 points in all; allowed is at most 3",
    ]


def test_the_strength_of_a_vote_and_the_score_of_what_a_ballot_leaves_out_are_read() -> None:
    text = TEXT.replace("vote_type;approval", "vote_type;scoring\ndefault_score;2").replace("voting_method", "points")
    text = text.replace("voter_id;age", "voter_id;vote_strength").replace("a;34", "a;3").replace("internet", "3,1")
    election = election_of(read(text.replace("paper", "5")))
    assert [dict(ballot.points) for ballot in election.ballots] == [{"7": 3, "9": 1}, {"7": 5, "9": 2}]
    assert [ballot.weight for ballot in election.ballots] == [3, 1]
