"""Tells whether a recipient, as funders write it, is a host of an infrastructure: by the whole name, never by part.

An organisation's name is read as *segments* ("Falvey Library, Villanova University" has two), a segment as *words*
without case, accents, legal form, office ("Regents of ...") or small words. A host is met where all its words are a
segment, or where what is left over says that the recipient is a unit of the host.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from infracommons.methods.name_words import (
    CAMPUS_SYSTEMS,
    UNIT_WORDS,
    legal_name,
    words_of,
)
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.definitions import Host
from infracommons.vocabulary.text import clean

How = Literal["is", "is part of", "is the parent of"]
Words = tuple[str, ...]

# Of several hosts that fit, the one that says most about the award comes first.
_ROLES = ("current", "fiscal_sponsor", "former", "developer", "founder")
_HOWS: tuple[How, ...] = ("is", "is part of", "is the parent of")
_LIST = re.compile(r"^\[(.*)\]$", re.DOTALL)
_BETWEEN_ORGANISATIONS = re.compile(r"[;|\n]")
_BETWEEN_LISTED = re.compile(r"[;|\n]|,(?=\S)")  # "[A,B, C]" lists "A" and "B, C": a comma within a name has a blank
_BETWEEN_SEGMENTS = re.compile(r"\s*[,/:*()]\s*|\s+-+\s+")
_INVERTED = re.compile(r"^([^,]+), ((?:.* )?university of(?: the)?|the)$", re.IGNORECASE)
_UNIT_CODE = re.compile(r"^(\S.*?) ?- ?([A-Z]{2,5})$")  # "Stanford-GSE"
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&-]{1,7}$")
_OF = frozenset({"of", "at", "in", "for", "de", "du", "von", "and"})
_PART_OF_HOST = frozenset({"library", "libraries", "press"})
_MOST_WORDS_AFTER_ACRONYM = 4
# Whoever writes more than this writes no name; looked at no further, so that no input takes long.
_MOST_SEGMENTS, _MOST_WORDS = 12, 40


@dataclass(frozen=True)
class HostMatch:
    """A recipient met a host: how, and which spelling of the host did it."""

    host: Host
    how: How
    spelling: str
    recipient: str


@dataclass(frozen=True)
class _Spelling:
    host: Host
    text: str
    words: Words
    is_acronym: bool


class HostNames:
    """The hosts of one infrastructure, ready for looking up recipients."""

    def __init__(self, hosts: Sequence[Host]) -> None:
        spellings = [_Spelling(host, text, words_of(text), _is_acronym(text)) for host, text in _texts(hosts)]
        self._spellings = [spelling for spelling in spellings if spelling.words]

    def find(self, recipient: str | None) -> HostMatch | None:
        """Return the strongest match of any organisation that `recipient` names; None where there is none."""
        matches = [
            HostMatch(spelling.host, how, spelling.text, name)
            for name in organisations(recipient or "")
            for known in (_Recipient.read(name),)
            for spelling in self._spellings
            if (how := _how(known, spelling))
        ]
        return min(matches, key=_strength, default=None)


def organisations(recipient: str) -> list[str]:
    """Return the organisations a recipient field names: the members of a bracketed list, else those between signs.

    >>> organisations("[CERN,University of California, Davis]")
    ['CERN', 'University of California, Davis']
    """
    text = clean(recipient)
    listed = _LIST.match(text)
    parts = _BETWEEN_LISTED.split(listed[1]) if listed else _BETWEEN_ORGANISATIONS.split(text)
    return list(dict.fromkeys(part.strip(" \"'") for part in parts if part.strip(" \"'")))


@dataclass(frozen=True)
class _Recipient:
    """A recipient's name: as a whole, and its segments with those that only repeat or place it left out."""

    whole: Words
    segments: tuple[str, ...]
    unit_of: Words  # what stands before the code of a unit: ("stanford",) in "Stanford-GSE"

    @classmethod
    def read(cls, name: str) -> "_Recipient":
        inverted = _INVERTED.match(name)
        name = f"{inverted[2]} {inverted[1]}" if inverted else name
        coded = _UNIT_CODE.match(name)
        return cls(words_of(name), _segments(name), words_of(coded[1]) if coded else ())


def _segments(name: str) -> tuple[str, ...]:
    parts = [part for part in _BETWEEN_SEGMENTS.split(name) if part][:_MOST_SEGMENTS]
    first, rest = parts[:1], parts[1:]
    return tuple(first + [part for part in rest if not _ACRONYM.match(part) and not country_code(part)])


