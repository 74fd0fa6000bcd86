"""Names the release that an answer comes from: with the address it is all that an answer depends on."""

import hashlib

from django.http import HttpRequest

from infracommons.insights.release import NoReleaseError, Release
from infracommons.web.catalogue.api.problems import ApiProblem
from infracommons.web.shared.code_version import code_version
from infracommons.web.shared.published import releases


def release_tag(request: HttpRequest, form: str) -> str:
    """Return the tag of the answer to this request in this form, and keep the release for `release_of`.

    Raises ApiProblem (503) where there is no release to answer from.
    """
    try:
        release = releases().current()
    except NoReleaseError as error:
        raise ApiProblem(503, "No release has been published here yet, or it cannot be read.") from error
    request.release = release  # type: ignore[attr-defined]  # for the view
    asked = (release.release_id, code_version(), request.build_absolute_uri(), form)
    return f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'


def release_of(request: HttpRequest) -> Release:
    """Return the release that this request is answered from, one and the same from its beginning to its end."""
    release: Release = request.release  # type: ignore[attr-defined]  # from the door
    return release
