"""Terms as code reads them: labels, successors of retired terms, and spellings met in imports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infracommons.vocabulary.text import normal_name


@dataclass(frozen=True)
class TermFacts:
    """One term, its successor followed to the end."""

    vocabulary: str
    code: str
    label: str
    description: str = ""
    provides: str = ""
    also: tuple[str, ...] = ()
    same_as: str = ""
    infrastructure: str = ""
    state: str = "active"
    successor: str = ""  # code of the term that stands for it now


class TermBook:
    """All terms of all vocabularies, at one moment."""

    def __init__(self, terms: Iterable[TermFacts]) -> None:
        self._by_vocabulary: dict[str, dict[str, TermFacts]] = {}
        self._exact: dict[tuple[str, str], str] = {}
        self._loose: dict[tuple[str, str], set[str]] = {}  # without accents and signs, by which c and c++ are one
        for term in terms:
            self._by_vocabulary.setdefault(term.vocabulary, {})[term.code] = term
            for spelling in (term.code, term.label, *term.also):
                self._exact.setdefault((term.vocabulary, _exact(spelling)), term.code)
                self._loose.setdefault((term.vocabulary, normal_name(spelling)), set()).add(term.code)

    def terms(self, vocabulary: str) -> Mapping[str, TermFacts]:
        """Return every term of a vocabulary by code, retired ones too, in the curators' order."""
        return self._by_vocabulary.get(vocabulary, {})

    def choices(self, vocabulary: str) -> list[TermFacts]:
        """Return the terms that may be chosen."""
        return [term for term in self.terms(vocabulary).values() if term.state == "active"]

    def current(self, vocabulary: str, code: str) -> TermFacts | None:
        """Return the term that stands for a code today: itself, or where its successors lead."""
        terms = self.terms(vocabulary)
        term, seen = terms.get(code), set[str]()
        while term is not None and term.successor and term.code not in seen:
            seen.add(term.code)
            term = terms.get(term.successor)
        return term

    def label(self, vocabulary: str, code: str) -> str:
        """Return the words for a code; the code itself where no term has it."""
        term = self.current(vocabulary, code)
        return term.label if term else code.replace("_", " ")

    def code_of(self, vocabulary: str, spelling: str) -> str | None:
        """Return the code that a label, code or other spelling stands for today."""
        code = self._exact.get((vocabulary, _exact(spelling)))
        if code is None:
            alike = self._loose.get((vocabulary, normal_name(spelling)), set())
            code = next(iter(alike)) if len(alike) == 1 else None
        term = self.current(vocabulary, code) if code else None
        return term.code if term else None


def _exact(text: str) -> str:
    return " ".join(text.split()).casefold()
