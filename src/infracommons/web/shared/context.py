"""What every template may name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from infracommons.web.shared.code_version import code_version
from infracommons.web.shared.menu import about, places


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `release` (None on a page outside of one), `code_version`, the menu, `has_session` and more."""
    return {
        "release": getattr(request, "release", None),
        "code_version": code_version(),
        # Asked before anything reads the session, so that a page without one stays the same for everyone.
        "has_session": bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)),
        "menu": [(place, request.path.startswith(place.address)) for place in places()],
        "about": [(place.label, place.address) for place in about()],
    }
