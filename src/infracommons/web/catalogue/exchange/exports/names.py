"""Finds the listed infrastructures that a text names in a list: "Crossref, ORCID and DOAJ"."""

import re
from collections.abc import Iterable, Iterator

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.exchange.imports.matching import brackets_apart, known_names
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure

_BETWEEN = re.compile(r"[\n,;|/:()\[\]]+")
_JOINED = re.compile(r"\s+(?:and|or)\s+", re.IGNORECASE)


class Names:
    """Each listed infrastructure by its name, aliases, and what stands outside and inside the brackets of these."""

    def __init__(self, listed: Iterable[Infrastructure]) -> None:
        self.labels: dict[str, str] = {}
        self._ids: dict[str, set[str]] = {}
        for one in listed:
            self.labels[one.infrastructure_id] = one.name
            aliases = (one.profile.get("aliases") or {}).get("value") or []
            parts = (part for name in (one.name, *aliases) for part in brackets_apart(name))
            for name in known_names(one) | set(map(normal_name, parts)):
                self._ids.setdefault(name, set()).add(one.infrastructure_id)

    def named(self, text: str, book: TermBook, vocabulary: str) -> list[str]:
        """Return the ids of those that the text has as a whole entry of a list, each once.

        The spellings of the vocabulary's terms count, too. A name that several have names none of them.
        """
        return list(dict.fromkeys(slug for entry in _entries(text) for slug in self._of(entry, book, vocabulary)))

    def _of(self, entry: str, book: TermBook, vocabulary: str) -> Iterator[str]:
        if slug := self._one(entry, book, vocabulary):
            yield slug
        else:
            yield from filter(None, (self._one(part, book, vocabulary) for part in _JOINED.split(entry)))

    def _one(self, name: str, book: TermBook, vocabulary: str) -> str | None:
        term = book.current(vocabulary, book.code_of(vocabulary, name) or "")
        if term and term.infrastructure in self.labels:
            return term.infrastructure
        found = self._ids.get(normal_name(name), set())
        return next(iter(found)) if len(found) == 1 else None


def _entries(text: str) -> Iterator[str]:
    return (entry.strip(" .\t\r") for entry in _BETWEEN.split(text) if normal_name(entry))
