"""The front of the funding pages: the answer, its exhibits, and how every record of the release adds up."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.insights import overview
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.exclusions import ExclusionFilters
from infracommons.insights.headline import headline
from infracommons.insights.release import Release
from infracommons.web.funding import wording
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.page_parts import Context, answer_parts, exhibits
from infracommons.web.funding.rows import reason_rows
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import of_release

EXHIBITS = ("years", "funders", "infrastructures", "support-types", "rules", "unknowns")


@of_release
@filtered(AwardFilters)
def home(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what the awards add up to, and how the release's records do."""
    context = answer_parts(request, release, filters) | {
        "glance": headline(release, filters),
        "exhibits": exhibits(request, release, filters, EXHIBITS),
        "made_on": datetime.fromisoformat(release.manifest["made_at"]).date(),
        **_account(release),
    }
    return render(request, "funding/home.html", context)


def _account(release: Release) -> Context:
    """Return how the records of each source add up; no filter narrows it."""
    accounts = overview.source_accounts(release)
    excluded = ExclusionFilters(stage=overview.BEFORE_AWARDS, source=tuple(account.source for account in accounts))
    return {
        "counts": release.manifest["counts"],
        "roles": wording.ROLES,
        "accounts": accounts,
        "excluded_address": address(reverse("exclusions"), excluded),
        "others": overview.other_sources(release),
        "reasons": reason_rows(overview.exclusion_reasons(release)),
    }
