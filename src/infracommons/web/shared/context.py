"""What every template may name."""

from typing import Any

from django.http import HttpRequest

from infracommons.web.shared.code_version import code_version


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `release` (None on an error page outside of one) and `code_version`."""
    return {"release": getattr(request, "release", None), "code_version": code_version()}
