"""A person asks to speak for an infrastructure, sees what became of it, and may step back."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infracommons.web.accounts.models import Role, User
from infracommons.web.accounts.permissions import requires
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.contribute import limits
from infracommons.web.catalogue.contribute.guard import infrastructure_at, keeps_typed
from infracommons.web.catalogue.contribute.kept import keep_until_signed_in, kept_page
from infracommons.web.catalogue.contribute.parts import minutes, person_of, with_wait
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Infrastructure, Stewardship
from infracommons.web.catalogue.models.stewardship import StewardshipState

_LONGEST_GROUNDS, _SHORTEST_GROUNDS = 2000, 20
_OPEN = (StewardshipState.ASKED, StewardshipState.GRANTED)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@keep_until_signed_in
@requires("ask_to_steward")
def ask_to_steward(request: HttpRequest, infrastructure_id: str) -> HttpResponse:
    """Show where the person stands; or take in the wish, or the wish to stop."""
    infrastructure, person = infrastructure_at(infrastructure_id), person_of(request)
    assert person is not None  # noqa: S101 - the matrix lets no visitor ask
    if request.method != "POST":
        return kept_page(request) or _page(request, infrastructure, person)
    if request.POST.get("do") == "end":
        _end(infrastructure, person)
        return redirect("ask_to_steward", infrastructure.infrastructure_id)
    typed = request.POST.get("grounds", "").replace("\x00", "")
    try:
        grounds = _grounds(typed)
        limits.count(limits.BY_PERSON, str(person.pk))
        _ask(infrastructure, person, grounds)
    except ValueProblem as problem:
        return _page(request, infrastructure, person, problem.message, typed, status=400)
    except limits.TooManyError as error:
        said = f"You have sent a lot within this hour. Try again in {minutes(error.seconds)} minutes."
        return with_wait(_page(request, infrastructure, person, said, typed, status=429), error)
    return redirect("ask_to_steward", infrastructure.infrastructure_id)


def _grounds(typed: str) -> str:
    grounds = paragraphs(typed, "grounds", _LONGEST_GROUNDS)
    if len(grounds) < _SHORTEST_GROUNDS:
        message = "Say how you belong to the team, and where a curator can see that, such as a page that names you."
        raise ValueProblem("grounds", typed, message)
    return grounds


def _ask(infrastructure: Infrastructure, person: User, grounds: str) -> None:
    """Store the wish and tell the curators; asking twice is asking once."""
    try:
        with transaction.atomic():
            Stewardship.objects.create(infrastructure=infrastructure, person=person, grounds=grounds)
            subject = f"Somebody asks to steward {infrastructure.name}"
            for curator in User.objects.filter(is_active=True, role__in=(Role.CURATOR, Role.ADMINISTRATOR)):
                notify(curator, "to_review", subject, f"{subject}.", reverse("desk_stewards"))
    except IntegrityError:
        return


def _end(infrastructure: Infrastructure, person: User) -> None:
    """Take back the wish, or the stewardship, that is open."""
    mine = Stewardship.objects.filter(infrastructure=infrastructure, person=person, state__in=_OPEN)
    said = "Ended by the person."
    mine.update(state=StewardshipState.ENDED, reason=said, decided_by=person, decided_at=timezone.now())


def _page(
    request: HttpRequest, infrastructure: Infrastructure, person: User, problem: str = "", grounds: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    mine = list(Stewardship.objects.filter(infrastructure=infrastructure, person=person))
    latest = mine[-1] if mine else None
    context = {
        "infrastructure": infrastructure,
        "history": mine,
        "latest": latest,
        "is_asked": latest is not None and latest.state == StewardshipState.ASKED,
        "is_granted": latest is not None and latest.state == StewardshipState.GRANTED,
        "problem": problem,
        "grounds": grounds,
    }
    return render(request, "catalogue/contribute/steward.html", context, status=status)
