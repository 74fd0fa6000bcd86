import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.insights.text_query import Clause, FieldNames, Query, field_key, parse_query

CALLED = {"country": "Country", "launched": "Launched", "open_api": "Open API"}
NAMES = FieldNames(
    {field_key(name): code for code, label in CALLED.items() for name in (code, label)}, frozenset({"launched"})
)
PIECES = st.sampled_from([*'"-:< \t“é', "..", ">=", "//", "country", "launched", "2010", "word", "NOT", "OR", "AND"])


def parsed(text: str) -> Query:
    return parse_query(text, NAMES)


def only(text: str) -> Clause:
    query = parsed(text)
    assert query.issues == ()
    assert len(query.clauses) == 1
    return query.clauses[0]


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join)))
def test_nothing_that_is_typed_raises(text: str) -> None:
    query = parsed(text)
    for clause in query.clauses:
        assert clause.words or clause.bounds
        assert clause.typed.strip() in text.translate({ord(quote): '"' for quote in "“”„«»"})


@given(st.lists(st.from_regex(r"[a-z]{5,8}", fullmatch=True), min_size=1, max_size=5))
def test_plain_words_are_all_wanted_in_their_order(typed: list[str]) -> None:
    assert [clause.words for clause in parsed(" ".join(typed)).wanted] == [(word,) for word in typed]


def test_a_phrase_stands_together() -> None:
    assert only('"Open Access"').words == ("open", "access")
    assert only("“Open Access”").is_quoted


def test_an_unbalanced_quote_runs_to_the_end() -> None:
    assert only('"open access').words == ("open", "access")


def test_a_hyphenated_word_is_a_phrase_and_no_exclusion() -> None:
    assert only("open-source") == Clause("open-source", ("open", "source"))


@pytest.mark.parametrize("typed", ["-journal", '-"journal"', "NOT journal"])
def test_exclusions(typed: str) -> None:
    assert only(typed).is_excluded
    assert only(typed).words == ("journal",)


@pytest.mark.parametrize("typed", ["country:DE", "Country:de", "COUNTRY:DE", 'country:"DE"', "country :DE"])
def test_a_field_is_named_in_any_case(typed: str) -> None:
    assert (only(typed).field, only(typed).words) == ("country", ("de",))


@pytest.mark.parametrize("typed", ["open_api:available", "open-api:available", '"Open API":available'])
def test_a_field_is_named_by_code_or_label(typed: str) -> None:
    assert (only(typed).field, only(typed).words) == ("open_api", ("available",))


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2000..2010", (2000, 2010)),
        ("2000..", (2000, None)),
        ("..2010", (None, 2010)),
        (">=2010", (2010, None)),
        (">2010", (2011, None)),
        ("<2000", (None, 1999)),
        ("<=2000", (None, 2000)),
        ("2015", (2015, 2015)),
    ],
)
def test_ranges(value: str, bounds: tuple[int | None, int | None]) -> None:
    assert only(f"launched:{value}").bounds == bounds


def test_an_unknown_field_is_reported_and_the_rest_still_works() -> None:
    query = parsed("colour:red repository")
    assert [issue.typed for issue in query.issues] == ["colour:red"]
    assert [clause.words for clause in query.clauses] == [("repository",)]


def test_a_number_that_is_none_is_reported() -> None:
    assert "launched:>=2010" in parsed("launched:soon").issues[0].reason


def test_or_is_reported_instead_of_being_sought() -> None:
    query = parsed("journals OR books")
    assert [issue.typed for issue in query.issues] == ["OR"]
    assert len(query.clauses) == 2


def test_a_web_address_is_words_and_no_field() -> None:
    assert only("https://arxiv.org").words == ("https", "arxiv", "org")


def test_small_words_say_nothing_unless_they_are_all_there_is() -> None:
    assert [clause.words for clause in parsed("archive of the web").clauses] == [("archive",), ("web",)]
    assert [clause.words for clause in parsed("the").clauses] == [("the",)]
    assert only('"of the"').words == ("of", "the")


AWARDS = FieldNames(
    {"year": "year", "usd": "usd"}, frozenset({"year", "usd"}), frozenset({"usd"}), has_alternatives=True
)


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("a1 OR b1", [["a1", "b1"]]),
        ("a1 b1 OR c1", [["a1"], ["b1", "c1"]]),
        ("a1 OR b1 OR c1 d1", [["a1", "b1", "c1"], ["d1"]]),
        ("the OR a1", [["the", "a1"]]),
        ("a1 the OR b1", [["a1"], ["the", "b1"]]),
        ("a1 or b1", [["a1"], ["b1"]]),
    ],
)
def test_or_joins_the_two_beside_it(typed: str, groups: list[list[str]]) -> None:
    query = parse_query(typed, AWARDS)
    assert query.issues == ()
    assert [[one.words[0] for one in group] for group in query.groups] == groups


@pytest.mark.parametrize("typed", ["OR a1", "a1 OR", "OR"])
def test_an_or_without_two_sides_is_reported(typed: str) -> None:
    assert [issue.typed for issue in parse_query(typed, AWARDS).issues] == ["OR"]


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        (">10", (1001, None)),
        ("<10", (None, 999)),
        (">=1,000,000", (100_000_000, None)),
        ("10..20", (1000, 2000)),
        ("10", (1000, 1000)),
    ],
)
def test_money_is_held_against_cents(value: str, bounds: tuple[int | None, int | None]) -> None:
    (clause,) = parse_query(f"usd:{value}", AWARDS).clauses
    assert clause.bounds == bounds
