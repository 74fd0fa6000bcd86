from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.web.catalogue.compare.asked import ComparisonAsked, address, read
from infracommons.web.catalogue.compare.compared import section_labels

IDS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True), max_size=12).map(tuple)


@given(
    ids=IDS,
    sections=st.sets(st.sampled_from(list(section_labels()))),
    differences=st.booleans(),
    hide_empty=st.booleans(),
    as_of=st.none() | st.dates(date(1990, 1, 1), date(2026, 1, 1)),
    add=st.just("") | st.from_regex(r"[^\x00-\x1f\x7f\ud800-\udfff\s]{1,50}", fullmatch=True),
)
@settings(max_examples=50)
def test_an_address_asks_for_what_it_was_made_of(ids: tuple[str, ...], sections: set[str], **rest: Any) -> None:
    asked = ComparisonAsked(ids=ids, sections=tuple(code for code in section_labels() if code in sections), **rest)

    parsed = read(address(asked).partition("?")[2])

    assert parsed.asked == asked
    assert parsed.problems == ()
    assert parsed.is_tidy


def test_lists_may_be_repeated_as_forms_do_and_keep_their_order() -> None:
    parsed = read("ids=zenodo&ids=arxiv,dspace&sections=community&sections=technical")

    assert parsed.asked.ids == ("zenodo", "arxiv", "dspace")
    assert parsed.asked.sections == ("technical", "community")
    assert not parsed.is_tidy


def test_the_address_of_a_list_has_plain_commas() -> None:
    asked = ComparisonAsked(ids=("arxiv", "zenodo"), sections=("technical", "community"))

    assert address(asked) == "/compare?ids=arxiv,zenodo&sections=technical,community"


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("ids=arxiv&as_of=yesterday", "as_of", "yesterday"),
        ("ids=arxiv&as_of=9999-01-01", "as_of", "9999-01-01"),
        ("ids=arxiv&as_of=2026-02-30", "as_of", "2026-02-30"),
        ("ids=arxiv&sections=technical,nonsense", "sections", "nonsense"),
        ("ids=arxiv&differences=maybe", "differences", "maybe"),
        ("ids=arxiv&weights=1", "weights", "1"),
        ("ids=arxiv,a%00b", "ids", "a\x00b"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(query: str, field: str, value: str) -> None:
    parsed = read(query)

    assert [(problem.field, problem.value) for problem in parsed.problems] == [(field, value)]
    assert parsed.asked.ids == ("arxiv",)


def test_known_sections_stay_beside_an_unknown_one() -> None:
    assert read("sections=technical,nonsense").asked.sections == ("technical",)


@pytest.mark.parametrize("query", ["ids=%ff", "&".join(["ids=a"] * 201)])
def test_an_address_that_is_no_text_or_has_too_many_parts_is_refused(query: str) -> None:
    assert read(query).problems
