import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.catalogue.fields.conftest import defined_terms

from infracommons.web.catalogue.fields.definition import EntryPart, FieldDefinition, Kind
from infracommons.web.catalogue.fields.kinds import parse_value
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.registry import claimable_fields, field, fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import value_words

BOOK = defined_terms()
CERN = "https://ror.org/01ggx4157"
PARTS = (EntryPart("name", "Name", is_required=True), EntryPart("url", "Address", "url"), EntryPart("on", "On", "date"))
TEXTS = (
    st.text(max_size=60)
    | st.sampled_from([CERN, "1 204", " "])
    | st.sampled_from("yes 2011 1,204 MIT USD 12.50 https://example.org/ ada@example.org 2024-05 unknown".split())
)
KEYS = st.sampled_from(
    "terms other statement minor amount currency from to name ror scheme value entries text url on alt sha256".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXTS, inner, max_size=4),
    max_leaves=12,
)


def of(kind: Kind, **more: Any) -> FieldDefinition:
    return FieldDefinition("thing", "Thing", kind, "about", **more)


LIST = of("entries", parts=PARTS)


def parsed(definition: FieldDefinition, raw: Any) -> Any:
    return parse_value(definition, raw, BOOK)


def attempt(definition: FieldDefinition, raw: Any) -> tuple[Any, ValueProblem | None]:
    try:
        return parsed(definition, raw), None
    except ValueProblem as problem:
        return None, problem


@given(definition=st.sampled_from([*claimable_fields(), LIST]), raw=JSON)
def test_whatever_comes_in_is_refused_by_name_or_stored_so_that_it_parses_to_itself(
    definition: FieldDefinition, raw: Any
) -> None:
    stored, problem = attempt(definition, raw)
    if problem is not None:
        assert problem.message
        assert len(problem.value) <= 80
        return
    assert parsed(definition, json.loads(json.dumps(stored))) == stored
    assert all(isinstance(words, str) for words in value_words(definition, stored, BOOK))


