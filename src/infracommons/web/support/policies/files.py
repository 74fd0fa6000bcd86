"""Policies as files: the list and its clauses as tables, all of it as JSON, what happened as a feed."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from infracommons.insights.formats import FORMATS
from infracommons.insights.policies.events import PolicyEvent, newest_events
from infracommons.insights.policies.filters import PolicyFilters, matched
from infracommons.insights.policies.load import Policies
from infracommons.insights.policies.timeline import timeline
from infracommons.insights.query_string import to_query
from infracommons.vocabulary.policies import Instrument
from infracommons.web.catalogue.exchange.answers import site_root
from infracommons.web.catalogue.exchange.feeds.answer import FEEDS, feed_answer
from infracommons.web.catalogue.exchange.feeds.entries import MOST, Feed, FeedEntry
from infracommons.web.catalogue.exchange.licences import LICENCE
from infracommons.web.shared.paged import address
from infracommons.web.support.policies.answers import as_open_data, filtered, of_policies
from infracommons.web.support.policies.tables import CLAUSES, POLICIES, clause_rows, policy_rows

_PUBLISHER = "Infracommons"


@of_policies
def policies(request: HttpRequest, policies: Policies, form: str) -> HttpResponseBase:
    """Send the policies that match, as a table or as JSON with all that is known of each."""

    @filtered
    def answer(request: HttpRequest, policies: Policies, asked: PolicyFilters) -> HttpResponseBase:
        found = _in_order(policies, asked)
        if form == "json":
            told = [policy_json(request, policies, one) for one in found]
            return _json({"licence": LICENCE, "query": to_query(asked), "count": len(told), "policies": told})
        return _table(form, "policies", POLICIES, policy_rows(policies, found), asked)

    return answer(request, policies)


@of_policies
def clauses(request: HttpRequest, policies: Policies, form: str) -> HttpResponseBase:
    """Send the clauses of the policies that match, a row each."""

    @filtered
    def answer(_request: HttpRequest, policies: Policies, asked: PolicyFilters) -> HttpResponseBase:
        return _table(form, "policy-clauses", CLAUSES, clause_rows(_in_order(policies, asked)), asked)

    return answer(request, policies)


@of_policies
def policy(request: HttpRequest, policies: Policies, code: str) -> HttpResponseBase:
    """Send all that is known of one policy."""
    if code not in policies.instruments:
        message = f"There is no policy “{code}” here."
        raise Http404(message)
    return _json(policy_json(request, policies, policies.instruments[code]) | {"licence": LICENCE})


@of_policies
def changes_feed(request: HttpRequest, policies: Policies, form: str) -> HttpResponseBase:
    """Send what happened to the policies that match, newest first, as a feed."""
    if form not in FEEDS:
        message = f"There is no feed as “{form}”; there are {', '.join(FEEDS)}."
        raise Http404(message)

    @filtered
    def answer(request: HttpRequest, policies: Policies, asked: PolicyFilters) -> HttpResponseBase:
        events = newest_events(matched(policies, asked).instruments, timezone.now().date())
        feed = Feed(
            title="Infracommons: changes in policies on open research",
            url=request.build_absolute_uri(),
            page=request.build_absolute_uri(address(reverse("policy_changes"), asked)),
            entries=tuple(_entry(event, site_root(request)) for event in events[:MOST]),
        )
        return as_open_data(feed_answer(feed, form))

    return answer(request, policies)


def policy_json(request: HttpRequest, policies: Policies, one: Instrument) -> dict[str, Any]:
    """Return all that is known of a policy; `id` is its page."""
    page = request.build_absolute_uri(reverse("policy", args=[one.code]))
    return {"id": page} | policy_facts(policies, one)


def policy_facts(policies: Policies, one: Instrument) -> dict[str, Any]:
    """Return all that is known of a policy, as the definitions write it."""
    return asdict(one) | {"superseded_by": policies.superseded_by.get(one.code, ())}


def _in_order(policies: Policies, asked: PolicyFilters) -> list[Instrument]:
    """Return what matches, in the order of the page."""
    return [span.instrument for span in timeline(policies, matched(policies, asked).instruments)]


def _table(form: str, name: str, schema: pa.Schema, rows: Iterable[Any], asked: PolicyFilters) -> HttpResponseBase:
    if form not in FORMATS:
        message = f"This cannot be had as “{form}”; there are {', '.join(FORMATS)}."
        raise Http404(message)
    said = schema.with_metadata({"query": to_query(asked), "licence": LICENCE})
    batches = pa.Table.from_pylist(list(rows), schema=said).to_batches()
    response = StreamingHttpResponse(FORMATS[form].bytes_of(said, batches), content_type=FORMATS[form].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="infracommons-{name}.{form}"'
    return as_open_data(response)


def _json(told: dict[str, Any]) -> HttpResponseBase:
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return as_open_data(HttpResponse(text, content_type="application/json"))


def _entry(event: PolicyEvent, root: str) -> FeedEntry:
    page = f"{root}{reverse('policy', args=[event.instrument.code])}"
    return FeedEntry(
        # Of what happened, not of the site, so that the id stays where the address of the site changes.
        id=uuid5(NAMESPACE_URL, f"{event.instrument.code} {event.on.text} {event.what}").urn,
        title=f"{event.instrument.short_title}: {event.what}",
        url=page,
        text=f"{event.on.words}. {event.what} Source: {event.source.url}",
        at=datetime.combine(event.on.last, time(), UTC),
        author=_PUBLISHER,
    )
