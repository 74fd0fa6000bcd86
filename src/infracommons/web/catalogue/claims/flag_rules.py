"""What the openness flags are called, the versions of their rules, and which licences and terms decide them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from infracommons.vocabulary.shapes import build, read_mapping


@dataclass(frozen=True)
class FlagRule:
    """One rule: a change that can turn a verdict takes the next version, with a line in `history`."""

    code: str
    label: str
    version: str
    meaning: str
    history: tuple[str, ...]


RULES = (
    FlagRule(
        "oss",
        "Open source software",
        "1",
        "Its licence is one that the Open Source Initiative approved, and its code is in a public repository.",
        ("1: an approved licence, and an available code repository with its link",),
    ),
    FlagRule(
        "open_content",
        "Open content",
        "1",
        "What it distributes is under an open licence such as one of Creative Commons; traditional copyright is not.",
        ("1: at least one open content licence",),
    ),
    FlagRule(
        "free_to_use",
        "Free to use",
        "1",
        "Using it costs nothing. A public price list alone does not make it free.",
        ("1: no direct costs, or open without restrictions; a fee for any use makes it a no",),
    ),
    FlagRule(
        "transparent_governance",
        "Transparent governance",
        "1",
        "Its governance structure and its bylaws are both published, each with its link.",
        ("1: governance structure and bylaws available with links",),
    ),
    FlagRule(
        "nonprofit_operated",
        "Run by a non-profit",
        "1",
        "Every business form named is one that pays out no profits, or a non-profit status is named.",
        ("1: all business forms are non-profit ones, or a non-profit status is named and no commercial form",),
    ),
)
FLAG_LABELS = {rule.code: rule.label for rule in RULES}


@dataclass(frozen=True)
class Deciders:
    """`definitions/flags.yaml`: SPDX ids of approved licences, and codes of terms that decide by themselves."""

    open_content: tuple[str, ...]
    closed_content: tuple[str, ...]
    open_access: tuple[str, ...]
    paid_access: tuple[str, ...]
    for_profit: tuple[str, ...]
    approved_licences: tuple[str, ...]


def flag_rules() -> tuple[tuple[FlagRule, ...], Deciders]:
    """Return all that can turn a verdict, for those who name the state of what they made of it."""
    return RULES, deciders()


def deciders() -> Deciders:
    """Return what decides today. Raises UnusableInputError naming file, key and value."""
    return _deciders(Path(settings.INFRACOMMONS_DEFINITIONS))


@cache
def _deciders(folder: Path) -> Deciders:
    path = folder / "flags.yaml"
    return build(Deciders, read_mapping(path), str(path))
