"""Puts into words what decided: the kinds of evidence that moved the probability most, with the award's own words."""

from collections import defaultdict
from collections.abc import Iterable

from infracommons.methods.relevance.cues import CUES
from infracommons.methods.relevance.features import CUE, CUE_COUNT, KNOWN, PAST, SHAPE, SURFACE, Features
from infracommons.methods.relevance.model import Decision, RelevanceModel

_MOST_KINDS, _MOST_WORDS, _LONGEST_WORD = 3, 4, 60
_NOTEWORTHY = 0.1  # log odds; a smaller part decides nothing
_LABEL_OF_CUE = {phrase: label for label, phrases in reversed(CUES.items()) for phrase in phrases}
_SHAPE_WORDS = {
    "no mention": "no mention in title or description",
    "references": "references in the text",
    "years": "years of publication beside the mention",
    "initials": "initials of authors beside the mention",
    "addresses": "web addresses beside the mention",
    "no description": "hardly any description",
    "not English": "the text is not in English",
}
# Kind of evidence: what is said where the text has words for it, and where it has none.
_KNOWN_WORDS = {
    "settled": ("words that settle it", "no words that settle it"),
    "near": ("words that belong near it", "no words that belong near it"),
    "other": ("words of another meaning", "no words of another meaning"),
    "host": ("its host named", "its host not named"),
    "site": ("its address named", "its address not named"),
    "summary": ("words of its description", "no words of its description"),
}


def reason(found: Features, model: RelevanceModel, decision: Decision) -> str:
    """Return in words what decided, strongest first; for a pair left for a person, what speaks for and against."""
    totals: defaultdict[str, float] = defaultdict(float)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for name, part in model.parts(found.values).items():
        if part:
            kind, own = _evidence(name, found)
            totals[kind] += part
            words[kind] |= own
    if decision == "needs_review":
        return f"for: {_said(totals, words, 1)}; against: {_said(totals, words, -1)}"
    return _said(totals, words, 1 if decision == "supports" else -1)


def _said(totals: dict[str, float], words: dict[str, set[str]], sign: int) -> str:
    strongest = sorted((-sign * total, kind) for kind, total in totals.items() if sign * total > _NOTEWORTHY)
    return "; ".join(kind + _quoted(words[kind]) for _, kind in strongest[:_MOST_KINDS]) or "nothing in particular"


def _quoted(words: Iterable[str]) -> str:
    shown = sorted({" ".join(word.split())[:_LONGEST_WORD] for word in words})[:_MOST_WORDS]
    return f" ({', '.join(shown)})" if shown else ""


def _evidence(name: str, found: Features) -> tuple[str, set[str]]:
    """Return the kind of evidence that a feature belongs to, and the award's words for it."""
    family, _, member = name.partition(":")
    if family == PAST:
        return "verdicts on earlier awards for this infrastructure", set()
    if family == SURFACE:
        return "how the name is written", found.words.get(SURFACE, set())
    if family == SHAPE:
        return _SHAPE_WORDS[member] if member in _SHAPE_WORDS and found.values.get(name) else "form of the text", set()
    if family in (CUE, CUE_COUNT):
        label = member if family == CUE_COUNT else _LABEL_OF_CUE.get(member, member)
        own = found.words.get(f"{CUE_COUNT}:{label}", set())
        return f"{'' if own else 'no '}{label} wording", own
    kind = member.split(",")[0].split(" ")[0]
    if kind not in _KNOWN_WORDS:
        return "what else the name means", set()
    own = found.words.get(f"{KNOWN}:{kind}", set())
    return _KNOWN_WORDS[kind][0 if own else 1], own
