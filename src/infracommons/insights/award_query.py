"""Turns what was typed into a question to the index of awards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as TextQuery

from infracommons.insights.award_words import CODES, TEXTS
from infracommons.insights.text_query import Clause, Query
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.folding import folded, variants

UNKNOWN_FIELDS = "unknown_fields"  # of the index: the codes of those fields that an award does not tell
_OTHER_NUMBER, _BEGINNING, _SHARE_OF_OTHERS = 0.7, 0.5, 0.1  # of an exact word's weight
_CODES = {field.code for field in CODES}
_COUNTRIES = {"country", "funder_country"}
_UNKNOWN = ("unknown",)


@dataclass(frozen=True)
class Asker:
    """Makes questions for indexes of one schema."""

    schema: tantivy.Schema

    def whole(self, query: Query) -> TextQuery:
        """Return the question for all conditions together."""
        parts = [self._group(group) for group in query.groups]
        if not any(occur is Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, TextQuery.const_score_query(TextQuery.all_query(), 0)))
        return TextQuery.boolean_query(parts)

    def _group(self, group: Sequence[Clause]) -> tuple[Occur, TextQuery]:
        if len(group) == 1:
            return (Occur.MustNot if group[0].is_excluded else Occur.Must), self._held(group[0])
        either = [self._negated(one) if one.is_excluded else self._held(one) for one in group]
        return Occur.Must, TextQuery.boolean_query([(Occur.Should, part) for part in either])

    def _negated(self, clause: Clause) -> TextQuery:
        everything = TextQuery.const_score_query(TextQuery.all_query(), 0)
        return TextQuery.boolean_query([(Occur.Must, everything), (Occur.MustNot, self._held(clause))])

    def _held(self, clause: Clause) -> TextQuery:
        if clause.field:
            return TextQuery.const_score_query(self._in_field(clause), 0)
        ways = [
            TextQuery.boost_query(query, field.weight * share)
            for field in TEXTS
            for query, share in self._ways(field.code, clause)
        ]
        return TextQuery.disjunction_max_query(ways, _SHARE_OF_OTHERS)

    def _in_field(self, clause: Clause) -> TextQuery:
        if clause.bounds is not None:
            low, high = clause.bounds
            return TextQuery.range_query(self.schema, clause.field, FieldType.Integer, low, high)
        if clause.words == _UNKNOWN and clause.field != "type":
            return TextQuery.term_query(self.schema, UNKNOWN_FIELDS, clause.field)
        if clause.field in _CODES:
            return self._exact(clause.field, code_words(clause))
        return _any_of(query for query, _ in self._ways(clause.field, clause))

    def _ways(self, name: str, clause: Clause) -> Iterator[tuple[TextQuery, float]]:
        """Yield how the words may stand in a field, and what each way is worth."""
        yield self._exact(name, clause.words), 1.0
        if len(clause.words) > 1 or clause.is_quoted:
            return
        if is_beginning(clause):
            word = clause.words[0]
            yield TextQuery.fuzzy_term_query(self.schema, name, word, distance=0, prefix=True), _BEGINNING
            return
        for other in variants(clause.words[0]):
            yield TextQuery.term_query(self.schema, name, other), _OTHER_NUMBER

    def _exact(self, name: str, words: Sequence[str]) -> TextQuery:
        if len(words) == 1:
            return TextQuery.term_query(self.schema, name, words[0])
        return TextQuery.phrase_query(self.schema, name, list(words))


def is_beginning(clause: Clause) -> bool:
    """Return whether the clause is the beginning of a word, as in `repositor*`."""
    return clause.typed.endswith("*") and len(clause.words) == 1 and not clause.is_quoted


def code_words(clause: Clause) -> Sequence[str]:
    """Return the words under which a code is indexed: a country may be asked for by its name."""
    if clause.field not in _COUNTRIES:
        return clause.words
    return (folded(country_code(" ".join(clause.words)) or "") or clause.words[0],)


def _any_of(queries: Iterable[TextQuery]) -> TextQuery:
    return TextQuery.boolean_query([(Occur.Should, query) for query in queries])
