"""Finds many phrases at word starts in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True)
class PhraseBook:
    """Phrases, each with a label; `hits` tells which of them a lower-case text holds."""

    entries: Sequence[tuple[str, str]] = field(repr=False)  # (label, phrase)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick([phrase for _, phrase in self.entries])

    def hits(self, text: str) -> Iterator[tuple[str, str, int]]:
        """Yield label, phrase and position of each phrase that starts where a word starts; phrases may overlap."""
        if not self.entries:
            return
        for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            label, phrase = self.entries[number]
            if not (start and text[start - 1].isalnum() and phrase[0].isalnum()):
                yield label, phrase, start
