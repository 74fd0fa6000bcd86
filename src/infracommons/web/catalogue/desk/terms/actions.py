"""What curators do to terms: add, rename, describe, merge, retire, restore, undo. Codes in claims stay as they are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.texts import one_line, paragraphs
from infracommons.web.catalogue.models import Term, TermEvent
from infracommons.web.catalogue.models.term import TermState

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

ADDED, RENAMED, DESCRIBED, MERGED, RETIRED, RESTORED = "added", "renamed", "described", "merged", "retired", "restored"
_LONGEST_LABEL, _LONGEST_DESCRIPTION, _LONGEST_REASON, _LONGEST_CODE = 300, 2000, 2000, 120


class TermProblem(ValueError):  # noqa: N818 - it describes input, not a failure of the program
    """What a curator asked for cannot be done; `part` is the part of the form, the text says what to do."""

    def __init__(self, part: str, message: str) -> None:
        self.part = part
        super().__init__(message)


@dataclass(frozen=True)
class By:
    """Who does it, and why."""

    person: "User"
    reason: str


def managed(vocabulary: str) -> bool:
    """Return whether curators manage the terms of this vocabulary; scales, countries and currencies are fixed."""
    found = vocabularies().get(vocabulary)
    return found is not None and found.source == "terms"


@transaction.atomic
def add(vocabulary: str, label: str, description: str, *, by: By) -> Term:
    """Add a term at the end of its vocabulary; its code is made from its label. Raises TermProblem."""
    terms = _locked(vocabulary)
    said = _label(label, terms.values())
    stem = normal_name(said).replace(" ", "_")[:_LONGEST_CODE].strip("_")
    code = stem if stem and stem not in terms else _free(stem or "term", terms)
    last = Term.objects.filter(vocabulary=vocabulary).aggregate(last=Max("position"))["last"]
    term = Term.objects.create(
        vocabulary=vocabulary, code=code, label=said, description=_description(description),
        position=0 if last is None else last + 1,
    )  # fmt: skip
    return _log(term, ADDED, {}, by)


def _free(stem: str, terms: dict[str, Term]) -> str:
    number = 2
    while f"{stem[: _LONGEST_CODE - 6]}_{number}" in terms:
        number += 1
    return f"{stem[: _LONGEST_CODE - 6]}_{number}"


@transaction.atomic
def rename(term: Term, label: str, *, by: By) -> Term:
    """Give a term another label; imports still know the old one. Raises TermProblem."""
    terms = _locked(term.vocabulary)
    found = terms[term.code]
    before = _state(found)
    old, found.label = found.label, _label(label, [one for one in terms.values() if one.pk != found.pk])
    if found.label == old:
        raise TermProblem("label", f"The term is already called {old}.")
    if old not in found.also:
        found.also = [*found.also, old]
    return _log(found, RENAMED, before, by)


@transaction.atomic
def describe(term: Term, description: str, *, by: By) -> Term:
    """Say anew what a term means. Raises TermProblem."""
    found = _locked(term.vocabulary)[term.code]
    before = _state(found)
    found.description = _description(description)
    if found.description == before["description"]:
        raise TermProblem("description", "This is the description that stands.")
    return _log(found, DESCRIBED, before, by)


@transaction.atomic
def merge(term: Term, into: str, *, by: By) -> Term:
    """Let another term of the vocabulary, by its code, stand for this one from now on. Raises TermProblem."""
    return _lead_on(term, into, TermState.MERGED, MERGED, by)


@transaction.atomic
def retire(term: Term, successor: str, *, by: By) -> Term:
    """Let nobody choose a term any more; with the code of a successor, that one stands for it. Raises TermProblem."""
    return _lead_on(term, successor, TermState.RETIRED, RETIRED, by)


def _lead_on(term: Term, target: str, state: TermState, kind: str, by: By) -> Term:
    terms = _locked(term.vocabulary)
    found = terms[term.code]
    if found.state != TermState.ACTIVE:
        raise TermProblem("action", f"{found.label} is {found.get_state_display()} already. Restore it first.")
    before = _state(found)
    found.successor = _successor(found, target, terms) if target or kind == MERGED else None
    found.state = state
    return _log(found, kind, before, by)


@transaction.atomic
def restore(term: Term, *, by: By) -> Term:
    """Let a retired or merged term be chosen again; it then stands for itself. Raises TermProblem."""
    terms = _locked(term.vocabulary)
    found = terms[term.code]
    if found.state == TermState.ACTIVE:
        raise TermProblem("action", f"{found.label} is in use already.")
    _label(found.label, [one for one in terms.values() if one.pk != found.pk])
    before = _state(found)
    found.state, found.successor = TermState.ACTIVE, None
    return _log(found, RESTORED, before, by)


@transaction.atomic
def undo(event: TermEvent, *, by: By) -> Term:
    """Take back what an event did, where nothing has been done to the same parts since. Raises TermProblem."""
    term = event.term
    terms = _locked(term.vocabulary)
    found = terms[term.code]
    if event.kind == ADDED:
        return _lead_on(found, "", TermState.RETIRED, RETIRED, by)
    before, after, now = event.detail["before"], event.detail["after"], _state(found)
    changed = [part for part in after if after[part] != before[part]]
    if any(now[part] != after[part] for part in changed):
        raise TermProblem("action", "The term was changed again since. Undo the later change first.")
    for part in changed:
        setattr(found, part, _taken_back(found, part, before[part], terms))
    return _log(found, _KIND_OF_UNDOING.get(event.kind, str(before["state"])), now, by, undoes=event.pk)


_KIND_OF_UNDOING = {RENAMED: RENAMED, DESCRIBED: DESCRIBED, MERGED: RESTORED, RETIRED: RESTORED}


def _taken_back(term: Term, part: str, value: Any, terms: dict[str, Term]) -> Any:  # noqa: ANN401 - of any column
    if part == "successor":
        return _successor(term, value, terms) if value else None
    if part == "label":
        return _label(value, [one for one in terms.values() if one.pk != term.pk])
    return value


def chain_of(term: Term) -> list[Term]:
    """Return a term and where its successors lead, in order."""
    found = [term]
    while found[-1].successor is not None and found[-1].successor not in found:
        found.append(found[-1].successor)
    return found


def _locked(vocabulary: str) -> dict[str, Term]:
    if not managed(vocabulary):
        raise TermProblem("action", "The terms of this vocabulary are fixed; nobody manages them here.")
    return {one.code: one for one in Term.objects.select_for_update().filter(vocabulary=vocabulary)}


def _successor(term: Term, code: str, terms: dict[str, Term]) -> Term:
    target = terms.get(code)
    if target is None:
        raise TermProblem("target", f"No term of this vocabulary has the code “{code[:80]}”. Choose one from the list.")
    chain = chain_of(target)
    if term in chain:
        shown = " → ".join(one.label for one in [term, *chain[: chain.index(term) + 1]])
        raise TermProblem("target", f"That would lead in a circle: {shown}. Choose another term.")
    if target.state != TermState.ACTIVE:
        leads = chain[-1].label if len(chain) > 1 else "nowhere"
        raise TermProblem(
            "target", f"{target.label} is {target.get_state_display()} and leads to {leads}. Choose a term in use."
        )
    return target


def _label(label: str, others: Any) -> str:  # noqa: ANN401 - any iterable of terms
    said = _checked(lambda: one_line(label, "label", _LONGEST_LABEL))
    if not said:
        raise TermProblem("label", "Give the term a label.")
    in_use = (one for one in others if one.state == TermState.ACTIVE)
    same = next((one for one in in_use if one.label.casefold() == said.casefold()), None)
    if same is not None:
        raise TermProblem("label", f"{same.label} ({same.code}) is in use already. Merge the two instead.")
    return said


def _description(text: str) -> str:
    return _checked(lambda: paragraphs(text, "description", _LONGEST_DESCRIPTION))


def _checked(parse: Callable[[], str]) -> str:
    try:
        return parse()
    except ValueProblem as problem:
        raise TermProblem(problem.part, problem.message) from problem


def _state(term: Term) -> dict[str, Any]:
    return {
        "label": term.label,
        "description": term.description,
        "state": str(term.state),
        "successor": term.successor.code if term.successor else "",
    }


def _log(term: Term, kind: str, before: dict[str, Any], by: By, **more: Any) -> Term:  # noqa: ANN401 - JSON
    reason = _checked(lambda: paragraphs(by.reason, "reason", _LONGEST_REASON))
    if not reason:
        raise TermProblem("reason", "Give a reason: it stands in the public history of the vocabulary.")
    term.save()
    detail = {"before": before, "after": _state(term), **more}
    TermEvent.objects.create(term=term, kind=kind, detail=detail, reason=reason, by=by.person)
    return term
