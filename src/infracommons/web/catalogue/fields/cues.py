"""Which terms a text states: those of which one of the cues stands in it, as whole words, in any case."""

import re
from functools import cache

from infracommons.web.catalogue.fields.definition import TermDefinition


def stated_terms(text: str, terms: tuple[TermDefinition, ...]) -> list[TermDefinition]:
    """Return the terms, in their order, that a text states by its words; a term without cues is never among them."""
    return [term for term in terms if term.cues and _pattern(term.cues).search(text)]


@cache
def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_words, cues))})(?!\w)", re.IGNORECASE)


def _words(cue: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in cue.split())
