"""Throws generated requests at the API, by its own document: no failure, and no answer outside its shape."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings

from infracommons.config.api import api
from infracommons.config.api_document import OF_RELEASE, ROOT, api_document
from infracommons.config.wsgi import application
from infracommons.web.catalogue.api.filter_schemas import filter_schemas
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.search.facets import facets
from infracommons.web.funding.api.filter_schemas import award_filter_schemas

# One filter of each kind: the others are read by the same code, and each costs twenty requests.
KINDS = frozenset("oss steward country categories code_repository scoss spdx_licence freshness launched".split())
AWARD_KINDS = frozenset("q infrastructure year_from decision prices sort".split())


def few_filters() -> dict[str, Any]:
    """Return the document with so few filters that all values of each can be tried."""
    document = deepcopy(api_document(api))
    left_out = {one["name"] for one in filter_schemas()} - {"q", "sort"}
    left_out -= KINDS | {f"{code}_{end}" for code in KINDS for end in ("from", "to")}
    left_out_of_awards = {one["name"] for one in award_filter_schemas(is_ordered=True)} - AWARD_KINDS
    for path, item in document["paths"].items():
        is_of_release = path.removeprefix(ROOT).split("/")[0].removesuffix(".ndjson") in OF_RELEASE
        out = left_out_of_awards if is_of_release else left_out
        item["get"]["parameters"] = [one for one in item["get"]["parameters"] if one["name"] not in out]
    return document


schema = schemathesis.openapi.from_dict(few_filters())
schema.app = application
# What stands in these parameters must be in the catalogue, which no schema of a document can say.
IN_THE_CATALOGUE: dict[str, list[str]] = {
    "steward": ["example-foundation"],
    "spdx_licence": ["Apache-2.0"],
    "infrastructure": ["zenodo"],
} | {facet.code: [vocabularies()[facet.vocabulary].terms[0].code] for facet in facets().values() if facet.vocabulary}


@pytest.fixture
def _open_connection() -> Iterator[None]:
    """Keep the connection whose transaction holds the catalogue, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("rich", "site", "_open_connection")
@schema.parametrize()
@settings(max_examples=8, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
def test_every_answer_is_as_the_document_says(case: schemathesis.Case[Any]) -> None:
    if case.meta is not None and case.meta.generation.mode.is_positive:
        case.query = made_sensible(dict(case.query))
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def made_sensible(query: dict[str, Any]) -> dict[str, Any]:
    """Return a query that is right by the document with what makes it right in this catalogue, too."""
    query.pop("cursor", None)
    if query.get("as_of", "") > str(timezone.now().date()):
        query["as_of"] = "2026-10-01"
    for name in ("launched", "member_count"):
        if f"{name}_from" in query:
            query.pop(f"{name}_to", None)
    if "q" in query:
        query["q"] = "".join(letter if letter.isalnum() else " " for letter in query["q"]).lower()
    return query | {name: IN_THE_CATALOGUE[name] for name in query.keys() & IN_THE_CATALOGUE.keys()}
