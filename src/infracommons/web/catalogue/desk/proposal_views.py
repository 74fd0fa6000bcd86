"""The page of one proposal at the desk, and the forms on it."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.claims.append import ConflictError
from infracommons.web.catalogue.claims.decide import UndecidedError
from infracommons.web.catalogue.claims.steps import ReasonMissingError, take_step
from infracommons.web.catalogue.claims.telling import labels_of
from infracommons.web.catalogue.claims.workflow import DRAFT, UNCONFIRMED, WORDS, WrongStepError
from infracommons.web.catalogue.desk import actions
from infracommons.web.catalogue.desk.kept import keeps_form, kept_form
from infracommons.web.catalogue.desk.marks import Mark, marks_in, problems_in, summary_of
from infracommons.web.catalogue.desk.proposal_page import Said, curators, show, tells
from infracommons.web.catalogue.desk.review import ClaimReview, name_is_taken, review_of
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.models import Proposal

_KEPT = "You were signed out before this was sent. Everything you filled in is here again: look at it, and send it."


def _proposal(public_id: uuid.UUID) -> Proposal:
    """Return a proposal that was sent; drafts are their proposers' own, and unconfirmed ones are nobody's yet."""
    sent = Proposal.objects.exclude(state__in=(DRAFT, UNCONFIRMED))
    return get_object_or_404(sent.select_related("infrastructure", "proposer", "assigned_to"), public_id=public_id)


@require_safe
@requires("see_desk")
def desk_proposal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Show a proposal claim by claim."""
    proposal = _proposal(public_id)
    kept = kept_form(request)
    if kept is None:
        return show(request, proposal)
    reviews = review_of(proposal)
    said = Said(marks_in(kept, reviews), message=_KEPT, typed=kept.dict())  # type: ignore[arg-type]  # texts only
    return show(request, proposal, said=said, reviews=reviews)


@require_POST
@keeps_form("desk_proposal")
@requires("review")
def desk_decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Take a curator's marks: back with what is missing, on to the summary, and from there carried out."""
    proposal = _proposal(public_id)
    reviews = review_of(proposal)
    go = request.POST.get("go", "")
    marks = marks_in(request.POST, reviews, accept_all=go == "accept_all")
    problems = problems_in(marks, reviews, name_is_taken=name_is_taken(proposal))
    if go == "back":
        return show(request, proposal, said=Said(marks), reviews=reviews)
    if problems:
        return show(request, proposal, said=Said(marks, problems), status=400, reviews=reviews)
    if go != "confirm":
        return _summary(request, proposal, marks, reviews)
    return _settled(request, proposal, marks)


def _summary(
    request: HttpRequest, proposal: Proposal, marks: dict[str, Mark], reviews: list[ClaimReview]
) -> HttpResponse:
    adds = proposal.name if proposal.infrastructure is None else ""
    context = {
        "proposal": proposal,
        "title": proposal.infrastructure.name if proposal.infrastructure else proposal.name,
        "summary": summary_of(marks, reviews, adds=adds, tells=tells(proposal)),
        "rows": [(review, marks[review.claim.field]) for review in reviews],
    }
    return render(request, "catalogue/desk/summary.html", context)


def _settled(request: HttpRequest, proposal: Proposal, marks: dict[str, Mark]) -> HttpResponse:
    try:
        decision = actions.settle(proposal, marks, by=person_of(request))
    except ConflictError as conflict:
        message = (
            f"Nothing was stored: {labels_of(conflict.fields)} changed while you decided. Look at what stands now."
        )
        return _again(request, proposal, marks, message)
    except WrongStepError:
        return _again(request, proposal, marks, _decided_already(proposal))
    except (UndecidedError, ReasonMissingError) as problem:
        return _again(request, proposal, marks, str(problem), status=400)
    messages.success(request, f"Decided: {WORDS[decision.event.to_state]}.")
    return redirect("desk_proposal", public_id=proposal.public_id)


def _decided_already(proposal: Proposal) -> str:
    proposal.refresh_from_db()
    last = proposal.events.select_related("by").last()
    who = (last.by.name or "A colleague") if last and last.by else "The proposer"
    return f"Nothing was stored: {who} was quicker, and the proposal is now {WORDS[proposal.state]}."


def _again(
    request: HttpRequest, proposal: Proposal, marks: dict[str, Mark], message: str, status: int = 409
) -> HttpResponse:
    return show(request, _proposal(proposal.public_id), said=Said(marks, message=message), status=status)


@require_POST
@keeps_form("desk_proposal")
@requires("review")
def desk_step(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Send a proposal back for revision, or settle a dispute that holds no claims."""
    proposal = _proposal(public_id)
    action = request.POST.get("action", "")
    as_a_whole = ("accept", "reject") if not proposal.claims.exists() else ("reject",)
    if action not in ("ask_revision", *as_a_whole):
        return show(request, proposal, said=Said(message="Choose what to do with the proposal."), status=400)
    try:
        event = take_step(proposal, action, by=person_of(request), reason=request.POST.get("reason", ""))
    except WrongStepError:
        return show(request, proposal, said=_typed(request, _decided_already(proposal)), status=409)
    except (ReasonMissingError, ValueProblem) as problem:
        return show(request, proposal, said=_typed(request, str(problem)), status=400)
    messages.success(request, f"Done: the proposal is {WORDS[event.to_state]}.")
    return redirect("desk_proposal", public_id=proposal.public_id)


def _typed(request: HttpRequest, message: str) -> Said:
    return Said(message=message, typed={name: str(value) for name, value in request.POST.items()})


@require_POST
@keeps_form("desk_proposal")
@requires("review")
def desk_comment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Store a comment for colleagues or for the proposer, on one field or on the whole."""
    proposal = _proposal(public_id)
    text, audience = request.POST.get("text", ""), request.POST.get("audience", "")
    about = request.POST.get("field", "")
    problem = _comment_problem(proposal, text, audience, about)
    if problem:
        return show(request, proposal, said=_typed(request, problem), status=400)
    try:
        actions.comment(proposal, text, by=person_of(request), field=about, for_curators=audience == "curators")
    except ValueProblem as wrong:
        return show(request, proposal, said=_typed(request, str(wrong)), status=400)
    messages.success(request, "Comment stored.")
    return redirect("desk_proposal", public_id=proposal.public_id)


def _comment_problem(proposal: Proposal, text: str, audience: str, about: str) -> str:
    if not text.strip():
        return "The comment is empty. Write it first."
    if audience not in {"curators", "proposer"}:
        return "Say who may read the comment."
    if about and about not in proposal.claims.values_list("field", flat=True):
        return f"The proposal says nothing about “{about[:60]}”. Choose one of its fields."
    return ""


@require_POST
@keeps_form("desk_proposal")
@requires("review")
def desk_assign(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Give a proposal to a curator, with a day by which it is due."""
    proposal = _proposal(public_id)
    wanted, due = request.POST.get("to", ""), request.POST.get("due_on", "").strip()
    to = next((person for person in curators() if str(person.pk) == wanted), None)
    if wanted and to is None:
        said = _typed(request, "This person cannot review proposals. Choose a curator from the list.")
        return show(request, proposal, said=said, status=400)
    try:
        due_on = date.fromisoformat(due) if due else None
    except ValueError:
        said = _typed(request, f"“{due[:40]}” is not a day. Give it as 2026-05-31.")
        return show(request, proposal, said=said, status=400)
    actions.assign(proposal, to, due_on=due_on, by=person_of(request))
    messages.success(request, f"Assigned to {to.name or 'a colleague'}." if to else "Assigned to nobody.")
    return redirect("desk_proposal", public_id=proposal.public_id)
