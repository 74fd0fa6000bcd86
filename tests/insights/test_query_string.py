from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.insights.award_filters import SORTS, AwardFilters, not_in_release
from infracommons.insights.exclusions import ExclusionFilters
from infracommons.insights.query_string import QueryProblem, parse, to_query
from infracommons.insights.release import Release
from infracommons.vocabulary.tables import AMOUNT_STATUS, DECISIONS, RULES, SUPPORT_TYPES


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


# What a reader may type: any characters but those that no keyboard types, and no blanks at the ends.
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200).map(str.strip)
award_filters = st.builds(
    AwardFilters,
    q=words,
    infrastructure=several(st.sampled_from(["arxiv", "zenodo", "project-jupyter"])),
    funder=several(st.sampled_from(["ror:021nxhr62", "org:ed511fb91c6e", "unknown"])),
    funder_country=several(st.sampled_from(["US", "GB", "unknown"])),
    country=several(st.sampled_from(["US", "GB", "unknown"])),
    year_from=st.none() | st.integers(1800, 2200),
    year_to=st.none() | st.integers(1800, 2200),
    undated=st.sampled_from(["", "yes"]),
    source=several(st.sampled_from(["nsf", "ukri_gtr"])),
    decision=st.sampled_from([*DECISIONS, "any"]),
    support_type=several(st.sampled_from(SUPPORT_TYPES)),
    amount_status=several(st.sampled_from(AMOUNT_STATUS)),
    counted=st.sampled_from(["", "yes", "no"]),
    rule=st.sampled_from(RULES),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 1000),
)


@given(award_filters)
def test_every_filter_comes_back_from_its_address(filters: AwardFilters) -> None:
    parsed = parse(AwardFilters, to_query(filters))
    assert parsed.asked == filters
    assert not parsed.problems
    assert parsed.is_tidy


@given(st.text())
def test_no_address_is_ever_a_crash(query: str) -> None:
    parse(AwardFilters, query)


@given(st.lists(st.tuples(st.sampled_from(["q", "page", "year_from", "rule", "x"]), st.text())))
def test_what_was_kept_of_a_bad_address_is_good(pairs: list[tuple[str, str]]) -> None:
    kept = parse(AwardFilters, urlencode(pairs, errors="surrogatepass")).asked
    assert not parse(AwardFilters, to_query(kept)).problems


def test_the_default_needs_no_query() -> None:
    assert to_query(AwardFilters()) == ""
    assert parse(AwardFilters, "").asked == AwardFilters()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("year_from=abc", QueryProblem("year_from", "abc", "a year from 1800 to 2200")),
        ("year_to=20222", QueryProblem("year_to", "20222", "a year from 1800 to 2200")),
        ("year_to=٢٠٢٠", QueryProblem("year_to", "٢٠٢٠", "a year from 1800 to 2200")),
        ("page=0", QueryProblem("page", "0", "a page number, 1 or more")),
        ("page=-1", QueryProblem("page", "-1", "a page number, 1 or more")),
        ("rule=all", QueryProblem("rule", "all", "one of full, equal_split, documented_share, single_only")),
        ("country=us", QueryProblem("country", "us", "a two-letter country code in capitals, or unknown")),
        ("infrastructure=a%00b", QueryProblem("infrastructure", "a\0b", "the id of an infrastructure, such as arxiv")),
        (
            "rule=full&rule=single_only",
            QueryProblem("rule", "single_only", "one value; an earlier one stands in the address"),
        ),
    ],
)
def test_a_bad_value_is_told_with_field_value_and_what_is_allowed(query: str, problem: QueryProblem) -> None:
    parsed = parse(AwardFilters, query + "&q=kept")
    assert parsed.problems == (problem,)
    assert parsed.asked.q == "kept"


def test_an_unknown_filter_is_told_not_ignored() -> None:
    (problem,) = parse(ExclusionFilters, "funder=x").problems
    assert problem == QueryProblem("funder", "x", "none; there are stage, reason, source, page")


def test_too_many_parameters_and_bytes_that_are_no_text_are_problems() -> None:
    assert parse(AwardFilters, "&".join(["country=US"] * 201)).problems
    assert parse(AwardFilters, "q=%ff").problems


def test_what_a_form_leaves_empty_is_untidy_but_no_problem() -> None:
    parsed = parse(AwardFilters, "q=&infrastructure=arxiv&year_from=")
    assert parsed.asked == AwardFilters(infrastructure=("arxiv",))
    assert not parsed.problems
    assert not parsed.is_tidy


def test_an_id_that_the_release_does_not_know_is_a_problem_and_the_others_stay(release: Release) -> None:
    asked = AwardFilters(q="x", infrastructure=("zenodo", "nowhere"), source=("nsf", "elsewhere"), funder=("unknown",))
    kept, problems = not_in_release(release, asked)
    assert kept == replace(asked, infrastructure=("zenodo",), source=("nsf",))
    assert [(p.field, p.value) for p in problems] == [("infrastructure", "nowhere"), ("source", "elsewhere")]
