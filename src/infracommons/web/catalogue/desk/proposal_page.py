"""Puts together the page on which a curator decides on one proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.models import Role, User
from infracommons.web.accounts.permissions import may
from infracommons.web.catalogue.claims.workflow import CLOSED, SUBMITTED, WORDS
from infracommons.web.catalogue.desk.marks import Mark, MarkProblem
from infracommons.web.catalogue.desk.review import ClaimReview, listed_alike, name_is_taken, review_of
from infracommons.web.catalogue.models import Proposal


@dataclass
class Said:
    """What a page says of a form that was not carried out, and what had been filled in."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    problems: Sequence[MarkProblem] = ()
    message: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)  # the page's other forms


def curators() -> list[User]:
    """Return who can be given a proposal."""
    able = User.objects.filter(is_active=True, role__in=(Role.CURATOR, Role.ADMINISTRATOR))
    return [person for person in able if may(person, "review")]


def tells(proposal: Proposal) -> int:
    """Return how many people a decision is told to."""
    if proposal.proposer is not None:
        return int(proposal.proposer.is_active)
    return int(bool(proposal.email and proposal.email_confirmed_at))


def show(
    request: HttpRequest, proposal: Proposal, *, said: Said | None = None, status: int = 200,
    reviews: Sequence[ClaimReview] | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer with the page of a proposal, with what was filled in and what is wrong with it."""
    said = said or Said()
    reviews = review_of(proposal) if reviews is None else reviews
    problems = {problem.field: problem for problem in said.problems}
    rows = [
        (review, said.marks.get(review.claim.field) or Mark(), problems.get(review.claim.field)) for review in reviews
    ]
    context = {
        "proposal": proposal,
        "title": proposal.infrastructure.name if proposal.infrastructure else proposal.name,
        "state": WORDS[proposal.state],
        "is_open": proposal.state == SUBMITTED,
        "is_closed": proposal.state in CLOSED,
        "rows": rows,
        "conflicts": sum(review.is_overtaken for review in reviews),
        "alike": listed_alike(proposal) if proposal.infrastructure is None else [],
        "name_is_taken": name_is_taken(proposal),
        "said": said,
        "events": proposal.events.select_related("by"),
        "comments": proposal.comments.filter(field="").select_related("by"),
        "curators": curators(),
        "tells": counted(tells(proposal), "person", "people"),
        "is_own": proposal.proposer_id == request.user.pk,
        "desk_address": reverse("desk"),
    }
    return render(request, "catalogue/desk/proposal.html", context, status=status)
