"""Keeps what a curator had filled in when the session ended before the form was sent: it is there after signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_KEY = "kept_at_the_desk"
_MOST = 200_000  # characters: a decision on every field of a profile has fewer


def keeps_form(page: str) -> Callable[[View[P]], View[P]]:
    """Guard a view that takes a form of the page of this URL name, which takes the same arguments.

    A form that arrives signed out waits in this browser's session, which signing in keeps; the page takes it up.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method != "POST" or request.user.is_authenticated:
                return view(request, *args, **kwargs)
            path = reverse(page, kwargs=kwargs)
            typed = request.POST.copy()
            typed.pop("csrfmiddlewaretoken", None)
            if len(typed.urlencode()) <= _MOST:
                request.session[_KEY] = {"path": path, "typed": typed.urlencode()}
            return redirect_to_login(path)

        return guarded

    return guard


def kept_form(request: HttpRequest) -> QueryDict | None:
    """Return what was filled in on this page before the session ended, once; None where nothing was."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    return QueryDict(kept["typed"])
