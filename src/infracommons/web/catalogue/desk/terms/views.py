"""The desk's pages for terms: choose a vocabulary, choose a term, see in numbers what a change does, confirm it."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.desk.kept import keeps_form, kept_form
from infracommons.web.catalogue.desk.terms import actions
from infracommons.web.catalogue.desk.terms.actions import By, TermProblem, managed
from infracommons.web.catalogue.desk.terms.presenters import event_rows, fields_line, term_rows
from infracommons.web.catalogue.desk.terms.public_views import vocabulary_at
from infracommons.web.catalogue.desk.terms.usage import Usage, usage_of
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.models import Term, TermEvent

Typed = dict[str, str]
Change = Callable[[Term, Typed, By], Term]

CHANGES: dict[str, Change] = {
    "rename": lambda term, typed, by: actions.rename(term, typed.get("label", ""), by=by),
    "describe": lambda term, typed, by: actions.describe(term, typed.get("description", ""), by=by),
    "merge": lambda term, typed, by: actions.merge(term, typed.get("target", ""), by=by),
    "retire": lambda term, typed, by: actions.retire(term, typed.get("target", ""), by=by),
    "restore": lambda term, _typed, by: actions.restore(term, by=by),
    "undo": lambda term, typed, by: actions.undo(_event(term, typed.get("event", "")), by=by),
}


@require_safe
@requires("edit_terms")
def desk_terms(request: HttpRequest) -> HttpResponseBase:
    """List the vocabularies that curators manage."""
    book = term_book()
    rows = [
        (one, len(book.choices(one.code)), len(book.terms(one.code)), fields_line(one))
        for one in sorted(vocabularies().values(), key=lambda one: one.label.casefold())
        if managed(one.code)
    ]
    return render(request, "catalogue/desk/terms.html", {"rows": rows})


@require_safe
@requires("edit_terms")
def desk_vocabulary(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """Show the terms of one vocabulary with how many use each, and a form to add one."""
    kept = kept_form(request)
    return _vocabulary(request, vocabulary, dict(kept.items()) if kept else {})  # type: ignore[arg-type]  # texts


def _vocabulary(
    request: HttpRequest, code: str, typed: Typed, problem: TermProblem | None = None, status: int = 200
) -> HttpResponse:
    found, book = vocabulary_at(code), term_book()
    context = {
        "vocabulary": found,
        "is_managed": managed(code),
        "rows": term_rows(found, book, usage_of(code)),
        "fields": fields_line(found),
        "typed": typed,
        "problem": problem,
    }
    return render(request, "catalogue/desk/desk_vocabulary.html", context, status=status)


@require_POST
@keeps_form("desk_vocabulary")
@requires("edit_terms")
def desk_add_term(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """Add a term to a vocabulary."""
    vocabulary_at(vocabulary)
    typed = _typed(request)
    by = By(person_of(request), typed.get("reason", ""))
    try:
        term = actions.add(vocabulary, typed.get("label", ""), typed.get("description", ""), by=by)
    except TermProblem as problem:
        return _vocabulary(request, vocabulary, typed, problem, 400)
    messages.success(request, f"Added {term.label}. It can be chosen from now on.")
    return redirect("desk_term", vocabulary=vocabulary, code=term.code)


@require_safe
@requires("edit_terms")
def desk_term(request: HttpRequest, vocabulary: str, code: str) -> HttpResponseBase:
    """Show one term and what can be done to it."""
    kept = kept_form(request)
    return _term(request, _found(vocabulary, code), dict(kept.items()) if kept else {})  # type: ignore[arg-type]  # texts


def _found(vocabulary: str, code: str) -> Term:
    if "\0" in code:  # PostgreSQL refuses it
        message = "No term has this code."
        raise Http404(message)
    return get_object_or_404(Term.objects.select_related("successor"), vocabulary=vocabulary, code=code)


def _term(
    request: HttpRequest, term: Term, typed: Typed, problem: TermProblem | None = None, status: int = 200
) -> HttpResponse:
    book = term_book()
    usage = usage_of(term.vocabulary)
    events = TermEvent.objects.filter(term=term).select_related("term").order_by("-pk")
    context = {
        "term": term,
        "vocabulary": vocabulary_at(term.vocabulary),
        "uses": _uses(term, usage),
        "chain": actions.chain_of(term)[1:],
        "others": [one for one in book.choices(term.vocabulary) if one.code != term.code],
        "events": event_rows(events, book),
        "typed": typed,
        "problem": problem,
        "anchor": f"do-{typed['action']}" if typed.get("action") in CHANGES else "main",
        "is_active": term.state == "active",
    }
    return render(request, "catalogue/desk/term.html", context, status=status)


def _uses(term: Term, usage: Usage) -> str:
    return counted(usage.holding(term.code), "listed infrastructure")


@require_POST
@keeps_form("desk_term")
@requires("edit_terms")
def desk_change_term(request: HttpRequest, vocabulary: str, code: str) -> HttpResponseBase:
    """Check a change to a term, say in numbers what it does, and carry it out once that is confirmed."""
    term, typed = _found(vocabulary, code), _typed(request)
    action = typed.get("action", "")
    if action not in CHANGES:
        return _term(request, term, typed, TermProblem("action", "Choose what to do with the term."), 400)
    by = By(person_of(request), typed.get("reason", ""))
    try:
        if typed.get("go") != "confirm":
            return _summary(request, term, typed, _tried(term, typed, by))
        CHANGES[action](term, typed, by)
    except TermProblem as problem:
        return _term(request, _found(vocabulary, code), typed, problem, 400)
    messages.success(request, "Done. Pages and the search show it from now on.")
    return redirect("desk_term", vocabulary=vocabulary, code=code)


def _tried(term: Term, typed: Typed, by: By) -> Term:
    """Return the term as it would be, and leave everything as it is."""
    with transaction.atomic():
        changed = CHANGES[typed["action"]](term, typed, by)
        transaction.set_rollback(True)
    return changed


def _summary(request: HttpRequest, term: Term, typed: Typed, changed: Term) -> HttpResponse:
    usage, book = usage_of(term.vocabulary), term_book()
    shows = changed.successor.label if changed.successor else changed.label
    context = {
        "term": term,
        "vocabulary": vocabulary_at(term.vocabulary),
        "changed": changed,
        "typed": typed,
        "kept": [(name, value) for name, value in typed.items() if name != "go"],
        "uses": usage.holding(term.code),
        "shows": shows,
        "more": usage.together((changed.successor.code, term.code), book) if changed.successor else None,
    }
    return render(request, "catalogue/desk/term_summary.html", context)


def _typed(request: HttpRequest) -> Typed:
    return {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _event(term: Term, key: str) -> TermEvent:
    is_key = key.isascii() and key.isdigit() and len(key) < 19  # noqa: PLR2004 - within what databases take
    event = TermEvent.objects.filter(pk=int(key), term=term).first() if is_key else None
    if event is None:
        message = "This change is not in the history of the term. Choose one of those below."
        raise TermProblem("action", message)
    return event
