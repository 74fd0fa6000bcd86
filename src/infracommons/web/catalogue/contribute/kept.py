"""Keeps what was typed when a session ended in the meantime: the person signs in again and sends it on."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from infracommons.web.catalogue.contribute import limits
from infracommons.web.catalogue.contribute.guard import again, too_large, typed_in

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_KEY = "typed_when_signed_out"
_MOST = 1_000_000  # characters: a whole profile has fewer
_MARK = "kept"


def keep_until_signed_in(view: View[P]) -> View[P]:
    """Guard a view for signed-in people: a form that arrives signed out waits in the session of this browser.

    Signing in keeps that session's contents, and the page after it shows them, ready to be sent (see `kept_page`).
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST" or request.user.is_authenticated:
            response = view(request, *args, **kwargs)
            if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST:
                request.session.pop(_KEY, None)
            return response
        typed = typed_in(request)
        if sum(len(value) for values in typed.values() for value in values) > _MOST:
            return too_large(request)
        try:
            limits.count(limits.KEPT, limits.address_of(request))
        except limits.TooManyError:
            return again(request, status=429)
        request.session[_KEY] = {"path": request.path, "to": request.get_full_path(), "typed": typed}
        back = f"{request.path}?{urlencode({_MARK: 1})}"
        return redirect_to_login(back, settings.LOGIN_URL)

    return guarded


def kept_page(request: HttpRequest) -> HttpResponse | None:
    """Return the page of what was typed before the session ended; None where nothing waits for this address."""
    kept = request.session.get(_KEY)
    if _MARK not in request.GET or not kept or kept["path"] != request.path:
        return None
    return again(request, typed=kept["typed"], to=kept["to"])
