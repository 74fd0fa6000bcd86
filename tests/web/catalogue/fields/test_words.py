from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.fields.definition import FieldDefinition, Kind
from infracommons.web.catalogue.fields.kinds import parse_value
from infracommons.web.catalogue.fields.plain import minor_places
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.statuses import STATUSES, WORDS
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words, money_words, value_words

CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KWD", "GBP"])


def of(kind: Kind) -> FieldDefinition:
    return FieldDefinition("thing", "Thing", kind, "about")


@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_an_amount_reads_exactly_as_it_is_stored(minor: int, currency: str) -> None:
    said = money_words({"minor": minor, "currency": currency})

    code, amount = said.split(" ")
    assert code == currency
    assert Decimal(amount.replace(",", "")) == Decimal(minor).scaleb(-minor_places(currency))


@given(st.integers(-(10**15) + 1, 10**15 - 1), CURRENCIES)
def test_an_amount_in_words_is_stored_as_the_same_amount(minor: int, currency: str) -> None:
    stored = {"minor": minor, "currency": currency}
    code, amount = money_words(stored).split(" ")

    assert parse_value(of("money"), {"amount": amount, "currency": code}, TermBook([])) == stored


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("text", "Open data", ("Open data",)),
        ("rich_text", "<p>a</p><p>b &amp; c</p>", ("a b & c",)),
        ("contact", "mailto:ada@example.org", ("ada@example.org",)),
        ("yes_no", True, ("yes",)),
        ("yes_no", False, ("no",)),
        ("year", 2011, ("2011",)),
        ("whole_number", 1204, ("1,204",)),
        ("period", {"from": "2024-01", "to": "2024-12"}, ("2024-01 to 2024-12",)),
        ("names", ["One", "Two"], ("One", "Two")),
        ("organisation", {"name": "CERN", "ror": ""}, ("CERN",)),
        ("identifiers", [{"scheme": "wikidata", "value": "Q1"}], ("wikidata: Q1",)),
        (
            "entries",
            {"entries": [{"name": "One", "url": "https://example.org/"}], "text": "And more."},
            ("One - https://example.org/", "And more."),
        ),
        ("image", {"sha256": "0" * 64, "width": 1, "height": 1, "alt": ""}, ("logo",)),
    ],
)
def test_each_kind_reads_in_plain_words(kind: Kind, value: Any, words: tuple[str, ...], book: TermBook) -> None:
    assert value_words(of(kind), value, book) == words


def test_each_status_has_words_of_its_own() -> None:
    assert len({WORDS[status] for status in STATUSES}) == len(STATUSES)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (None, ("unknown",)),
        ({"value": None, "status": "unknown"}, ("unknown",)),
        ({"value": None, "status": ""}, ("unknown",)),
        ({"value": None, "status": "not_planning"}, ("not planning",)),
        ({"value": {"statement": "See below."}, "status": "available"}, ("available", "See below.")),
    ],
)
def test_an_entry_begins_with_its_status_and_nothing_is_unknown(
    entry: dict[str, Any] | None, words: tuple[str, ...], book: TermBook
) -> None:
    assert entry_words(field("bylaws"), entry, book) == words


def test_terms_that_became_one_are_said_once() -> None:
    from infracommons.web.catalogue.fields.terms import TermFacts  # noqa: PLC0415 - only here

    categories = field("categories").vocabulary or ""
    book = TermBook([TermFacts(categories, "a", "Old", successor="b"), TermFacts(categories, "b", "New")])

    said = value_words(field("categories"), {"terms": ["a", "b"], "other": "Forth"}, book)

    assert said == ("New", "Other: Forth")
