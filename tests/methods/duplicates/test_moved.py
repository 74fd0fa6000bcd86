from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.duplicates.facts import Facts
from infracommons.methods.duplicates.moved import went_on

# Three years at 300,000; after the first year, two years are left with 200,000.
BEFORE = Facts(
    record_id="gtr:a",
    source="gtr",
    richness=80,
    funder_key="a council",
    recipient_key="old university",
    title_key="molecules in motion",
    text_key="text",
    start_date=date(2010, 1, 1),
    end_date=date(2010, 12, 31),
    amount=Decimal(300_000),
    currency="GBP",
    investigator_keys=frozenset({"one"}),
)
AFTER = replace(
    BEFORE,
    record_id="gtr:b",
    recipient_key="new university",
    start_date=date(2011, 1, 1),
    end_date=date(2012, 12, 31),
    amount=Decimal(200_000),
)


def shifted(facts: Facts, days: int) -> Facts:
    assert facts.start_date
    assert facts.end_date
    step = timedelta(days=days)
    return replace(facts, start_date=facts.start_date + step, end_date=facts.end_date + step)


def test_an_award_that_moved_with_its_investigator_is_one_award_and_the_reason_says_how() -> None:
    link = went_on(BEFORE, AFTER)
    assert link
    assert (link.first, link.second, link.kind) == ("gtr:a", "gtr:b", "duplicate")
    assert "moved to a new host: same title, text and investigator" in link.reason
    assert "gtr:a ends 2010-12-31, gtr:b starts 2011-01-01" in link.reason
    assert "1.00 of what even spending leaves" in link.reason


def test_collaborators_who_start_together_under_one_title_have_different_awards() -> None:
    partner = replace(AFTER, start_date=BEFORE.start_date, investigator_keys=frozenset({"two"}))
    assert went_on(BEFORE, replace(partner, end_date=BEFORE.end_date)) is None
    same_person = replace(partner, end_date=date(2012, 12, 31), investigator_keys=BEFORE.investigator_keys)
    assert went_on(replace(BEFORE, end_date=date(2012, 12, 31)), same_person) is None


@pytest.mark.parametrize(
    "change",
    [
        {"funder_key": "another council"},
        {"title_key": "molecules at rest"},
        {"title_key": None},
        {"source": "nsf"},
        {"start_date": None},
        {"end_date": None},
        {"recipient_key": None},
    ],
)
def test_without_the_same_funder_title_and_source_and_its_dates_and_host_nothing_went_on(
    change: dict[str, Any],
) -> None:
    assert went_on(BEFORE, replace(AFTER, **change)) is None


def test_a_second_award_with_more_money_than_the_first_is_another_award() -> None:
    assert went_on(BEFORE, replace(AFTER, amount=Decimal(900_000))) is None


def test_a_renewal_at_the_same_host_with_as_much_money_again_is_another_award() -> None:
    renewal = replace(AFTER, recipient_key=BEFORE.recipient_key, end_date=date(2011, 12, 31), amount=Decimal(300_000))
    assert went_on(BEFORE, renewal) is not None, "twice what even spending leaves may still be the rest"
    assert went_on(BEFORE, replace(renewal, amount=Decimal(310_000))) is None
    assert went_on(BEFORE, replace(renewal, text_key="other text")) is None


def test_an_award_re_issued_before_its_end_with_more_money_brings_money_of_its_own() -> None:
    reissued = replace(AFTER, recipient_key=BEFORE.recipient_key, start_date=date(2010, 7, 1), amount=Decimal(900_000))
    link = went_on(BEFORE, reissued)
    assert link
    assert link.kind == "instalment"
    assert "each has money of its own" in link.reason


def test_a_long_break_needs_the_same_text() -> None:
    late = shifted(AFTER, 300)
    assert went_on(BEFORE, late)
    assert went_on(BEFORE, replace(late, text_key="reworded")) is None
    assert went_on(BEFORE, replace(AFTER, text_key="reworded")), "the next day, a reworded text is no obstacle"
    assert went_on(BEFORE, shifted(AFTER, 1200)) is None


def test_where_no_text_can_be_compared_the_second_record_must_end_later() -> None:
    silent = replace(AFTER, text_key=None)
    assert went_on(BEFORE, silent)
    long_before = replace(BEFORE, end_date=date(2011, 1, 15))
    assert went_on(long_before, replace(silent, end_date=date(2011, 1, 10))) is None
    assert went_on(BEFORE, replace(silent, amount=None)) is None


def test_another_investigator_must_have_the_same_text_at_another_host_with_the_money_that_is_left() -> None:
    heir = replace(AFTER, investigator_keys=frozenset({"two"}))
    link = went_on(BEFORE, heir)
    assert link
    assert link.is_exclusive
    assert went_on(BEFORE, replace(heir, text_key="other")) is None
    assert went_on(BEFORE, replace(heir, recipient_key=BEFORE.recipient_key)) is None
    assert went_on(BEFORE, replace(heir, amount=Decimal(1_000_000))) is None


def test_values_in_two_currencies_are_never_one_award_or_its_instalments() -> None:
    assert went_on(BEFORE, replace(AFTER, currency="EUR")) is None
    more_elsewhere = replace(AFTER, recipient_key=BEFORE.recipient_key, start_date=date(2010, 11, 1))
    assert went_on(BEFORE, replace(more_elsewhere, amount=Decimal(900_000)))
    assert went_on(BEFORE, replace(more_elsewhere, amount=Decimal(900_000), currency="EUR")) is None


def test_a_currency_without_a_value_says_nothing() -> None:
    link = went_on(BEFORE, replace(AFTER, amount=None, currency="EUR"))
    assert link
    assert "a value is not published" in link.reason


@given(days=st.integers(-800, 1500), amount=st.integers(0, 10**7), text=st.sampled_from(["text", "other", None]))
def test_the_order_of_two_records_never_matters(days: int, amount: int, text: str | None) -> None:
    other = replace(shifted(AFTER, days), amount=Decimal(amount), text_key=text)
    assert went_on(BEFORE, other) == went_on(other, BEFORE)
