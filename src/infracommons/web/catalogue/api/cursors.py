"""Where a reader is in a list: sealed, so that it is used only with the list that it came from."""

import hashlib
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest

from infracommons.web.catalogue.api.problems import ParameterProblem, bad_values
from infracommons.web.catalogue.search.filters import shown

CURSOR, LIMIT = "cursor", "limit"
_SALT = "infracommons.api.cursor"
_MOVING = frozenset({CURSOR, LIMIT, "strict"})  # these may change from page to page of one list


def sealed(request: HttpRequest, place: list[Any]) -> str:
    """Return the cursor for a place in the list that the request asks for."""
    return _signer().sign_object([_list(request), place])


def opened(request: HttpRequest, cursor: str) -> list[Any]:
    """Return the place that a cursor names; raise ApiProblem (400) for one that is not of this list."""
    try:
        of_list, place = _signer().unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError) as error:
        message = (
            "This is not a cursor that the API gave. Follow the `next` link, or leave the cursor out to start anew."
        )
        raise bad_values([ParameterProblem(CURSOR, shown(cursor), message)]) from error
    if of_list != _list(request):
        message = "This cursor belongs to a list with other parameters. Leave it out to start this list."
        raise bad_values([ParameterProblem(CURSOR, shown(cursor), message)])
    return list(place)


def next_link(request: HttpRequest, place: list[Any]) -> str:
    """Return the address of the next page: this one with every parameter kept and the cursor moved on."""
    asked = request.GET.copy()
    asked[CURSOR] = sealed(request, place)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=_SALT)


def _list(request: HttpRequest) -> str:
    """Return the name of a list: its path and all parameters that say what is in it, whatever their order."""
    kept = sorted((name, value) for name in request.GET if name not in _MOVING for value in request.GET.getlist(name))
    return hashlib.sha256(f"{request.path}?{urlencode(kept)}".encode()).hexdigest()[:16]
