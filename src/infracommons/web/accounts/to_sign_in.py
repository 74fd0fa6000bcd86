"""Sends a visitor to the sign-in page and has them come back to where they were."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

_SAFE = ("GET", "HEAD")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page, which afterwards leads back; htmx is told to load that page as a whole."""
    to_login = redirect_to_login(_place(request))
    return HttpResponseClientRedirect(to_login.url) if getattr(request, "htmx", False) else to_login


def _place(request: HttpRequest) -> str:
    """Return the address to come back to: of a form or a part of a page, the page that it is on."""
    if request.method in _SAFE and not getattr(request, "htmx", False):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(page)
    return parts.path + (f"?{parts.query}" if parts.query else "")
