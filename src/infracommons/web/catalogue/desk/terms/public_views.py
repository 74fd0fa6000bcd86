"""Vocabularies as everyone sees them: terms, what they mean, how many use them, and what curators did to them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.desk.terms.presenters import event_rows, fields_line, term_rows
from infracommons.web.catalogue.desk.terms.usage import fields_of, usage_of
from infracommons.web.catalogue.fields.definition import VocabularyDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.registry import vocabularies as defined
from infracommons.web.catalogue.models import TermEvent


def vocabulary_at(code: str) -> VocabularyDefinition:
    """Return the vocabulary of an address; raise Http404 that says what to do."""
    if code not in defined():
        message = f"There is no vocabulary “{code[:60]}”. All of them are listed under Vocabularies."
        raise Http404(message)
    return defined()[code]


@require_safe
def vocabularies(request: HttpRequest) -> HttpResponse:
    """List the vocabularies with the fields that use them."""
    book = term_book()
    rows = [
        (one, len(book.choices(one.code)), [f.label for f in fields().values() if f.vocabulary == one.code])
        for one in sorted(defined().values(), key=lambda one: one.label.casefold())
    ]
    return render(request, "catalogue/desk/vocabularies.html", {"rows": rows})


@require_safe
def vocabulary_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one vocabulary."""
    vocabulary, book = vocabulary_at(code), term_book()
    usage = usage_of(code, public_only=True)
    events = TermEvent.objects.filter(term__vocabulary=code).select_related("term").order_by("-pk")
    context = {
        "vocabulary": vocabulary,
        "rows": term_rows(vocabulary, book, usage),
        "fields": fields_line(vocabulary),
        "has_use": bool(fields_of(code, public_only=True)),
        "events": event_rows(events, book),
        "is_managed": vocabulary.source == "terms",
    }
    return render(request, "catalogue/desk/vocabulary.html", context)
