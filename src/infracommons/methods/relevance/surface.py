"""How a mention is written: its letters, and what touches it."""

import re
from collections.abc import Callable

from infracommons.methods.relevance.context import Window
from infracommons.methods.relevance.knowledge import Knowledge

_URL_BEFORE = re.compile(r"(?:https?://|www\.|doi)\S*$", re.IGNORECASE)
_URL_AFTER = re.compile(r"\.(?:org|io|com|net|edu)\b|/\w")
_IDENTIFIER_AFTER = re.compile(r"[:.,]?\s?\d{3,}|[:.]\s?[a-z-]+/\d")
_ARTICLE_BEFORE = re.compile(r"\b(?:an?|the)\s+\W?$", re.IGNORECASE)
_OF_AFTER = re.compile(r"\W?\s?(?:of|for|to|upon|on which|in the|around which)\b", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r"[\s(\"'-]{0,3}[^\W\d_a-z][^\W\d_]*")
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][^\W\d_]*[\s(\"'-]{0,3}$")
_LIKE_AFTER = re.compile(r"[- ]?(?:like|style|styled|type|inspired)\b", re.IGNORECASE)
_COINED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|\d|\w \w")
_EDGE = 80  # characters before a mention in which what touches it is looked for
_ACRONYM = re.compile(r"[A-Z]{2,5}")

SIGNS: dict[str, Callable[[Window, Knowledge], object]] = {
    "lower case": lambda w, _: w.mention.islower(),
    "capitals": lambda w, _: w.mention.isupper(),
    "capital": lambda w, _: w.mention[:1].isupper() and not w.mention.isupper(),
    "short capitals": lambda w, _: _ACRONYM.fullmatch(w.mention),
    "coined": lambda w, _: _COINED.search(w.mention),
    "a capitalised name in lower case": lambda w, k: w.mention.islower() and w.mention not in k.spellings,
    "spelled as defined": lambda w, k: w.mention in k.spellings,
    "the name": lambda w, k: w.mention.lower() in k.names,
    "a host's name": lambda w, k: w.mention.lower() in k.host_names,
    "in the title": lambda w, _: w.field == "title",
    "letters before": lambda w, _: w.before[-1:].isalpha(),
    "letters after": lambda w, _: w.after[:1].isalpha(),
    "hyphen after": lambda w, _: w.after.startswith("-"),
    "like after": lambda w, _: _LIKE_AFTER.match(w.after),
    "capital after": lambda w, _: _CAPITAL_AFTER.match(w.after),
    "capital before": lambda w, _: _CAPITAL_BEFORE.search(w.before[-_EDGE:]),
    "address before": lambda w, _: _URL_BEFORE.search(w.before[-_EDGE:]),
    "address after": lambda w, _: _URL_AFTER.match(w.after),
    "identifier after": lambda w, _: _IDENTIFIER_AFTER.match(w.after),
    "article before": lambda w, _: _ARTICLE_BEFORE.search(w.before[-_EDGE:]),
    "of after": lambda w, _: _OF_AFTER.match(w.after),
}


def is_coined(name: str) -> bool:
    """Whether a name is hardly an ordinary word: a capital inside, a digit, or several words."""
    return bool(_COINED.search(name))
