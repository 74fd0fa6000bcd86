"""What is compared of two records, in the form in which it is compared."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from infracommons.vocabulary.text import normal_name

_WORD = re.compile(r"[^\W_]+")
_REPEAT = re.compile(r"#\d+$")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9A-Z]")
# NIH writes type, activity, institute, serial number, support year: 5R01GM123456-03. The core leaves out the outer two.
_NIH_NUMBER = re.compile(r"\d?([A-Z][A-Z0-9]{2}[A-Z]{2}\d{6})(?:\d{2}(?:[A-Z]\d)*)?")
_LEAST_NUMBER_CHARACTERS = 5
_WORDS_COMPARED = 80
_NAMES_KEPT = 2**15  # funders and recipients return
_LEAST_WORD_CHARACTERS = 4
# Words that say no more than that money was given, or what most organisations are called.
_SAYS_LITTLE = frozenset(
    _WORD.findall("""
    support supports supported supporting grant grants general operating program programs project projects fund funding
    core provide work toward towards with from that this their through which into over year years period initiative
    purpose unrestricted other organization
    """)
)
_NAMES_LITTLE = frozenset(
    _WORD.findall("""
    of the and for at in de la a an inc incorporated llc ltd limited co corporation corp company foundation university
    college institute school center centre trustees regents board dba
    """)
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One record as the rules see it. Keys are normalised names; empty ones are None and agree with nothing.

    `text_key` stands for the whole description and is None where it says nothing of this award: missing, or a text
    that the publisher puts under awards of many titles.
    """

    record_id: str
    source: str
    richness: int
    funder_key: str | None
    funder_ror: str | None = None
    recipient_key: str | None = None
    recipient_words: frozenset[str] = frozenset()
    title_key: str | None = None
    text_key: str | None = None
    text_words: frozenset[str] = frozenset()
    start_date: date | None = None
    end_date: date | None = None
    award_year: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    number_key: str | None = None
    instalment_of: str | None = None
    investigator_keys: frozenset[str] = frozenset()


def base_id(record_id: str) -> str:
    """Return the record id without the number that a repeated identifier got."""
    return _REPEAT.sub("", record_id)


def number_key(award_number: str | None) -> str | None:
    """Return an award number as it is compared across publishers, or None where it is too short to tell awards apart.

    >>> number_key("5R01GM123456-03"), number_key("R01 GM123456"), number_key("17")
    ('R01GM123456', 'R01GM123456', None)
    """
    plain = _NOT_ALPHANUMERIC.sub("", (award_number or "").upper())
    nih = _NIH_NUMBER.fullmatch(plain)
    if nih:
        return nih[1]
    return plain if len(plain) >= _LEAST_NUMBER_CHARACTERS else None


@lru_cache(maxsize=_NAMES_KEPT)
def name_key(name: str | None) -> str | None:
    """Return a name or title as it is compared, or None for none."""
    return (normal_name(name) or None) if name else None


def name_words(key: str | None) -> frozenset[str]:
    """Return the words of a name key that tell organisations apart; all its words where none does."""
    words = frozenset((key or "").split())
    return words - _NAMES_LITTLE or words


def text_key(text: str | None) -> str | None:
    """Return a short key that is equal for texts of the same words, whatever their case and punctuation."""
    words = _WORD.findall((text or "").casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16] if words else None


def text_words(texts: Iterable[str | None]) -> frozenset[str]:
    """Return the first telling words of the texts taken together."""
    words = (word for text in texts for word in _WORD.findall((text or "")[:2000].casefold()))
    telling = dict.fromkeys(w for w in words if len(w) >= _LEAST_WORD_CHARACTERS and w not in _SAYS_LITTLE)
    return frozenset(list(telling)[:_WORDS_COMPARED])
