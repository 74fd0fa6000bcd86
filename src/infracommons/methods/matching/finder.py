"""Finds the mentions of all infrastructures in many texts in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, Implementation

from infracommons.methods.matching.literals import required_literals

# One byte in, one byte out: ASCII letters to lower case, other ASCII but digits to a blank, the rest as it is.
_VIEW = bytes(b if b > 0x7F else ord(chr(b).lower()) if chr(b).isalnum() else 0x20 for b in range(256))  # noqa: PLR2004
_WIDE_NON_WORD = re.compile(r"[^\x00-\x7f\w]")
_SEPARATOR = "\n"


@dataclass(frozen=True)
class Rule:
    """One expression for one infrastructure in one field; `cut` expressions take mentions away."""

    infrastructure_id: str
    expression: str
    cuts: tuple[str, ...] = ()


class Found(NamedTuple):
    """One mention: `row` of the texts given, characters `start` to `end` of that text, and the rule that found it."""

    row: int
    infrastructure_id: str
    start: int
    end: int
    expression: str


@dataclass
class Finder:
    """All rules of one field, compiled. Building it costs about a millisecond a rule; keep it."""

    rules: Sequence[Rule]
    _compiled: list[re.Pattern[str]] = field(init=False)
    _cuts: list[list[re.Pattern[str]]] = field(init=False)
    _rules_of_literal: list[list[int]] = field(init=False)
    _also_needed: list[list[tuple[bytes, ...]]] = field(init=False)
    _automaton: BytesAhoCorasick = field(init=False)

    def __post_init__(self) -> None:
        self._compiled = [re.compile(rule.expression, re.IGNORECASE) for rule in self.rules]
        self._cuts = [[re.compile(cut, re.IGNORECASE) for cut in rule.cuts] for rule in self.rules]
        rules_of: defaultdict[str, list[int]] = defaultdict(list)
        self._also_needed = []
        for number, rule in enumerate(self.rules):
            first, *others = required_literals(rule.expression)
            for literal in first:
                rules_of[literal].append(number)
            self._also_needed.append([tuple(literal.encode() for literal in literals) for literals in others])
        self._rules_of_literal = list(rules_of.values())
        self._automaton = BytesAhoCorasick(
            [literal.encode() for literal in rules_of], implementation=Implementation.DFA
        )

    def __reduce__(self) -> tuple[type["Finder"], tuple[Sequence[Rule]]]:
        """Travel to another process as rules: the automaton cannot, and is quick to build."""
        return Finder, (self.rules,)

    def find(self, texts: Sequence[str]) -> list[Found]:
        """Return the mentions in cleaned texts, by row, infrastructure and position; overlapping ones made one."""
        found: dict[tuple[int, str], list[Found]] = defaultdict(list)
        for row, number in self._candidates(texts):
            rule, text = self.rules[number], texts[row]
            spans = [m.span() for m in self._compiled[number].finditer(text)]
            if spans and self._cuts[number]:
                cut = [m.span() for pattern in self._cuts[number] for m in pattern.finditer(text)]
                spans = [s for s in spans if not any(c[0] <= s[0] and s[1] <= c[1] for c in cut)]
            found[row, rule.infrastructure_id] += [
                Found(row, rule.infrastructure_id, *_trimmed(text, *span), rule.expression) for span in spans
            ]
        return [mention for key in sorted(found) for mention in _longest(found[key])]

    def _candidates(self, texts: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Return (row, rule number) of every pair that the automaton cannot rule out, each once, in order."""
        view, starts = _joined_view(texts)
        hits = self._automaton.find_matches_as_indexes(view, overlapping=True)
        if not hits:
            return []
        literals, begins, _ = np.array(hits, dtype=np.int64).T
        # A literal's leading blank may be the separator before the text, which still belongs to the text before.
        rows = np.searchsorted(starts, begins + 1, side="right") - 1
        pairs = np.unique(np.stack([rows, literals], axis=1), axis=0)
        ends = np.append(starts[1:], len(view))
        found: set[tuple[int, int]] = set()
        for row, literal in pairs.tolist():
            text = view[starts[row] - 1 : ends[row]]
            found.update((row, rule) for rule in self._rules_of_literal[literal] if self._may_match(rule, text))
        return sorted(found)

    def _may_match(self, rule: int, view: bytes) -> bool:
        """Tell whether the view has a literal of each further set that the rule's expression requires."""
        return all(any(literal in view for literal in literals) for literals in self._also_needed[rule])


def _joined_view(texts: Sequence[str]) -> tuple[bytes, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Return all texts as one searchable view, and the byte at which each starts."""
    encoded = [(t if t.isascii() else _WIDE_NON_WORD.sub(" ", t)).encode() for t in texts]
    lengths = np.fromiter((len(e) + 1 for e in encoded), dtype=np.int64, count=len(encoded))
    starts = np.concatenate([[1], 1 + np.cumsum(lengths)[:-1]]) if encoded else np.empty(0, dtype=np.int64)
    joined = _SEPARATOR.encode() + _SEPARATOR.encode().join(encoded) + _SEPARATOR.encode()
    return joined.translate(_VIEW), starts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks and punctuation that an expression took in at the edges of a mention."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _longest(mentions: list[Found]) -> list[Found]:
    """Make overlapping mentions one: the one that starts first, and of those the longest, stays."""
    kept: list[Found] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.expression)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
