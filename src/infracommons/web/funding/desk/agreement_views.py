"""How far reviewers agree, and the items on which they do not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infracommons.insights.release import Release
from infracommons.insights.review_filters import ReviewFilters
from infracommons.web.accounts.permissions import requires
from infracommons.web.funding.desk.actions import SECOND_IN
from infracommons.web.funding.desk.doors import with_release
from infracommons.web.funding.desk.questions import KINDS
from infracommons.web.funding.desk.standing import Standing, agreements
from infracommons.web.funding.desk.turns import item_address


@require_safe
@requires("review_awards")
@with_release
def agreement(request: HttpRequest, release: Release) -> HttpResponse:  # noqa: ARG001 - the foot of the page names it
    """Show agreement by kind of question, and what waits to be settled."""
    found = agreements()
    context = {
        "kinds": [
            {"words": KINDS[kind], "agreement": one, "kappa": None if one.kappa is None else f"{one.kappa:.2f}"}
            for kind, one in found.by_kind.items()
        ],
        "disputed": [_disputed(standing) for standing in found.disputed],
        "pairs": sum(one.pairs for one in found.by_kind.values()),
        "second_in": SECOND_IN,
    }
    return render(request, "funding/desk/agreement.html", context)


def _disputed(standing: Standing) -> dict[str, Any]:
    first = standing.answers[0]
    return {
        "href": item_address(first.item, ReviewFilters()),
        "question": KINDS[first.kind],
        "title": first.title,
        "answers": [(answer.words, answer.note) for answer in standing.answers],
    }
