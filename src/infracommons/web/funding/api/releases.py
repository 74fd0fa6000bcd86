"""The releases that are kept: what each holds, and which one all other answers come from."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from infracommons.insights.releases import StoredRelease, stored_releases
from infracommons.web.catalogue.api.parameters import Asked, unknown_parameters
from infracommons.web.funding.api.answers import of_release
from infracommons.web.funding.api.rows import Row
from infracommons.web.funding.api.shapes import ReleaseList
from infracommons.web.funding.api.state import release_of

router = Router(tags=["Releases"])


@router.get("/releases", response=ReleaseList, url_name="releases", summary="Every release, the newest first")
def list_releases(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """The releases that are kept here. A release never changes; answers on awards come from the current one."""
    problems = unknown_parameters(request, asked)
    current = release_of(request).release_id
    rows = [_row(one, current) for one in stored_releases(settings.INFRACOMMONS_RELEASES)]
    return of_release(request, rows, problems)


def _row(release: StoredRelease, current: str) -> Row:
    told = release.manifest
    return {
        "release": release.release_id,
        "made_at": told["made_at"],
        "is_current": release.release_id == current,
        "counts": told["counts"],
        "totals_usd": told.get("totals_usd", {}),
        "tables": told["tables"],
    }
