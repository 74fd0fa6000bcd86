"""Imports our own file of terms, so that a catalogue elsewhere knows the terms that claims name before they come."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.imports.report import CellNote, ImportReport, shown
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models import Term, TermEvent
from infracommons.web.catalogue.models.term import TermState

TERM_SIGNS = {"vocabulary", "code", "label"}
# Column of the file to attribute of a term; the first two name it and must be there.
_TEXTS = {
    "label": ("label", 300),
    "description": ("description", 5000),
    "provides": ("provides", 30),
    "same_as": ("same_as", 500),
    "infrastructure_id": ("infrastructure", 200),
    "state": ("state", 10),
    "successor": ("successor", 120),
}
_STAYS = "stays as curators here have it"
_LONGEST_CODE = 120
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def import_terms(rows: Iterator[tuple[int, Mapping[str, Any]]], report: ImportReport) -> None:
    """Add the terms that the catalogue lacks, then lead retired ones to their successors."""
    book = term_book()
    added: list[tuple[Term, str, int]] = []
    for number, cells in rows:
        filled = {name: value for name, value in cells.items() if name != "is_json"}
        report.rows, report.cells = report.rows + 1, report.cells + len(filled)
        if problem := _problem(filled):
            report.problems.append(CellNote(number, *problem))
            continue
        known = book.terms(filled["vocabulary"]).get(filled["code"])
        if known is not None:
            report.listed_cells.extend(_differences(number, filled, known))
        elif vocabularies()[filled["vocabulary"]].source != "terms":
            reason = "this list is fixed; nobody can add to it"
            report.problems.append(CellNote(number, "code", shown(filled["code"]), reason))
        else:
            added.append((_added(filled, book), str(filled.get("successor") or ""), number))
            report.listed_cells.extend(_unread(number, filled))
    for term, successor, number in added:
        _lead_on(term, successor, number, report)
    report.new = len(added)


def _problem(cells: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return column, value and what is wrong first."""
    missing = [column for column in sorted(TERM_SIGNS) if not isinstance(cells.get(column), str)]
    if missing:
        return missing[0], "", "each term needs it"
    limits = {"code": _LONGEST_CODE} | {column: most for column, (_, most) in _TEXTS.items()}
    wrong = [
        (column, f"more than {most} characters")
        for column, most in limits.items()
        if len(str(cells.get(column) or "")) > most
    ]
    if cells["vocabulary"] not in vocabularies():
        wrong.append(("vocabulary", "there is no such vocabulary"))
    elif vocabularies()[cells["vocabulary"]].source == "terms" and not _CODE.fullmatch(cells["code"]):
        wrong.append(("code", "needs lower-case letters, digits and single underscores"))
    if cells.get("same_as") and not str(cells["same_as"]).startswith("https://"):
        wrong.append(("same_as", "needs an address that begins with https://"))
    if cells.get("state", TermState.ACTIVE) not in TermState.values:
        wrong.append(("state", f"needs one of {', '.join(TermState.values)}"))
    if not isinstance(_also(cells), list):
        wrong.append(("also", 'needs a list of texts such as ["Code"]'))
    return (wrong[0][0], shown(cells[wrong[0][0]]), wrong[0][1]) if wrong else None


def _also(cells: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a list, or what is wrong
    given = cells.get("also") or []
    try:
        told = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        return None
    return told if isinstance(told, list) and all(isinstance(one, str) for one in told) else None


def _differences(number: int, cells: Mapping[str, Any], known: TermFacts) -> Iterator[CellNote]:
    for column, (attribute, _) in _TEXTS.items():
        if column in cells and str(cells[column]) != getattr(known, attribute):
            yield CellNote(number, column, shown(cells[column]), _STAYS)
    if "also" in cells and set(_also(cells)) != set(known.also):
        yield CellNote(number, "also", shown(cells["also"]), _STAYS)
    yield from _unread(number, cells)


def _unread(number: int, cells: Mapping[str, Any]) -> Iterator[CellNote]:
    for column in sorted(cells.keys() - _TEXTS.keys() - {"vocabulary", "code", "also"}):
        yield CellNote(number, column, shown(cells[column]), "no column of a file of terms")


def _added(cells: Mapping[str, Any], book: TermBook) -> Term:
    term = Term.objects.create(
        vocabulary=cells["vocabulary"],
        code=cells["code"],
        label=cells["label"],
        description=str(cells.get("description") or ""),
        provides=str(cells.get("provides") or ""),
        also=_also(cells),
        same_as=str(cells.get("same_as") or ""),
        infrastructure_slug=str(cells.get("infrastructure_id") or ""),
        state=cells.get("state") or TermState.ACTIVE,
        position=len(book.terms(cells["vocabulary"])),
    )
    TermEvent.objects.create(term=term, kind="added", reason="imported from a file of terms")
    return term


def _lead_on(term: Term, successor: str, number: int, report: ImportReport) -> None:
    """Set a successor; one that is missing, or that leads back, is a problem."""
    if not successor:
        return
    found = Term.objects.filter(vocabulary=term.vocabulary, code=successor).first()
    following, steps = found, set[int]()
    while following is not None and following.pk not in steps and following.pk != term.pk:
        steps.add(following.pk)
        following = following.successor
    if found is None or following is not None:
        reason = "there is no such term" if found is None else "the successors lead round in a circle"
        report.problems.append(CellNote(number, "successor", shown(successor), reason))
        return
    term.successor = found
    term.save(update_fields=["successor"])
