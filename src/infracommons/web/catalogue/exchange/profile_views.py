"""Sends one profile as a file, in any form that other communities read, and the feed of its changes."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.alternates import ALTERNATES, Subject
from infracommons.web.catalogue.exchange.answers import open_data, site_root
from infracommons.web.catalogue.exchange.feeds.answer import FEEDS, feed_answer
from infracommons.web.catalogue.exchange.feeds.entries import Feed, entries, newest_changes
from infracommons.web.catalogue.exchange.licences import LICENCE_URL
from infracommons.web.catalogue.exchange.public import public_infrastructures
from infracommons.web.catalogue.models import FormerSlug, Infrastructure


@open_data
def profile_file(request: HttpRequest, infrastructure_id: str, form: str) -> HttpResponseBase:
    """Send the profile in this form; an id that it once had leads on to the one it has."""
    if form not in ALTERNATES and form not in FEEDS:
        message = f"There is no file “.{form}” of a profile; there are {', '.join((*ALTERNATES, *FEEDS))}."
        raise Http404(message)
    infrastructure = public_infrastructures().filter(infrastructure_id=infrastructure_id).first()
    if infrastructure is None:
        return _led_on(infrastructure_id, form)
    if form in FEEDS:
        return _feed(request, infrastructure, form)
    alternate = ALTERNATES[form]
    subject = Subject(infrastructure, term_book(), site_root(request))
    response = HttpResponse(alternate.text_of(subject), content_type=alternate.media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{infrastructure.infrastructure_id}.{form}"'
    response.headers["Link"] = _links(subject, form)
    return response


def _led_on(infrastructure_id: str, form: str) -> HttpResponseBase:
    former = FormerSlug.objects.filter(slug=infrastructure_id).select_related("infrastructure").first()
    if former is None or not public_infrastructures().filter(pk=former.infrastructure_id).exists():
        message = f"There is no infrastructure “{infrastructure_id}” in the catalogue."
        raise Http404(message)
    return HttpResponsePermanentRedirect(reverse("profile_file", args=[former.infrastructure.infrastructure_id, form]))


def _links(subject: Subject, form: str) -> str:
    """Return the Link header: the page that the file describes, its other forms, the licence."""
    links = [f'<{subject.page}>; rel="canonical"', f'<{subject.page}>; rel="describes"']
    for other, alternate in ALTERNATES.items():
        if other != form:
            href = subject.root + reverse("profile_file", args=[subject.infrastructure.infrastructure_id, other])
            links.append(f'<{href}>; rel="alternate"; type="{alternate.media_type.partition(";")[0]}"')
    return ", ".join([*links, f'<{LICENCE_URL}>; rel="license"'])


def _feed(request: HttpRequest, infrastructure: Infrastructure, form: str) -> HttpResponse:
    root = site_root(request)
    told = entries(newest_changes([infrastructure.infrastructure_id]), term_book(), root)
    page = root + reverse("profile", args=[infrastructure.infrastructure_id])
    title = f"Changes of {infrastructure.name} in the Infracommons catalogue"
    return feed_answer(Feed(title, request.build_absolute_uri(request.path), page, told), form)
