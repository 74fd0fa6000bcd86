"""The way to another sign-in service and back: within our content policy, and whatever the service answers."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from requests import RequestException

Handler = Callable[[HttpRequest], HttpResponseBase]
_log = logging.getLogger(__name__)
_SERVICES = frozenset(f"{service}_{step}" for service in ("orcid", "openid_connect") for step in ("login", "callback"))
_BAD_GATEWAY = 502
# How allauth fails to read an answer that is not the one it expects; the last is for an id too long to store.
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError, ImproperlyConfigured)


class OutsideServices:
    """Answers for the addresses that lead to a service and back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a form that redirects to a service with a page that goes there at once.

        `form-action 'self'` also holds for where a form's answer redirects to, and a service may redirect on to
        others; a page that leads on needs no exception to the policy, and no list of those others.
        """
        response = self.get_response(request)
        if not _is_service(request) or not isinstance(response, HttpResponseRedirect):
            return response
        host = urlsplit(response.url).netloc
        return _leading_on(request, response, host) if host not in ("", request.get_host()) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 502 where the service does not answer, or with what cannot be read; the log tells no values."""
        if not _is_service(request) or not isinstance(exception, (RequestException, *_UNREADABLE)):
            return None
        _log.warning("a sign-in service did not answer as it should: %s", type(exception).__name__)
        return render(request, "socialaccount/authentication_error.html", status=_BAD_GATEWAY)


def _is_service(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name in _SERVICES


def _leading_on(request: HttpRequest, response: HttpResponseRedirect, host: str) -> HttpResponse:
    page = render(request, "accounts/leaving.html", {"address": response.url, "host": host})
    page.cookies = response.cookies
    page.headers["Cache-Control"] = "no-store"
    return page
