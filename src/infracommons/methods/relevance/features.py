"""Turns an award's texts and its mentions of one infrastructure into named numbers that a linear model weighs."""

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field

from infracommons.methods.relevance.context import Context, long_words
from infracommons.methods.relevance.cues import CUES
from infracommons.methods.relevance.knowledge import HOST, NEAR, SITE, Knowledge
from infracommons.methods.relevance.phrases import PhraseBook
from infracommons.methods.relevance.surface import SIGNS

# Families of features. What each member says is under `Features.words`.
SHAPE, KNOWN, SURFACE, CUE_COUNT, CUE, PAST = "shape", "known", "surface", "cues", "cue", "past"
SHORT, EMPTY, EARLY = 300, 40, 200  # characters: a one-line description; none to speak of; a mention at the start
_SEVERAL = 3
FOREIGN_WORDS = 8  # this many French, Portuguese or Spanish small words make a text not English
_CUE_BOOK = PhraseBook([(label, phrase) for label, phrases in CUES.items() for phrase in phrases])
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_INITIAL = re.compile(r"\b[A-Z]\.")
_NUMBERED = re.compile(r"\[\d+\]")
_FOREIGN = (" les ", " des ", " une ", " dans ", " uma ", " dos ", " das ", " que ", " aux ", " pour ", " para ")
_REFERENCES = ("references", " et al")


_KNOWN = ("near", "near, one", "near, three", "other", "other, one", "other, two of one meaning", "host", "site")
_KNOWN_NAMES = {scope: [f"{KNOWN}:{name} {scope}" for name in _KNOWN] for scope in ("anywhere", "beside")}


@dataclass
class Features:
    """Values by feature name, and the words of the text behind them by feature name."""

    values: dict[str, float] = field(default_factory=dict)
    words: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def features(context: Context, knowledge: Knowledge) -> Features:
    """Return the features of one award and one infrastructure; values lie between 0 and about 4."""
    out = Features()
    lower = context.text.lower()
    _shape(out.values, context, lower)
    _settled(out, context, knowledge)
    _known(out, context, lower, knowledge)
    _surface(out, context, knowledge)
    _cues(out, context)
    out.values[f"{PAST}:{knowledge.infrastructure.infrastructure_id}"] = 1.0
    return out


def _shape(values: dict[str, float], context: Context, lower: str) -> None:
    length, windows = context.description_length, context.windows
    shape = {
        "no mention": not windows,
        "mentions": math.log1p(context.mentions),
        "length": math.log1p(length) / 8,
        "one line": length < SHORT,
        "no description": length < EMPTY,
        "not English": not lower.isascii() and sum(map(lower.count, _FOREIGN)) > FOREIGN_WORDS,
        "references": min(1.0, (len(_NUMBERED.findall(lower)) + sum(map(lower.count, _REFERENCES))) / 3),
    }
    if windows:
        around = [window.before + window.after for window in windows]
        shape |= {
            "first place": windows[0].start / len(lower),
            "last place": windows[-1].start / len(lower),
            "at the start": any(window.start - context.title_length < EARLY for window in windows),
            "years": min(2.0, sum(len(_YEAR.findall(text)) for text in around) / len(around)),
            "initials": math.log1p(sum(len(_INITIAL.findall(text)) for text in around) / len(around)),
            "addresses": min(2.0, sum(text.count("://") for text in around) / len(around)),
        }
    values.update((f"{SHAPE}:{name}", float(value)) for name, value in shape.items())


def _settled(out: Features, context: Context, knowledge: Knowledge) -> None:
    """Say whether expressions that settle the meaning are there beside a mention."""
    settled = 0
    for expression in knowledge.clear_in(" ".join(context.text[first:stop] for first, stop in context.spans)):
        for first, stop in context.spans:
            if found := expression.search(context.text, first, stop):
                settled += 1
                out.words[f"{KNOWN}:settled"].add(found[0])
                break
    out.values[f"{KNOWN}:settled"] = float(settled > 0)
    out.values[f"{KNOWN}:settled twice"] = float(settled > 1)


def _known(out: Features, context: Context, lower: str, knowledge: Knowledge) -> None:
    anywhere: defaultdict[str, set[str]] = defaultdict(set)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for label, phrase, start in knowledge.book.hits(lower):
        anywhere[label].add(phrase)
        if context.is_beside(start, start + len(phrase)):
            beside[label].add(phrase)
    for scope, hits in (("anywhere", anywhere), ("beside", beside)):
        others = [len(hits[meaning]) for meaning in knowledge.meanings if meaning in hits]
        near = len(hits.get(NEAR, ()))
        most = max(others, default=0)
        counts = (math.log1p(near), near > 0, near >= _SEVERAL, math.log1p(sum(others)), most > 0, most > 1)
        values = map(float, (*counts, HOST in hits, SITE in hits))
        out.values.update(zip(_KNOWN_NAMES[scope], values, strict=True))
    for label, phrases in anywhere.items():
        out.words[f"{KNOWN}:{'other' if label in knowledge.meanings else label}"] |= phrases
    summary = long_words(" ".join(lower[first:stop] for first, stop in context.spans)) & knowledge.summary_words
    out.values[f"{KNOWN}:summary"] = math.log1p(len(summary))
    out.values[f"{KNOWN}:meanings"] = math.log1p(len(knowledge.meanings))


def _surface(out: Features, context: Context, knowledge: Knowledge) -> None:
    for window in context.windows:
        for name, sign in SIGNS.items():
            if sign(window, knowledge):
                out.values[f"{SURFACE}:{name}"] = 1.0
        out.words[SURFACE].add(window.mention)
    named = f"{SURFACE}:the name" in out.values
    out.values[f"{SURFACE}:only other names"] = float(bool(context.windows) and not named)


def _cues(out: Features, context: Context) -> None:
    counts: defaultdict[str, set[str]] = defaultdict(set)
    for window in context.windows:
        for label, phrase, _ in _CUE_BOOK.hits(f"{window.before} \n {window.after}".lower()):
            counts[label].add(phrase)
    for label, phrases in counts.items():
        out.values[f"{CUE_COUNT}:{label}"] = math.log1p(len(phrases))
        out.values.update((f"{CUE}:{phrase}", 1.0) for phrase in phrases)
        out.words[f"{CUE_COUNT}:{label}"] |= phrases
