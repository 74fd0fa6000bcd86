"""Words for what rows show: who leads, ties included, which share it is, and what to say where there is nothing."""

from collections.abc import Sequence
from decimal import Decimal

from infracommons.exhibits.exhibit import Column, Exhibit, Made
from infracommons.insights.release import Row
from infracommons.vocabulary.figures import counted, percent, rounded

NOTHING = "No award matches"
UNKNOWN_IS_NOT_NO = "What nobody has said is unknown; it does not mean no."
_NAMED = 3


def leaders(rows: Sequence[Row], value: str = "counted_usd") -> list[Row]:
    """Return the rows that share the largest value, in their order; none where nothing is above zero."""
    most = max((row[value] for row in rows), default=0)
    return [row for row in rows if row[value] == most] if most else []


def listed(names: Sequence[str]) -> str:
    """Return names in a phrase; of many, the first three and how many more.

    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C", "D", "E"])
    ('A', 'A and B', 'A, B, C and 2 more')
    """
    shown, more = list(names[:_NAMED]), len(names) - _NAMED
    if more > 0:
        return f"{', '.join(shown)} and {more:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def share(part: Decimal | int, whole: Decimal | int) -> str:
    """Return a part of a whole in whole per cent; the word unknown where there is no whole."""
    return percent(float(part / whole) if whole else None)


def ratio(part: Decimal | int, whole: Decimal | int) -> float | None:
    """Return a part of a whole as a number; None where there is no whole."""
    return float(part / whole) if whole else None


def added(rows: Sequence[Row], value: str = "counted_usd") -> Decimal:
    """Return the sum of a column of dollars."""
    return sum((row[value] for row in rows), Decimal(0))


def half_of(rows: Sequence[Row], value: str) -> list[Row]:
    """Return the first rows, as few as have half of the sum of all or more; rows are largest first."""
    whole, running = sum(row[value] for row in rows), 0
    for place, row in enumerate(rows, 1):
        running += row[value]
        if 2 * running >= whole:
            return list(rows[:place])
    return []


def sum_words(row: Row) -> str:
    """Return a row's dollars and awards: USD 1.20 million in 3 awards."""
    return f"{rounded(row['counted_usd'])} in {counted(row['counted'], 'award')}"


def nothing(name: str, columns: tuple[Column, ...], made: Made, rows: Sequence[Row] = (), *, noun: str = "") -> Exhibit:
    """Return the exhibit of a question to which there is nothing to draw, with the reason.

    No award matches; or none has an amount that counts; or the amounts are zero; or the `noun` that rows are of, such
    as funder, is known of none.
    """
    title, sentence = _why_nothing(made, added(rows), noun)
    return Exhibit(name, title, sentence, columns, list(rows), made)


def _why_nothing(made: Made, usd: Decimal, noun: str) -> tuple[str, str]:
    if not made.awards:
        return NOTHING, "No award matches these filters, so there is nothing to show."
    match = f"{counted(made.awards, 'award')} {'matches' if made.awards == 1 else 'match'}"
    if not made.counted:
        return "No award here has an amount that counts", f"{match}, but none of them is in the sum: see why below."
    if usd and noun:
        return f"No {noun} is known here", f"{match}, with {rounded(usd)}, but the {noun} is known of none."
    return "The amounts here add up to zero", f"{match}, but what counts is zero."


def nobody_said(total: int) -> str:
    """Return why there is nothing to show of so many infrastructures."""
    if not total:
        return "No infrastructure matches."
    return f"Of {counted(total, 'infrastructure')} nobody has said anything yet. {UNKNOWN_IS_NOT_NO}"


def first_upper(text: str) -> str:
    """Return a text that begins with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
