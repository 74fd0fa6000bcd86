"""Shows where in an award the words of a search stand, marked, so that a reader sees why it was found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from infracommons.insights.award_query import is_beginning
from infracommons.insights.award_words import FIELDS, TEXTS
from infracommons.insights.release import Release, Row
from infracommons.insights.snippet import Piece, Span, marked, snippet, together
from infracommons.insights.text_query import Clause, Query
from infracommons.vocabulary.folding import Token, tokens, variants

_TEXT_FIELDS = {field.code for field in TEXTS}
_NUMBERS = """
SELECT award_record.award_id, list(DISTINCT award_number) FILTER (award_number IS NOT NULL) AS texts
FROM award_record WHERE list_contains($ids::VARCHAR[], award_id) GROUP BY award_id"""
_NAMES = """
SELECT award_id, flatten(list(list_prepend(infrastructure.name, aliases) ORDER BY infrastructure_id)) AS texts
FROM support JOIN infrastructure USING (infrastructure_id)
WHERE list_contains($ids::VARCHAR[], award_id) GROUP BY award_id"""


@dataclass(frozen=True)
class Reason:
    """A field in which something matched, and the part of its text around the match."""

    field: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Match:
    """Why an award was found: its whole title, a passage of its description, and other fields that alone explain it."""

    title: tuple[Piece, ...] = ()
    passage: tuple[Piece, ...] = ()
    others: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every field in which something is marked."""
        own = (("title", self.title), ("description", self.passage))
        told = [Reason(code, FIELDS[code].label, pieces) for code, pieces in own if any(p.is_marked for p in pieces)]
        return (*told, *self.others)


def matches(release: Release, query: Query, rows: Sequence[Row]) -> dict[str, Match]:
    """Return the match of each award by its id; `rows` have the columns of table award. Without words, nothing."""
    wanted = [one for one in query.clauses if _is_marked(one)]
    if not wanted:
        return {}
    found = {row["award_id"]: _in_text(row, wanted) for row in rows}
    by_id = {row["award_id"]: row for row in rows}
    others: dict[str, list[Reason]] = {award_id: [] for award_id in found}
    missing = {award_id: one.missing for award_id, one in found.items()}
    # Nearest first: most of what is not in title or description stands in the row itself.
    for texts_of in _ELSEWHERE:
        lacking = [award_id for award_id, clauses in missing.items() if clauses]
        for award_id, texts in texts_of(release, [by_id[one] for one in lacking]).items() if lacking else ():
            told, missing[award_id] = _explained(texts, missing[award_id])
            others[award_id] += told
    return {award_id: Match(one.title, one.passage, tuple(others[award_id])) for award_id, one in found.items()}


def _is_marked(clause: Clause) -> bool:
    return not clause.is_excluded and clause.bounds is None and (not clause.field or clause.field in _TEXT_FIELDS)


@dataclass(frozen=True)
class _InText:
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    missing: list[Clause]  # of which nothing stands in either


def _in_text(row: Row, wanted: Iterable[Clause]) -> _InText:
    title, description = row["title"] or "", row["description"] or ""
    in_title, in_description = tokens(title), tokens(description)
    above: list[Span] = []
    below: list[Span] = []
    missing = []
    for clause in wanted:
        here, there = spans_of(clause, "title", in_title), spans_of(clause, "description", in_description)
        above += here
        below += there
        missing += [] if here or there else [clause]
    return _InText(marked(title, above), snippet(description, below) if below else (), missing)


def spans_of(clause: Clause, field: str, here: Sequence[Token]) -> list[Span]:
    """Return where a clause is met among the words of a field."""
    if clause.field not in ("", field):
        return []
    if len(clause.words) > 1 or clause.is_quoted:
        return together(here, clause.words)
    is_met = _meets(clause)
    return [(token.start, token.end) for token in here if is_met(token.text)]


def _meets(clause: Clause) -> Callable[[str], bool]:
    word = clause.words[0]
    if is_beginning(clause):
        return lambda text: text.startswith(word)
    known = {word, *variants(word)}
    return lambda text: text in known


Texts = dict[str, list[str]]  # by the field they stand in


def _explained(texts: Texts, missing: Sequence[Clause]) -> tuple[list[Reason], list[Clause]]:
    """Return the fields that explain clauses, each told once, and the clauses that none of these texts explains."""
    told: dict[str, Reason] = {}
    left = []
    for clause in missing:
        for code, text in ((name, said) for name, every in texts.items() for said in every):
            if spans := spans_of(clause, code, tokens(text)):
                told.setdefault(code + text, Reason(code, FIELDS[code].label, snippet(text, spans)))
                break
        else:
            left.append(clause)
    return list(told.values()), left


def _in_row(_release: Release, rows: Sequence[Row]) -> dict[str, Texts]:
    codes = ("recipient", "funder", "programme")
    return {row["award_id"]: {code: [row[FIELDS[code].column] or ""] for code in codes} for row in rows}


def _in_names(release: Release, rows: Sequence[Row]) -> dict[str, Texts]:
    return _asked(release, rows, _NAMES, "infrastructure")


def _in_numbers(release: Release, rows: Sequence[Row]) -> dict[str, Texts]:
    found = _asked(release, rows, _NUMBERS, "number")
    return {award_id: {"number": [*texts["number"], award_id]} for award_id, texts in found.items()}


def _asked(release: Release, rows: Sequence[Row], question: str, code: str) -> dict[str, Texts]:
    found = release.query(question, {"ids": [row["award_id"] for row in rows]})
    return {row["award_id"]: {code: row["texts"] or []} for row in found}


_ELSEWHERE = (_in_row, _in_names, _in_numbers)
