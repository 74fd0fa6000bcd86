"""Who meets a condition on one field, such as `country:DE` or `launched:>=2010`."""

from infracommons.insights.text_query import Clause, QueryIssue, field_key
from infracommons.vocabulary.folding import folded
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.statuses import NOT_APPLICABLE, UNKNOWN, WORDS
from infracommons.web.catalogue.search.bits import mask_of
from infracommons.web.catalogue.search.documents import NO_TEXT
from infracommons.web.catalogue.search.facets import facets
from infracommons.web.catalogue.search.snapshot import CatalogueIndex

Met = tuple[int, QueryIssue | None]
_STATUSES = {key: code for code, words in WORDS.items() for key in (folded(words), field_key(code))}
_INSTEAD_OF_A_VALUE = {UNKNOWN, NOT_APPLICABLE}


def in_field(clause: Clause, index: CatalogueIndex) -> Met:
    """Return the set of those that meet the clause, and what is wrong with it where nothing can."""
    if clause.bounds is not None:
        return index.within(clause.field, clause.bounds), None
    definition = index.definition(clause.field)
    status = _STATUSES.get(" ".join(clause.words), "")
    if status in _INSTEAD_OF_A_VALUE or (status and definition and definition.kind == "practice"):
        return index.having(clause.field, status), None
    if definition is None or definition.kind == "yes_no":
        return _fixed(clause, index)
    return _said(clause, definition, index)


def _fixed(clause: Clause, index: CatalogueIndex) -> Met:
    """Meet a condition on a field or flag that has few values, none of them text."""
    facet = facets().get(clause.field)
    values = facet.values if facet else ("yes", "no", UNKNOWN)
    by_words = {field_key(value): value for value in values}
    if facet:
        by_words |= {folded(index.words_of(facet.code, value)): value for value in values}
    value = by_words.get(" ".join(clause.words))
    if value is None:
        label = facet.label if facet else clause.field
        return 0, QueryIssue(clause.typed, f"{label} takes one of: {', '.join(values)}")
    return index.having(clause.field, value), None


def _said(clause: Clause, definition: FieldDefinition, index: CatalogueIndex) -> Met:
    if definition.kind in NO_TEXT:
        return 0, QueryIssue(clause.typed, f"{definition.label} can only be asked for as unknown")
    if definition.vocabulary and definition.code in facets():
        value = index.current_value(definition.code, " ".join(clause.words))
        if value is not None and definition.kind != "practice":
            return index.having(definition.code, value), None
    return mask_of(index.text.having(clause.words, definition.code)), None
