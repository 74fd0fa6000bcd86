"""The words of the catalogue in memory, by tantivy: who has them, and how well they fit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur
from tantivy import Query as TextQuery

from infracommons.insights.text_query import Clause
from infracommons.vocabulary.folding import variants
from infracommons.vocabulary.spelling import slips_allowed
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.search.documents import EVERYTHING

_PLACE = "place"
_PREFIX = "f_"
_HEAP_BYTES = 30_000_000
_OTHER_NUMBER, _BEGINNING, _MISTYPED, _SHARE_OF_OTHERS = 0.7, 0.3, 0.15, 0.1  # of an exact word's weight


@dataclass(frozen=True)
class TextSnapshot:
    """The text at one moment; later changes do not touch it, and any thread may ask it."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher

    def ranked(self, clauses: Sequence[Clause], *, is_lenient: bool = False) -> list[int]:
        """Return the places of infrastructures that have every clause somewhere, best first.

        `is_lenient` also takes words that differ by a slip of the fingers.
        """
        last = clauses[-1] if clauses else None
        parts = [self._anywhere(one, is_last=one is last, is_lenient=is_lenient) for one in clauses]
        return self._places(TextQuery.boolean_query([(Occur.Must, part) for part in parts]))

    def having(self, words: Sequence[str], field: str = "") -> list[int]:
        """Return the places of infrastructures that have these words together, in one field or anywhere."""
        names = [_name(field)] if field else [name for name, _ in self._weights()]
        return self._places(TextQuery.boolean_query([(Occur.Should, self._exact(name, words)) for name in names]))

    def known_words(self) -> Iterator[tuple[str, int]]:
        """Return the words of names, stewards, categories and summaries, and in how many infrastructures each is."""
        for name, _ in self._weights():
            if name != _name(EVERYTHING):
                yield from self.searcher.terms_with_prefix(name, "")

    def _places(self, query: TextQuery) -> list[int]:
        most = max(self.searcher.num_docs, 1)
        hits = self.searcher.search(query, limit=most, count=False).hits
        found = self.searcher.fast_field_values(_PLACE, [address for _, address in hits])
        return [int(place) for place in found if place is not None]

    def _anywhere(self, clause: Clause, *, is_last: bool, is_lenient: bool) -> TextQuery:
        """Return a query in which the best field counts, and the others a little."""
        found = []
        for name, weight in self._weights():
            ways = self._ways(name, clause, is_last=is_last, is_lenient=is_lenient)
            found += [TextQuery.boost_query(query, weight * share) for query, share in ways]
        return TextQuery.disjunction_max_query(found, _SHARE_OF_OTHERS)

    def _ways(self, name: str, clause: Clause, *, is_last: bool, is_lenient: bool) -> Iterator[tuple[TextQuery, float]]:
        yield self._exact(name, clause.words), 1.0
        if len(clause.words) > 1 or clause.is_quoted:
            return
        word = clause.words[0]
        for other in variants(word):
            yield TextQuery.term_query(self.schema, name, other), _OTHER_NUMBER
        if is_last and len(word) > 1:
            yield TextQuery.fuzzy_term_query(self.schema, name, word, distance=0, prefix=True), _BEGINNING
        if is_lenient and slips_allowed(word):
            yield TextQuery.fuzzy_term_query(self.schema, name, word, distance=slips_allowed(word)), _MISTYPED

    def _exact(self, name: str, words: Sequence[str]) -> TextQuery:
        if len(words) == 1:
            return TextQuery.term_query(self.schema, name, words[0])
        return TextQuery.phrase_query(self.schema, name, list(words))

    def _weights(self) -> Iterator[tuple[str, int]]:
        for one in public_fields():
            if one.search_weight > 1:
                yield _name(one.code), one.search_weight
        yield _name(EVERYTHING), 1


class TextIndex:
    """The index behind the snapshots; one thread at a time changes it."""

    def __init__(self) -> None:
        self._names = [_name(one.code) for one in public_fields()] + [_name(EVERYTHING)]
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field(_PLACE, indexed=True, fast=True)
        for name in self._names:
            builder.add_text_field(name, tokenizer_name="blanks")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        # The text comes folded and cut into words, by the same code as queries and marks.
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blanks", blanks)

    def put(self, texts: Iterable[tuple[int, Mapping[str, str] | None]]) -> TextSnapshot:
        """Store, replace or (None) take out the folded texts of infrastructures by place; return what stands then."""
        writer = self._index.writer(_HEAP_BYTES, 1)
        for place, text in texts:
            writer.delete_documents_by_term(_PLACE, place)
            if text is not None:
                named = {_name(code): [said] for code, said in text.items()}
                writer.add_document(tantivy.Document.from_dict({_PLACE: place} | named, self._schema))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return TextSnapshot(self._schema, self._index.searcher())


def _name(code: str) -> str:
    return f"{_PREFIX}{code}"
