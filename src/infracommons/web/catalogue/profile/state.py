"""Answers 304 where a reader without an account has the page already; what a person sees is for them alone."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from infracommons.web.catalogue.claims.state import catalogue_state
from infracommons.web.shared.code_version import code_version
from infracommons.web.shared.published import cookies_of, current_release


def conditional(
    request: HttpRequest, also: tuple[object, ...], answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer, or say that nothing has changed: no claim, listing, term, upkeep, release, code, day, nor `also`.

    The day counts because values age. A request that carries a session is answered anew each time.
    """
    if cookies_of(request):
        response = answer()
        patch_cache_control(response, private=True, no_cache=True)
    else:
        tag = _tag(request, also)
        response = get_conditional_response(request, etag=tag) or answer()
        response.headers.setdefault("ETag", tag)
        patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _tag(request: HttpRequest, also: tuple[object, ...]) -> str:
    release = current_release()
    asked = (
        request.build_absolute_uri(),
        release.release_id if release else "",
        code_version(),
        timezone.now().date().isoformat(),
        catalogue_state(),
        *also,
    )
    return f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'
