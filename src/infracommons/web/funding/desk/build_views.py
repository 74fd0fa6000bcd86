"""The page that builds the next release and shows how far it is and what changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from infracommons.vocabulary.figures import words
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.funding.desk import builds
from infracommons.web.funding.desk.builds import BuildError
from infracommons.web.funding.desk.standing import standings
from infracommons.web.funding.models import ReleaseBuild
from infracommons.web.shared.published import current_release

_SHOWN = 20
_MONEY = ("unique_awards", "full", "equal_split", "documented_share", "single_only")
_NAMES = {"unique_awards": "US dollars over unique awards", "awards_in_totals": "awards that count in totals"}


@never_cache
@require_safe
@requires("build_release")
def build_page(request: HttpRequest) -> HttpResponse:
    """Show the build that is open, the earlier ones, and what the next one would take along."""
    builds.end_lost()
    request.release = current_release()  # type: ignore[attr-defined]  # for the foot of the page
    earlier = list(ReleaseBuild.objects.select_related("by")[:_SHOWN])
    now = next((build for build in earlier if build.is_open), None)
    context = {
        "now": now,
        "is_unattended": now is not None and builds.is_unattended(now),
        "builds": [_shown(build) for build in earlier],
        "count": ReleaseBuild.objects.count(),
        "decisions": sum(standing.decision is not None for _, standing in standings()),
        "disputed": sum(standing.is_disputed for _, standing in standings()),
        "has_records": builds.has_records(),
    }
    return render(request, "funding/desk/build.html", context)


def _shown(build: ReleaseBuild) -> dict[str, Any]:
    return {"build": build, "changes": _changes(build), "difference": _difference(build)}


def _changes(build: ReleaseBuild) -> list[dict[str, Any]]:
    """Return each count of the release made beside that of the release before, those that moved first."""
    names = [name for name in build.counts if name != "warnings"]
    rows = [
        {
            "name": _NAMES.get(name) or (f"US dollars, rule {words(name)}" if name in _MONEY else words(name)),
            "before": _number(build.counts_before.get(name)),
            "after": _number(build.counts[name]),
            "moved": build.counts_before.get(name) != build.counts[name],
        }
        for name in names
    ]
    return sorted(rows, key=lambda row: not row["moved"])


def _number(value: Any) -> str:  # noqa: ANN401 - a count, or an amount as text
    if value is None:
        return "no release before"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _difference(build: ReleaseBuild) -> str:
    """Return the address of the page on what changed, where there is one."""
    if not (build.before_id and build.after_id) or build.before_id == build.after_id:
        return ""
    try:
        return reverse("release_difference", args=[build.before_id, build.after_id])
    except NoReverseMatch:
        return ""


@require_POST
@requires("build_release")
def build(request: HttpRequest) -> HttpResponseBase:
    """Begin a build."""
    try:
        builds.request_build(by=person_of(request))
    except BuildError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The release is being built. You can leave this page; it goes on.")
    return redirect("review_release")


@require_POST
@requires("build_release")
def cancel(request: HttpRequest, build_id: int) -> HttpResponseBase:
    """Stop a build."""
    builds.cancel(get_object_or_404(ReleaseBuild, pk=build_id))
    messages.success(request, "The build is being stopped. The release before stays.")
    return redirect("review_release")
