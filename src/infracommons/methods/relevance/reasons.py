"""Puts into words what decided: the kinds of evidence that moved the probability most, with the award's own words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from infracommons.methods.relevance.cues import CUES
from infracommons.methods.relevance.features import CUE, CUE_COUNT, KNOWN, PAST, SHAPE, SURFACE, Features
from infracommons.methods.relevance.model import Decision, RelevanceModel

_MOST_KINDS, _MOST_WORDS, _LONGEST_WORD = 3, 4, 60
_NOTEWORTHY = 0.1  # log odds; a smaller part decides nothing
_LABEL_OF_CUE = {phrase: label for label, phrases in reversed(CUES.items()) for phrase in phrases}
_UNMENTIONED = "no mention in title or description"
_FORM, _MEANINGS = "form of the text", "what else the name means"
_SHAPE_WORDS = {
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
    words: dict[str, set[str]] = {}
    unmentioned = bool(found.values.get(f"{SHAPE}:no mention"))
    for name, part in model.parts(found.values).items():
        if unmentioned and name.startswith(SHAPE):
            totals[_UNMENTIONED] += part
            continue
        source, with_words, without_words = _kind(name)
        if own := found.words.get(source):
            totals[with_words] += part
            words[with_words] = own
        else:
            totals[without_words if source or name not in found.values else with_words] += part
    if decision == "needs_review":
        return f"for: {_said(totals, words, 1)}; against: {_said(totals, words, -1)}"
    return _said(totals, words, 1 if decision == "supports" else -1)


def _said(totals: Mapping[str, float], words: Mapping[str, set[str]], sign: int) -> str:
    strongest = sorted((-sign * total, kind) for kind, total in totals.items() if sign * total > _NOTEWORTHY)
    return (
        "; ".join(kind + _quoted(words.get(kind, ())) for _, kind in strongest[:_MOST_KINDS]) or "nothing in particular"
    )


def _quoted(words: Iterable[str]) -> str:
    shown = sorted({" ".join(word.split())[:_LONGEST_WORD] for word in words})[:_MOST_WORDS]
    return f" ({', '.join(shown)})" if shown else ""


class _Kind(NamedTuple):
    """A kind of evidence: under what name its words are kept, and what is said where there are some and where not."""

    source: str
    with_words: str
    without_words: str


@cache
def _kind(name: str) -> _Kind:
    """Return the kind of evidence that a feature belongs to."""
    family, _, member = name.partition(":")
    if family == PAST:
        return _Kind("", "verdicts on earlier awards for this infrastructure", "")
    if family == SURFACE:
        return _Kind(SURFACE, "how the name is written", "how the name is written")
    if family == SHAPE:
        return _Kind("", _SHAPE_WORDS.get(member, _FORM), _FORM)
    if family in {CUE, CUE_COUNT}:
        label = member if family == CUE_COUNT else _LABEL_OF_CUE.get(member, member)
        return _Kind(f"{CUE_COUNT}:{label}", f"{label} wording", f"no {label} wording")
    kind = member.split(",", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    return _Kind(f"{KNOWN}:{kind}", *_KNOWN_WORDS.get(kind, (_MEANINGS, _MEANINGS)))
