"""What a definition knows of one infrastructure, compiled for judging: nothing here is learned from past verdicts."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from infracommons.methods.matching.literals import NoLiteralError, required_literals
from infracommons.methods.relevance.context import long_words
from infracommons.methods.relevance.phrases import PhraseBook
from infracommons.vocabulary.definitions import Infrastructure

NEAR, OTHER, HOST, SITE = "near", "other", "host", "site"
# The view of a text that literals are told in: ASCII letters in lower case and digits, everything else a blank.
_VIEW = bytes(ord(chr(code).lower()) if code < 0x80 and chr(code).isalnum() else 0x20 for code in range(256))  # noqa: PLR2004
_SHORTEST_HOST = 3  # characters; a shorter abbreviation is in too many texts


@dataclass(frozen=True)
class Knowledge:
    """One infrastructure's definition in the form that judging asks of it."""

    infrastructure: Infrastructure

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Name and aliases as they are written."""
        return frozenset((self.infrastructure.name, *self.infrastructure.aliases))

    @cached_property
    def names(self) -> frozenset[str]:
        """Name and aliases in lower case."""
        return frozenset(name.lower() for name in self.spellings)

    @cached_property
    def host_names(self) -> frozenset[str]:
        """Names of steward and hosts that are not also the infrastructure's own, in lower case."""
        names = {name.lower() for host in self.infrastructure.hosts for name in (host.name, *host.aliases)}
        if self.infrastructure.steward:
            names.add(self.infrastructure.steward.name.lower())
        return frozenset(name for name in names - self.names if len(name) >= _SHORTEST_HOST)

    def clear_in(self, text: str) -> list[re.Pattern[str]]:
        """Return the expressions settling that the infrastructure is meant that the text may match."""
        view = text.encode("ascii", "replace").translate(_VIEW)
        return [pattern for pattern, one_of in self._clear if any(literal in view for literal in one_of)]

    @cached_property
    def _clear(self) -> list[tuple[re.Pattern[str], list[bytes]]]:
        return [(re.compile(e, re.IGNORECASE), _needed(e)) for e in self.infrastructure.terms.clear]

    @cached_property
    def book(self) -> PhraseBook:
        """Phrases that belong near a right mention or near a wrong one, and the names of hosts and of the site."""
        terms = self.infrastructure.terms
        entries = [(NEAR, phrase) for phrase in terms.near]
        entries += [(other.meaning, word) for other in terms.other_meanings for word in other.words]
        entries += [(HOST, name) for name in sorted(self.host_names)]
        entries += [(SITE, site)] if (site := urlsplit(self.infrastructure.homepage).hostname) else []
        return PhraseBook([(label, phrase.lower().removeprefix("www.")) for label, phrase in entries])

    @cached_property
    def meanings(self) -> frozenset[str]:
        """What else the name means: labels of the book."""
        return frozenset(other.meaning for other in self.infrastructure.terms.other_meanings)

    @cached_property
    def summary_words(self) -> frozenset[str]:
        """The longer words of the one-line summary."""
        return frozenset(long_words(self.infrastructure.summary.lower()))


def _needed(expression: str) -> list[bytes]:
    """Return literals one of which is in the view of every text that the expression matches."""
    try:
        return sorted(literal.strip().encode() for literal in required_literals(expression)[0])
    except NoLiteralError:
        return [b""]