@given(definition=st.sampled_from([one for one in claimable_fields() if one.kind in {"term", "terms"}]), data=st.data())
def test_terms_by_label_are_stored_by_code_and_shown_by_label(definition: FieldDefinition, data: st.DataObject) -> None:
    terms = BOOK.choices(definition.vocabulary or "")
    chosen = data.draw(st.lists(st.sampled_from(terms), min_size=1, max_size=definition.most or 1, unique=True))

    stored = parsed(definition, {"terms": [term.label for term in chosen]})

    assert stored["terms"] == [BOOK.code_of(definition.vocabulary or "", term.label) for term in chosen]
    assert parsed(definition, stored) == stored
    assert set(value_words(definition, stored, BOOK)) == {term.label for term in chosen}


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        ("text", "  Open   \t data ", "Open data"),
        ("yes_no", "Yes", True),
        ("yes_no", False, False),
        ("year", "2011", 2011),
        ("year", "2011-05-31T00:00:00Z", 2011),
        ("whole_number", "1,234,567", 1234567),
        ("whole_number", "1 204", 1204),
        ("period", {"from": "2024-01", "to": "2024-12"}, {"from": "2024-01", "to": "2024-12"}),
        ("money", {"amount": "1,250,000.50", "currency": "eur"}, {"minor": 125000050, "currency": "EUR"}),
        ("money", {"amount": "12", "currency": "JPY"}, {"minor": 12, "currency": "JPY"}),
        ("money", {"amount": "1.2340", "currency": "KWD"}, {"minor": 1234, "currency": "KWD"}),
        ("money", {"amount": "-0.5", "currency": "USD"}, {"minor": -50, "currency": "USD"}),
        ("licence", "mit or apache-2.0", "MIT OR Apache-2.0"),
        ("names", "One\n\n Two \nOne", ["One", "Two"]),
        ("practice", {"statement": "  a\n b  "}, {"statement": "a\nb"}),
        ("organisation", "Example Foundation", {"name": "Example Foundation", "ror": ""}),
        ("organisation", {"name": "CERN", "ror": "01GGX4157"}, {"name": "CERN", "ror": CERN}),
        ("identifiers", [{"scheme": " Wikidata", "value": "Q1"}] * 2, [{"scheme": "wikidata", "value": "Q1"}]),
        ("identifiers", [{"scheme": "ror", "value": "01ggx4157"}], [{"scheme": "ror", "value": CERN}]),
        ("contact", "ada@example.org", "mailto:ada@example.org"),
        ("rich_text", "one\n\ntwo", "<p>one</p><p>two</p>"),
    ],
)
def test_each_kind_stores_one_shape(kind: Kind, raw: Any, stored: Any) -> None:
    assert parsed(of(kind), raw) == stored


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("text", ["a list"]),
        ("text", True),
        ("url", "javascript:alert(1)"),
        ("yes_no", "perhaps"),
        ("year", "1066"),
        ("year", "3011"),
        ("year", "20111"),
        ("whole_number", "-3"),
        ("whole_number", "1,20"),
        ("whole_number", "12,3456"),
        ("whole_number", "9" * 17),
        ("period", {"from": "2024-12", "to": "2024-01"}),
        ("period", {"from": "2024-13", "to": "2025-01"}),
        ("period", {"from": "2024-01"}),
        ("period", "2024"),
        ("money", {"amount": "12", "currency": "XQQ"}),
        ("money", {"amount": "12", "currency": ""}),
        ("money", {"amount": "1.001", "currency": "USD"}),
        ("money", {"amount": "1.00000000000000000000000000000000001", "currency": "USD"}),
        ("money", {"amount": "1.5", "currency": "JPY"}),
        ("money", {"amount": "1e999999999", "currency": "USD"}),
        ("money", {"amount": "NaN", "currency": "USD"}),
        ("money", {"minor": 1.5, "currency": "USD"}),
        ("money", {"minor": 10**16, "currency": "USD"}),
        ("money", "USD 12"),
        ("licence", "Do as you like"),
        ("licence", "MIT AND"),
        ("licence", "((((" * 40),
        ("names", [["nested"]]),
        ("names", [f"name {number}" for number in range(61)]),
        ("organisation", {"ror": CERN}),
        ("organisation", {"name": "CERN", "ror": "01ggx4150"}),
        ("organisation", {"name": "CERN", "ror": "0iiiiii57"}),
        ("organisation", ["CERN"]),
        ("organisation", {"name": {"en": "CERN"}}),
        ("identifiers", "wikidata: Q1"),
        ("identifiers", [{"scheme": "wiki data", "value": "Q1"}]),
        ("identifiers", [{"scheme": "wikidata"}]),
        ("identifiers", [{"scheme": "wikidata", "value": str(number)} for number in range(201)]),
        ("image", {"sha256": "abc", "width": 1, "height": 1}),
        ("image", {"sha256": "0" * 64, "width": 0, "height": 1}),
        ("record", "anything"),
    ],
)
def test_what_a_kind_does_not_take_is_refused(kind: Kind, raw: Any) -> None:
    with pytest.raises(ValueProblem):
        parsed(of(kind), raw)


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_an_empty_value_is_none_for_every_field(empty: Any) -> None:
    assert {parsed(definition, empty) for definition in claimable_fields()} == {None}


def test_fields_that_the_site_keeps_take_no_claims() -> None:
    for definition in fields().values():
        if definition.kind == "record":
            with pytest.raises(ValueProblem, match="nobody can claim it"):
                parsed(definition, "x")


def test_entries_keep_the_parts_that_are_filled_and_the_text_beside_them() -> None:
    raw = {"entries": [{"name": "One", "url": "", "on": "2024-05-31"}, {"name": " "}], "text": " And more. "}

    assert parsed(LIST, raw) == {"entries": [{"name": "One", "on": "2024-05-31"}], "text": "And more."}


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"url": "https://example.org/"}, "name"),
        ({"name": "One", "url": "ftp://example.org/"}, "url"),
        ({"name": "One", "on": "31 May"}, "on"),
        ({"name": "One", "colour": "red"}, "thing"),
        ({"name": ["One"]}, "name"),
    ],
)
def test_a_bad_entry_is_refused_by_its_part(row: dict[str, Any], part: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parsed(LIST, [row])
    assert caught.value.part == part


def test_more_terms_than_a_field_takes_are_refused_with_the_number() -> None:
    definition = field("categories")
    labels = [term.label for term in BOOK.choices("categories")]

    with pytest.raises(ValueProblem, match=f"{len(labels)} are chosen; {definition.most} at the most"):
        parsed(definition, {"terms": labels})


def test_a_term_that_nobody_defined_is_refused_by_name() -> None:
    with pytest.raises(ValueProblem, match="no term “Nonsense”"):
        parsed(field("categories"), {"terms": ["Nonsense"]})


def test_a_code_that_was_claimed_stays_after_its_term_retired(book: TermBook) -> None:
    stored = {"terms": [next(iter(book.terms("categories")))], "other": ""}

    assert parse_value(field("categories"), stored, book) == stored
