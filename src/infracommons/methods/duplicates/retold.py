"""Finds two descriptions of one award: by two publishers, or by one publisher under one identifier."""

from infracommons.methods.duplicates.facts import Facts, base_id
from infracommons.methods.duplicates.verdict import Link

_LEAST_WORDS = 3  # fewer telling words say nothing either way
_SAME_TEXT_SHARE = 0.5  # of the telling words of the shorter text
_TWO = 2


def retold(one: Facts, other: Facts) -> Link | None:
    """Return the link between two records that describe the same money, else None."""
    first, second = sorted((one, other), key=lambda facts: (-facts.richness, facts.record_id))
    if one.source == other.source:
        return _repeated(first, second)
    return _elsewhere(first, second)


def _repeated(first: Facts, second: Facts) -> Link | None:
    """One publisher, one identifier. Some publishers give no identifiers, or one to several awards: more must agree."""
    if base_id(first.record_id) != base_id(second.record_id):
        return None
    if first.title_key is not None and first.title_key == second.title_key:
        what = "title"
    elif first.recipient_key is None or first.recipient_key != second.recipient_key or not is_same_money(first, second):
        return None
    elif first.start_date is not None and first.start_date == second.start_date:
        what = "recipient, amount and day"
    elif _is_alike(first, second):
        what = "recipient, amount and purpose"
    else:
        return None
    return Link(first.record_id, second.record_id, "duplicate", f"published twice: same identifier, {what}", 0)


def _elsewhere(first: Facts, second: Facts) -> Link | None:
    if not is_same_funder(first, second):
        return None
    if first.number_key and first.number_key == second.number_key:
        return _numbered(first, second)
    if first.amount is None or not is_same_money(first, second) or not is_same_recipient(first, second):
        return None
    return _alike(first, second)


def _numbered(first: Facts, second: Facts) -> Link | None:
    """The funder's own number, on both sides; years of support share it, so the years must not differ."""
    both_years = first.award_year is not None and second.award_year is not None
    if both_years and first.award_year != second.award_year and not is_same_money(first, second):
        return None
    return _link(first, second, f"same funder and award number {first.number_key}", rank=0)


def _alike(first: Facts, second: Facts) -> Link | None:
    """No number in common: funder, recipient and amount agree; the text confirms it, or that there is no other."""
    if first.award_year is None or first.award_year != second.award_year:
        return None
    base = f"same funder, recipient, year and amount ({first.amount} {first.currency})"
    if _is_alike(first, second):
        shared = len(first.text_words & second.text_words)
        return _link(first, second, f"{base}; {shared} telling words shared", rank=1, distance=-shared)
    if first.start_date is not None and second.start_date is not None and first.start_date != second.start_date:
        return None
    return _link(first, second, f"{base}; no other award of these in either source", rank=4, is_alone=True)


def _link(first: Facts, second: Facts, reason: str, *, rank: int, distance: int = 0, is_alone: bool = False) -> Link:
    lane = "retold:" + "|".join(sorted((first.source, second.source)))
    return Link(
        first.record_id,
        second.record_id,
        "duplicate",
        f"{reason} ({first.source}, {second.source})",
        rank,
        distance,
        lane,
        is_exclusive=True,
        is_alone=is_alone,
    )


def _is_alike(first: Facts, second: Facts) -> bool:
    """Both texts say something, and half of the telling words of the shorter are in the longer."""
    fewest = min(len(first.text_words), len(second.text_words))
    return fewest >= _LEAST_WORDS and len(first.text_words & second.text_words) >= _SAME_TEXT_SHARE * fewest


def is_same_money(first: Facts, second: Facts) -> bool:
    """Say whether amount and currency are equal, or both missing."""
    return first.amount == second.amount and first.currency == second.currency


def is_same_funder(first: Facts, second: Facts) -> bool:
    """Say whether ROR ids or names are equal, or one name within the other ("Alfred P. Sloan Foundation")."""
    if first.funder_ror is not None and first.funder_ror == second.funder_ror:
        return True
    one, other = first.funder_key, second.funder_key
    if one is None or other is None:
        return False
    return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "


def is_same_recipient(first: Facts, second: Facts) -> bool:
    """Say whether names are equal, or the telling words of one in the other; one word alone is not enough."""
    if first.recipient_key is None or second.recipient_key is None:
        return False
    short, long = sorted((first.recipient_words, second.recipient_words), key=len)
    return short == long or (len(short) >= _TWO and short <= long)
