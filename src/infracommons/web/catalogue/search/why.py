"""Says why an infrastructure was found: in which field which words matched, with the words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from infracommons.insights.snippet import Piece, Span, snippet, together
from infracommons.insights.text_query import Clause
from infracommons.vocabulary.folding import Token, tokens, variants
from infracommons.vocabulary.spelling import slips, slips_allowed
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.words import Entry, entry_words
from infracommons.web.catalogue.search.documents import searched_words
from infracommons.web.catalogue.search.facets import facets
from infracommons.web.catalogue.search.search import Found

_MOST_REASONS = 3
Held = tuple[FieldDefinition, Entry]


@dataclass(frozen=True)
class Reason:
    """A field in which something matched, and the part of its text around the match."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Match:
    clauses: frozenset[Clause]
    reason: Reason


def reasons(found: Found, profile: dict[str, Entry]) -> tuple[Reason, ...]:
    """Return in which fields of this profile what was asked for stands; () where no words or fields were asked for."""
    missing, given = set(found.query.wanted), list[Reason]()
    heavy, light = _by_weight(profile)
    # The fields that weigh most are few: of these, the one with most of the words explains best.
    matches = [match for one in heavy if missing and (match := _matched(one, found))]
    while missing and matches and len(given) < _MOST_REASONS:
        best = max(matches, key=lambda match: len(missing & match.clauses))
        if not missing & best.clauses:
            break
        given.append(best.reason)
        missing -= best.clauses
        matches.remove(best)
    for one in light:
        if not missing or len(given) >= _MOST_REASONS:
            break
        match = _matched(one, found)
        if match and missing & match.clauses:
            given.append(match.reason)
            missing -= match.clauses
    return (*given, *_in_fields(found, profile))[:_MOST_REASONS]


def _matched(held: Held, found: Found) -> _Match | None:
    """Return what matches in the text of an entry that has most of what was asked for."""
    definition, entry = held
    best: _Match | None = None
    for text in searched_words(definition, entry, found.index.book):
        here = tokens(text)
        spans = {clause: spans for clause in found.query.wanted if (spans := _spans(clause, here, found))}
        if spans and (best is None or len(spans) > len(best.clauses)):
            marked = [span for one in spans.values() for span in one]
            best = _Match(frozenset(spans), Reason(definition.label, snippet(text, marked)))
    return best


def _in_fields(found: Found, profile: dict[str, Entry]) -> Iterator[Reason]:
    for clause in found.query.clauses:
        if not clause.field or clause.is_excluded:
            continue
        definition = found.index.definition(clause.field)
        if definition is None:  # a flag or a state, which a match has
            yield Reason(facets()[clause.field].label, (Piece(" ".join(clause.words)),))
            continue
        said = entry_words(definition, profile.get(definition.code), found.index.book)
        for text in said:
            if spans := together(tokens(text), clause.words):
                yield Reason(definition.label, snippet(text, spans))
                break
        else:
            yield Reason(definition.label, snippet(", ".join(said), []))


def _by_weight(profile: dict[str, Entry]) -> tuple[list[Held], list[Held]]:
    """Return the fields that weigh more than one, heaviest first, and the others."""
    held = [(one, profile[one.code]) for one in public_fields() if one.search_weight and one.code in profile]
    heavy = [one for one in held if one[0].search_weight > 1]
    return sorted(heavy, key=lambda one: -one[0].search_weight), [one for one in held if one[0].search_weight == 1]


def _spans(clause: Clause, here: Sequence[Token], found: Found) -> list[Span]:
    if len(clause.words) > 1 or clause.is_quoted:
        return together(here, clause.words)
    word = clause.words[0]
    others = {word, *variants(word)}
    is_last = clause is found.query.wanted[-1]
    exact = [one for one in here if one.text in others or (is_last and len(word) > 1 and one.text.startswith(word))]
    is_near = partial(_is_near, word)
    return [(one.start, one.end) for one in exact or (filter(is_near, here) if found.is_lenient else ())]


def _is_near(word: str, token: Token) -> bool:
    most = slips_allowed(word)
    return most > 0 and slips(word, token.text, most) <= most
