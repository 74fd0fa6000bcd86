"""What the rules by which money is counted are called on pages, and what they mean."""

RULES = {
    "full": ("Full amount", "the whole award counts for every infrastructure that it supports"),
    "equal_split": ("Equal split", "an award is divided equally among the infrastructures that it supports"),
    "documented_share": (
        "Documented share",
        "the share that is written down counts, or the whole award where it supports one infrastructure only",
    ),
    "single_only": ("Single only", "only awards that support one infrastructure count"),
}


def rule_words(rule: str) -> str:
    """Return a rule's name and meaning in one phrase.

    >>> rule_words("equal_split")
    'equal split: an award is divided equally among the infrastructures that it supports'
    """
    name, meaning = RULES[rule]
    return f"{name.lower()}: {meaning}"
