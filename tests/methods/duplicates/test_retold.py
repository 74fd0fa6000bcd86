from dataclasses import replace
from datetime import date
from decimal import Decimal

from infracommons.methods.duplicates.facts import Facts
from infracommons.methods.duplicates.retold import retold

OWN = Facts(
    record_id="czi:1",
    source="czi",
    richness=70,
    funder_key="example initiative donor advised fund",
    recipient_key="example library lab",
    recipient_words=frozenset({"example", "library", "lab"}),
    text_words=frozenset({"maintain", "reference", "manager", "translators"}),
    award_year=2018,
    amount=Decimal(50_000),
    currency="USD",
)
LISTED = replace(
    OWN,
    record_id="donations:x",
    source="donations",
    richness=40,
    funder_key="example initiative",
    recipient_key="example library lab dba the lab",
    recipient_words=frozenset({"example", "library", "lab", "doing"}),
    text_words=frozenset({"reference", "manager", "founded", "volunteers", "translators"}),
)


def test_two_publishers_of_one_award_agree_in_funder_recipient_year_amount_and_words() -> None:
    link = retold(LISTED, OWN)
    assert link
    assert (link.first, link.second) == ("czi:1", "donations:x"), "the richer source leads"
    assert "50000 USD" in link.reason
    assert "3 telling words shared" in link.reason
    assert not link.is_alone


def test_where_the_words_differ_there_must_be_no_other_candidate() -> None:
    link = retold(OWN, replace(LISTED, text_words=frozenset({"who", "they", "are", "generally"})))
    assert link
    assert link.is_alone


def test_another_year_amount_currency_or_recipient_is_another_award() -> None:
    for change in (
        {"award_year": 2019},
        {"award_year": None},
        {"amount": Decimal(50_001)},
        {"currency": "EUR"},
        {"recipient_words": frozenset({"example", "archive"})},
        {"recipient_key": None},
        {"funder_key": "sample trust"},
        {"funder_key": None},
    ):
        assert retold(OWN, replace(LISTED, **change)) is None, change


def test_an_award_without_an_amount_is_not_told_by_its_amount() -> None:
    assert retold(replace(OWN, amount=None), replace(LISTED, amount=None)) is None


def test_different_days_in_one_year_are_different_awards_unless_the_words_agree() -> None:
    one, other = replace(OWN, start_date=date(2018, 3, 1)), replace(LISTED, start_date=date(2018, 9, 1))
    assert retold(one, other)
    assert retold(one, replace(other, text_words=frozenset())) is None


def test_one_word_within_a_longer_name_is_not_the_same_recipient() -> None:
    washington = replace(OWN, recipient_words=frozenset({"washington"}))
    assert retold(washington, replace(LISTED, recipient_words=frozenset({"george", "washington"}))) is None


def test_equal_ror_ids_make_the_funder_the_same_whatever_it_is_called() -> None:
    ror = "https://ror.org/00example"
    assert retold(replace(OWN, funder_ror=ror), replace(LISTED, funder_key="ei", funder_ror=ror))


def test_the_funders_own_number_is_enough_but_for_another_year_of_support() -> None:
    one = replace(OWN, number_key="R01GM123456", award_year=2018)
    other = replace(
        LISTED, number_key="R01GM123456", recipient_key="elsewhere", recipient_words=frozenset({"elsewhere"})
    )
    link = retold(one, other)
    assert link
    assert "award number R01GM123456" in link.reason
    assert retold(one, replace(other, award_year=2019, amount=Decimal(48_000))) is None


def test_equal_grants_of_one_publisher_are_different_awards() -> None:
    assert retold(OWN, replace(OWN, record_id="czi:2")) is None


def test_one_identifier_twice_is_one_award_where_the_title_agrees() -> None:
    one = replace(OWN, title_key="a title")
    link = retold(replace(one, record_id="czi:1#2", amount=Decimal(1)), one)
    assert link
    assert link.first == "czi:1"
    assert link.reason == "published twice: same identifier, title"


def test_one_identifier_for_two_purposes_is_two_awards() -> None:
    other = replace(OWN, record_id="czi:1#2", text_words=frozenset({"survey", "salaries", "conservators"}))
    assert retold(OWN, other) is None
    assert retold(OWN, replace(OWN, record_id="czi:1#2"))


def test_one_identifier_and_day_is_one_award_even_where_the_text_says_little() -> None:
    one = replace(OWN, text_words=frozenset(), start_date=date(2018, 5, 4))
    assert retold(one, replace(one, record_id="czi:1#2"))
    yearly = replace(one, start_date=None)
    assert retold(yearly, replace(yearly, record_id="czi:1#2")) is None


def test_unlike_identifiers_and_unlike_recipients_of_one_publisher_are_told_apart() -> None:
    assert retold(OWN, replace(OWN, record_id="czi:1#2", recipient_key="another", title_key="other")) is None
