"""Where the API begins, and what it says of addresses that it does not have."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router

from infracommons.web.catalogue.api.answers import answer
from infracommons.web.catalogue.api.parameters import Asked, unknown_parameters
from infracommons.web.catalogue.api.problems import ApiProblem
from infracommons.web.catalogue.api.shapes import Root

router = Router(tags=["Start"])
LISTS = (
    "infrastructures", "organisations", "claims", "changes", "vocabularies", "fields",
    "awards", "supports", "aggregates", "funders", "recipients", "releases", "policies",
)  # fmt: skip


@router.get("", response=Root, url_name="root", summary="What the API has")
def show_root(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """The addresses of the lists, of the OpenAPI document and of the pages for people."""
    problems = unknown_parameters(request, asked)
    names = {name: f"api:{name}" for name in LISTS} | {"openapi": "api:openapi", "documentation": "api_docs"}
    return answer(request, {key: request.build_absolute_uri(reverse(name)) for key, name in names.items()}, problems)


def unknown_address(request: HttpRequest) -> HttpResponseBase:
    """Raise ApiProblem (404), with the address that was probably meant."""
    bare = request.path.rstrip("/")
    meant = f" Addresses here do not end in a slash: try {bare}." if bare != request.path else ""
    raise ApiProblem(404, f"The API has nothing at {request.path}.{meant} What it has is at {reverse('api:root')}.")
