"""What changes and reasons are called on the pages of releases."""

from decimal import Decimal

from infracommons.vocabulary.figures import counted, figure

CHANGES = {
    "award_added": ("Award added", "awards added"),
    "award_removed": ("Award removed", "awards removed"),
    "award_changed": ("Award changed", "awards changed"),
    "support_added": ("Support added", "supports added"),
    "support_removed": ("Support removed", "supports removed"),
    "support_changed": ("Support changed", "supports changed"),
}
_REASONS = {
    "award_added": "awards added",
    "award_removed": "awards removed",
    "amount": "the amount changed",
    "exchange_rate": "the exchange rate changed",
    "decision": "it was decided otherwise which infrastructures it supports",
    "share": "a written-down share changed",
    "attribution": "it is divided otherwise, though nothing decided of it changed",
}
GROUPINGS = {
    "reason": "reason",
    "infrastructure": "infrastructure",
    "funder": "funder",
    "support_type": "kind of support",
}


def reason_words(reasons: str) -> str:
    """Return joined reasons in words.

    >>> reason_words("amount+decision")
    'the amount changed, and it was decided otherwise which infrastructures it supports'
    """
    return ", and ".join(_REASONS[reason] for reason in reasons.split("+"))


def signed(amount: Decimal | None) -> str:
    """Return a movement with its sign, in words where there is none.

    >>> signed(Decimal("-1234.5")), signed(Decimal(0)), signed(Decimal("2"))
    ('\N{MINUS SIGN}1,234.50', 'no change', '+2.00')
    """
    if not amount:
        return "unknown" if amount is None else "no change"
    return ("+" if amount > 0 else "\N{MINUS SIGN}") + figure(abs(amount))


def signed_count(number: int) -> str:
    """Return by how many a count moved, with its sign."""
    return f"+{number:,}" if number > 0 else f"\N{MINUS SIGN}{-number:,}" if number else "no change"


def changes_words(changes: dict[str, int]) -> str:
    """Return in a sentence's middle what changed, leaving out what did not.

    >>> changes_words({"award_added": 1, "award_removed": 0, "award_changed": 12})
    '1 award added, 12 awards changed'
    """
    parts = [counted(number, CHANGES[kind][0].lower(), CHANGES[kind][1]) for kind, number in changes.items() if number]
    return ", ".join(parts)
