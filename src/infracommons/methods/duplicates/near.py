"""Finds pairs of records that no rule joins but that a person should see: all but one thing speaks for one award."""

from typing import NamedTuple

from infracommons.methods.duplicates.facts import Facts
from infracommons.methods.duplicates.retold import is_same_funder, is_same_money, is_same_recipient
from infracommons.methods.duplicates.verdict import VERSIONS, Link

# How often such pairs are one award. Measured within one publisher on labelled pairs of UKRI (5 of 143 with people in
# common, 2 of 123 with one text, none of 5 outbid); between publishers there are no labels, and a half says so.
SAME_NUMBER = SAME_MONEY = OUTBID_ELSEWHERE = 0.5
SAME_PEOPLE, SAME_TEXT, OUTBID = 0.04, 0.02, 0.05


class Near(NamedTuple):
    """Two records that may describe one award: how likely, 0 to 1, and what speaks for it and against."""

    first: str
    second: str
    score: float
    reason: str


def near(one: Facts, other: Facts) -> Near | None:
    """Return what is left to a person of two records that no rule joins; None where they are clearly two awards."""
    if not is_same_funder(one, other):
        return None
    found = _elsewhere(one, other) if one.source != other.source else _at_one_publisher(one, other)
    if found is None:
        return None
    first, second = sorted((one.record_id, other.record_id))
    return Near(first, second, *found)


def outbid(link: Link) -> Near | None:
    """Return what is left to a person of a link that did not hold; None for versions of one record, which always do."""
    if link.lane == VERSIONS:
        return None
    first, second = sorted((link.first, link.second))
    score = OUTBID if link.lane.startswith("went on") else OUTBID_ELSEWHERE
    return Near(first, second, score, f"{link.reason}; but another record fits as well or better")


def _elsewhere(one: Facts, other: Facts) -> tuple[float, str] | None:
    if one.number_key and one.number_key == other.number_key:
        return SAME_NUMBER, f"same funder and award number {one.number_key}; but another year and amount"
    if one.amount is None or one.award_year != other.award_year:
        return None
    if is_same_money(one, other) and is_same_recipient(one, other):
        words = f"same funder, recipient, year and amount ({one.amount} {one.currency})"
        return SAME_MONEY, f"{words}; but another day and other words"
    return None


def _at_one_publisher(one: Facts, other: Facts) -> tuple[float, str] | None:
    """One award may go on under a second record; side by side, equal titles are partners' or a programme's."""
    if one.title_key is None or one.title_key != other.title_key:
        return None
    if one.text_key is not None and one.text_key == other.text_key:
        return SAME_TEXT, "same funder, title and text, one after the other; but people, place or amount do not fit"
    if one.investigator_keys & other.investigator_keys:
        return SAME_PEOPLE, "same funder, title and investigator, one after the other; but text or amount do not fit"
    return None
