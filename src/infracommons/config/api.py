"""Puts the parts of the API together under /api/v1/, each behind the same door."""

from typing import NoReturn

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError

from infracommons.config.api_document import OF_POLICIES, OF_RELEASE, STREAMED, api_document
from infracommons.web.catalogue.api import changes, claims, infrastructures, organisations, root, vocabularies
from infracommons.web.catalogue.api.answers import JSON
from infracommons.web.catalogue.api.docs_page import chapters, ids_to_try, problems_told
from infracommons.web.catalogue.api.door import Tag, door
from infracommons.web.catalogue.api.parameters import problems_of
from infracommons.web.catalogue.api.problems import bad_values
from infracommons.web.catalogue.api.root import unknown_address
from infracommons.web.catalogue.api.state import entity_tag
from infracommons.web.catalogue.api.streams import NDJSON
from infracommons.web.funding.api import aggregates, awards, releases, supports
from infracommons.web.funding.api import organisations as funding_organisations
from infracommons.web.funding.api.state import release_tag
from infracommons.web.funding.api.to_try import release_ids
from infracommons.web.support.policies import api as policies
from infracommons.web.support.policies.answers import policies_tag

api = NinjaAPI(
    title="Infracommons API",
    version="1.0.0",
    description=(
        "The catalogue of open research infrastructure for programs: every claim with its evidence, its author's role "
        "and its dates; and the awards that fund it, from the current release, which every answer names. Reading needs "
        "no key. A value that nobody has claimed is unknown, which is not a no."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
_CATALOGUE = (root, infrastructures, claims, organisations, vocabularies, changes)
_FUNDING = (awards, supports, aggregates, funding_organisations, releases)
for _part in (*_CATALOGUE, *_FUNDING, policies):
    api.add_router("", _part.router)


def _pass_on(_request: HttpRequest, error: Exception | type[Exception]) -> NoReturn:
    """Leave it to the door, which knows every kind of problem."""
    raise error


def _refuse(request: HttpRequest, error: ValidationError | type[ValidationError]) -> NoReturn:
    """Name every parameter that ninja could not read."""
    raise bad_values(problems_of(request, error)) from None  # type: ignore[arg-type]  # always an instance


api.add_exception_handler(Exception, _pass_on)
api.add_exception_handler(ValidationError, _refuse)


def show_document(_request: HttpRequest) -> HttpResponseBase:
    """Answer with the OpenAPI document."""
    return HttpResponse(orjson.dumps(api_document(api)), content_type=JSON)


@require_safe
def show_docs(request: HttpRequest) -> HttpResponseBase:
    """Show the API to people, made from the document."""
    document = api_document(api)
    shown = {
        "document": document,
        "chapters": chapters(document, known_ids()),
        "problems": problems_told(),
        "per_minute": settings.INFRACOMMONS_API_PER_MINUTE,
    }
    return render(request, "catalogue/api/docs.html", shown)


def known_ids() -> dict[str, str]:
    """Return an id of each kind, to try addresses with: those of awards only where there is a release."""
    return ids_to_try() | release_ids() | policies.policy_ids()


def _tag_of(name: str) -> Tag:
    """Return what names the state that the answers of an address come from: release, policies, or catalogue."""
    if name in OF_POLICIES:
        return policies_tag
    return release_tag if name in OF_RELEASE else entity_tag


def _patterns() -> list[URLPattern]:
    own = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    views = {str(pattern.name): pattern.callback for pattern in own}
    forms = dict.fromkeys(STREAMED, (JSON, NDJSON))
    return [
        *(
            path(f"{name}.ndjson", door(views[name], (NDJSON,), _tag_of(name)), name=f"{name}_stream")
            for name in STREAMED
        ),
        *(
            URLPattern(
                one.pattern,
                door(one.callback, forms.get(str(one.name), (JSON,)), _tag_of(str(one.name))),
                name=one.name,
            )
            for one in own
        ),
        path("openapi.json", door(show_document), name="openapi"),
        re_path("", door(unknown_address)),
    ]


urlpatterns = [
    path("", show_docs, name="api_docs"),
    path("v1/", include((_patterns(), "api"), namespace="api")),
]