def _how(recipient: _Recipient, spelling: _Spelling) -> How | None:
    if spelling.words == recipient.whole or _is_but_for_place(recipient, spelling):
        return "is"
    if _has_unit_code(recipient, spelling) or _is_segment(recipient, spelling):
        return "is part of"
    if any(_is_unit(segment, spelling) for segment in recipient.segments) and len(recipient.segments) == 1:
        return "is part of"
    if _is_parent(recipient.whole, spelling.words):
        return "is the parent of"
    return None


def _is_but_for_place(recipient: _Recipient, spelling: _Spelling) -> bool:
    """Tell whether only an acronym or a country was added; of a university system it may name the campus."""
    return spelling.words not in CAMPUS_SYSTEMS and spelling.words == words_of(" ".join(recipient.segments))


def _has_unit_code(recipient: _Recipient, spelling: _Spelling) -> bool:
    """Tell whether the recipient is "Stanford-GSE" and the host "Stanford" or "Stanford University"."""
    short = spelling.words[:-1] if spelling.words[-1] == "university" else spelling.words
    return bool(recipient.unit_of) and recipient.unit_of in {spelling.words, short}


def _is_segment(recipient: _Recipient, spelling: _Spelling) -> bool:
    """Tell whether one or more neighbouring segments are the host and the others say which unit of it, or where.

    "School of Information, University of California, Berkeley" is in Berkeley, "Cornell University, Ithaca" is Cornell;
    "Birkbeck, University of London" is no unit of that university, nor "University of California, Davis" of its system.
    """
    segments = recipient.segments
    is_system = spelling.words in CAMPUS_SYSTEMS
    for first in range(len(segments)):
        for stop in range(first + 1, len(segments) + 1):
            rest = segments[:first] + segments[stop:]
            if not rest or (first and len(spelling.words) == 1):
                continue
            fits = _all_start_with_unit(rest) if is_system else not first or _any_names_unit(rest)
            if fits and words_of(" ".join(segments[first:stop])) == spelling.words:
                return True
    return len(segments) > 1 and not is_system and _is_unit(segments[0], spelling)


def _is_unit(segment: str, spelling: _Spelling) -> bool:
    """Tell whether one segment names the host and then, or before "of", a unit: "Cornell University Library"."""
    raw, host = legal_name(segment).split()[:_MOST_WORDS], spelling.words
    for cut in range(1, len(raw)):
        head, tail = raw[:cut], raw[cut:]
        if words_of(" ".join(head)) == host and tail[0] not in _OF:
            return _is_unit_of(tail, spelling)
        if words_of(" ".join(tail)) == host and len(host) > 1 and head[-1] in _OF and len(head) > 1:
            return bool(UNIT_WORDS & set(head))
    return False


def _is_unit_of(tail: list[str], spelling: _Spelling) -> bool:
    if len(spelling.words) == 1:
        return spelling.is_acronym and tail[-1] in UNIT_WORDS and len(tail) <= _MOST_WORDS_AFTER_ACRONYM
    if spelling.words in CAMPUS_SYSTEMS:
        return tail[0] in UNIT_WORDS
    return not UNIT_WORDS.isdisjoint(tail)


def _is_parent(recipient: Words, host: Words) -> bool:
    """Tell whether the host is the library or press of the recipient."""
    own = host[len(recipient) :]
    return len(recipient) > 1 and host[: len(recipient)] == recipient and bool(own) and set(own) <= _PART_OF_HOST


def _any_names_unit(segments: tuple[str, ...]) -> bool:
    return any(not UNIT_WORDS.isdisjoint(legal_name(segment).split()) for segment in segments)


def _all_start_with_unit(segments: tuple[str, ...]) -> bool:
    return all(not UNIT_WORDS.isdisjoint(legal_name(segment).split()[:1]) for segment in segments)


def _texts(hosts: Iterable[Host]) -> Iterable[tuple[Host, str]]:
    return ((host, text) for host in hosts for text in dict.fromkeys((host.name, *host.aliases)))


def _is_acronym(text: str) -> bool:
    return bool(_ACRONYM.match(text))


def _strength(match: HostMatch) -> tuple[int, int, bool, str]:
    plain = match.spelling == match.host.name
    return _ROLES.index(match.host.role), _HOWS.index(match.how), not plain, match.spelling
