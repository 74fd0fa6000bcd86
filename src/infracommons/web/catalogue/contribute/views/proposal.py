"""A proposal as its proposer follows it: its state, its claims and their verdicts, words with the curators."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from infracommons.web.accounts.permissions import Standing, may, refusal, requires
from infracommons.web.catalogue.claims.access import access_key, is_key_of, proposal_path
from infracommons.web.catalogue.claims.profile import entry_of
from infracommons.web.catalogue.claims.steps import role_in, take_step
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.claims.workflow import (
    DRAFT,
    OPEN,
    REVISION,
    SUBMITTED,
    UNCONFIRMED,
    WORDS,
    WrongStepError,
)
from infracommons.web.catalogue.contribute.changes import Said, said_by, said_in
from infracommons.web.catalogue.contribute.comments import add_comment
from infracommons.web.catalogue.contribute.guard import keeps_typed
from infracommons.web.catalogue.contribute.parts import person_of
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Proposal, ProposedClaim


@dataclass(frozen=True)
class Line:
    """One proposed claim: its field's label, what it was to replace, what it says, and its verdict."""

    label: str
    claim: ProposedClaim
    before: Said | None
    after: Said | None


def key_in(request: HttpRequest) -> str:
    """Return the key of a visitor's link, which forms hand on."""
    return request.POST.get("key", "") or request.GET.get("key", "")


def standing(request: HttpRequest, public_id: UUID) -> Standing:
    """Return how the person stands to the proposal: a visitor owns it by the key in the link."""
    proposal, person = get_object_or_404(Proposal, public_id=public_id), person_of(request)
    is_mine = person is not None and proposal.proposer_id == person.pk
    is_own = is_mine or is_key_of(proposal, key_in(request))
    return Standing(is_steward=is_steward(person, proposal.infrastructure), is_own=is_own)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_proposal", standing)
def proposal_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the proposal; or take in a comment, or withdraw it."""
    proposal = get_object_or_404(Proposal.objects.select_related("infrastructure", "proposer"), public_id=public_id)
    if proposal.state in {DRAFT, UNCONFIRMED} and not standing(request, public_id).is_own:
        message = "This proposal was not sent yet: only whoever writes it can see it."
        raise Http404(message)
    if request.method != "POST":
        return _page(request, proposal)
    if request.POST.get("do") == "withdraw":
        return _withdrawn(request, proposal)
    try:
        person = person_of(request)
        add_comment(proposal, request.POST.get("text", ""), by=person, role=role_in(proposal, person))
    except ValueProblem as problem:
        return _page(request, proposal, problem.message, request.POST.get("text", ""), status=400)
    return redirect(_back(request, proposal) + "#comments")


def _withdrawn(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    mine = standing(request, proposal.public_id)
    person = person_of(request)
    if not may(person, "withdraw_own", is_own=mine.is_own):
        return _page(request, proposal, refusal("withdraw_own"), status=403)
    try:
        take_step(proposal, "withdraw", by=person if proposal.proposer_id else None)
    except WrongStepError as error:
        return _page(request, proposal, str(error), status=409)
    return redirect(_back(request, proposal))


def _back(request: HttpRequest, proposal: Proposal) -> str:
    """Return the page's address for whoever asks: only who came by the visitor's key is given it."""
    path = proposal_path(proposal)
    return path if is_key_of(proposal, key_in(request)) else path.partition("?")[0]


def _page(
    request: HttpRequest, proposal: Proposal, problem: str = "", text: str = "", status: int = 200
) -> HttpResponse:
    mine, person = standing(request, proposal.public_id), person_of(request)
    comments = proposal.comments.select_related("by")
    context = {
        "proposal": proposal,
        "state": WORDS[proposal.state],
        "is_own": mine.is_own,
        "is_waiting": proposal.state == SUBMITTED,
        "is_unconfirmed": proposal.state == UNCONFIRMED,
        "is_revision": proposal.state == REVISION and mine.is_own,
        "is_open": proposal.state in OPEN,
        "key": access_key(proposal) if is_key_of(proposal, key_in(request)) else "",
        "lines": _lines(proposal),
        "events": [(event, WORDS[event.to_state]) for event in proposal.events.select_related("by")],
        "comments": comments if may(person, "review") else comments.filter(is_for_curators=False),
        "labels": {code: field.label for code, field in fields().items()},
        "may_comment": may(person, "comment", is_steward=mine.is_steward, is_own=mine.is_own),
        "may_review": may(person, "review"),
        "problem": problem,
        "text": text,
    }
    return render(request, "catalogue/contribute/proposal.html", context, status=status)


def _lines(proposal: Proposal) -> list[Line]:
    book, known = term_book(), fields()
    lines = []
    for claim in proposal.claims.select_related("base_claim"):
        field = known.get(claim.field)
        before = said_by(field, entry_of(claim.base_claim), book) if field and claim.base_claim else None
        evidence = tuple(claim.evidence)
        said = ClaimInput(claim.field, claim.value, claim.status, evidence, claim.checked_on, claim.note)
        after = said_in(field, said, book) if field else None
        lines.append(Line(field.label if field else claim.field, claim, before, after))
    return lines
