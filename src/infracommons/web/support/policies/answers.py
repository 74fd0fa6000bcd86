"""Gives a view the policies in use, and answers 304 where the reader has the page already."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from infracommons.insights.policies.filters import PolicyFilters, not_listed
from infracommons.insights.policies.load import Policies
from infracommons.insights.query_string import parse
from infracommons.web.catalogue.exchange.licences import LICENCE_URL
from infracommons.web.shared.code_version import code_version
from infracommons.web.shared.paged import address
from infracommons.web.shared.policies import policies_in_use
from infracommons.web.shared.published import cookies_of
from infracommons.web.shared.views import bad_filters

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
PoliciesView = Callable[Concatenate[HttpRequest, Policies, P], HttpResponseBase]
FilteredView = Callable[[HttpRequest, Policies, PolicyFilters], HttpResponseBase]


def of_policies(view: PoliciesView[P]) -> View[P]:
    """Call the view with the policies; the tag of its answer is what they say, code version, day, address, cookies."""

    @require_safe
    @wraps(view)
    def with_policies(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        policies = policies_in_use()
        tag = policies_tag(request, *cookies_of(request))
        response = get_conditional_response(request, etag=tag) or view(request, policies, *args, **kwargs)
        response.headers.setdefault("ETag", tag)
        mine = bool(cookies_of(request))
        patch_cache_control(response, no_cache=True, **({"private": True} if mine else {"public": True}))
        patch_vary_headers(response, ["Cookie"] if mine else [])
        return response

    return with_policies


def filtered(view: FilteredView) -> Callable[[HttpRequest, Policies], HttpResponseBase]:
    """Call the view with the filters of the address; answer 400 where a part of it cannot be read."""

    @wraps(view)
    def with_filters(request: HttpRequest, policies: Policies, /) -> HttpResponseBase:
        parsed = parse(PolicyFilters, request.META.get("QUERY_STRING", ""))
        asked, problems = not_listed(policies, parsed.asked)
        if problems or parsed.problems:
            return bad_filters(request, parsed.problems + problems, address(request.path, asked))
        if not parsed.is_tidy:
            return HttpResponseRedirect(address(request.path, asked))
        return view(request, policies, asked)

    return with_filters


def as_open_data(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of other sites read the answer, and say under which licence it is."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers.setdefault("Link", f'<{LICENCE_URL}>; rel="license"')
    return response


def policies_tag(request: HttpRequest, *also: str) -> str:
    """Return the tag of the answer to this request: what the policies say, code version, day, address, and more."""
    today = timezone.now().date().isoformat()  # pages say what holds today
    asked = "\n".join((_state(policies_in_use()), code_version(), today, request.build_absolute_uri(), *also))
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'


_states: dict[int, str] = {}


def _state(policies: Policies) -> str:
    """Return a checksum of what the policies say; they are kept as long as the process lives."""
    key = id(policies)
    if key not in _states:
        _states[key] = hashlib.sha256(repr(policies).encode()).hexdigest()
    return _states[key]
