"""Pairs that no rule joins and that are not clearly two awards are left to a person, and others are not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from infracommons.methods.duplicates.facts import Facts
from infracommons.methods.duplicates.moved import went_on
from infracommons.methods.duplicates.near import OUTBID, OUTBID_ELSEWHERE, SAME_PEOPLE, SAME_TEXT, near, outbid
from infracommons.methods.duplicates.retold import retold
from infracommons.methods.duplicates.verdict import VERSIONS, Link

ONE = Facts(
    record_id="nsf:1", source="nsf", richness=2, funder_key="national science foundation",
    recipient_key="cornell university", recipient_words=frozenset({"cornell"}), title_key="arxiv",
    text_key="aaaa", text_words=frozenset({"preprints", "physics", "server", "open"}), start_date=date(2020, 1, 1),
    end_date=date(2021, 12, 31), award_year=2020, amount=Decimal(500), currency="USD", number_key="NSF20123",
    investigator_keys=frozenset({"p"}),
)  # fmt: skip
ELSEWHERE = replace(ONE, record_id="czi:2", source="czi", richness=1)
LATER = replace(ONE, record_id="nsf:2", start_date=date(2022, 2, 1), end_date=date(2024, 1, 1), award_year=2022)


@pytest.mark.parametrize(
    ("one", "other", "score", "words"),
    [
        (ONE, replace(ELSEWHERE, award_year=2019, amount=Decimal(9), start_date=None), 0.5, "award number NSF20123"),
        (
            ONE,
            replace(ELSEWHERE, number_key=None, start_date=date(2020, 9, 9), text_words=frozenset({"other"})),
            0.5,
            "same funder, recipient, year and amount",
        ),
        (ONE, replace(LATER, amount=Decimal(90000), investigator_keys=frozenset({"q"})), SAME_TEXT, "title and text"),
        (ONE, replace(LATER, amount=Decimal(90000), text_key="bbbb"), SAME_PEOPLE, "title and investigator"),
    ],
)
def test_all_but_one_thing_speaks_for_one_award(one: Facts, other: Facts, score: float, words: str) -> None:
    assert retold(one, other) is None
    assert went_on(one, other) is None
    for first, second in ((one, other), (other, one)):
        found = near(first, second)
        assert found is not None
        assert (found.first, found.second, found.score) == (*sorted((one.record_id, other.record_id)), score)
        assert words in found.reason


@pytest.mark.parametrize(
    "other",
    [
        replace(ELSEWHERE, funder_key="wellcome trust", number_key="NSF20123"),
        replace(ELSEWHERE, number_key=None, amount=Decimal(1)),
        replace(ELSEWHERE, number_key=None, award_year=2011),
        replace(ELSEWHERE, number_key=None, recipient_key="cern", recipient_words=frozenset({"cern"})),
        replace(LATER, title_key="another title"),
        replace(LATER, text_key="bbbb", investigator_keys=frozenset({"q"})),
        replace(LATER, title_key=None),
    ],
)
def test_two_awards_are_left_alone(other: Facts) -> None:
    assert near(ONE, other) is None


def test_a_link_that_a_better_one_outbid_is_left_to_a_person_and_versions_never_are() -> None:
    link = Link("nsf:2", "nsf:1", "duplicate", "moved to a new host", 1, lane="went on:nsf")
    found = outbid(link)
    assert found is not None
    assert (found.first, found.second, found.score) == ("nsf:1", "nsf:2", OUTBID)
    assert "another record fits" in found.reason
    elsewhere = outbid(link._replace(lane="retold:czi|nsf"))
    assert elsewhere is not None
    assert elsewhere.score == OUTBID_ELSEWHERE
    assert outbid(link._replace(lane=VERSIONS)) is None
