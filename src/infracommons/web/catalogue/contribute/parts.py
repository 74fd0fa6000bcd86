"""What the forms of visitors and members share: evidence for the whole, words to the curators, address and consent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse

from infracommons.web.accounts.models import User, normal_email
from infracommons.web.catalogue.contribute import gate, limits
from infracommons.web.catalogue.contribute.changes import FieldChange
from infracommons.web.catalogue.contribute.forms.field_form import SummaryLine
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.texts import paragraphs

LONGEST_MESSAGE = 4000
_LONGEST_EMAIL = 254  # no mail server takes more


@dataclass
class Sender:
    """Who sends a form, what they say beside its fields, and what is wrong with that: {part: message}."""

    person: User | None
    email: str = ""
    message: str = ""
    different: str = ""
    consents: bool = False
    stamp: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> list[SummaryLine]:
        """The problems as lines of a page's summary."""
        labels = {"email": "E-mail address", "message": "Why", "consent": "Agreement", "gate": "The form"} | {
            "different": "Listed already"
        }
        return [SummaryLine(f"p-{part}", labels.get(part, part), said) for part, said in self.problems.items()]


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in."""
    return request.user if isinstance(request.user, User) else None


def opened_by(request: HttpRequest) -> Sender:
    """Return the sender of a form that was only opened."""
    return Sender(person_of(request), stamp=gate.new_stamp())


def sender_of(request: HttpRequest) -> Sender:
    """Return the sender of a form, with everything as typed and nothing checked yet."""
    post = request.POST
    return Sender(
        person_of(request),
        email=post.get("email", "").replace("\x00", "").strip(),
        message=post.get("message", "").replace("\x00", "").strip(),
        different=post.get("different", "").replace("\x00", "").strip(),
        consents=post.get("consent") == "yes",
        stamp=gate.stamp_in(post),
    )


def check_sender(sender: Sender, request: HttpRequest, *, needs_message: str = "") -> None:
    """Note in `problems` what is wrong; `needs_message` is what to say where the message is empty and must not be."""
    if sender.person is None:
        if odd := gate.what_looks_odd(request.POST):
            sender.problems["gate"] = odd
        _check_email(sender)
    for part in ("message", "different"):
        try:
            setattr(sender, part, paragraphs(getattr(sender, part), part, LONGEST_MESSAGE))
        except ValueProblem as problem:
            sender.problems[part] = problem.message
    if needs_message and not sender.message:
        sender.problems["message"] = needs_message
    if not sender.consents:
        sender.problems["consent"] = "Tick this box: without it we may not store what you send."


def _check_email(sender: Sender) -> None:
    try:
        validate_email(sender.email if len(sender.email) <= _LONGEST_EMAIL else "")
        sender.email = normal_email(sender.email)
    except ValidationError:
        sender.problems["email"] = "Give your e-mail address, such as ada@example.org. We mail you a link to confirm."


def count_sender(sender: Sender, request: HttpRequest) -> None:
    """Count a submission; raise TooManyError where this sender has sent enough for an hour."""
    if sender.person is not None:
        limits.count(limits.BY_PERSON, str(sender.person.pk))
        return
    limits.count(limits.BY_ADDRESS, limits.address_of(request))
    limits.count(limits.BY_MAILBOX, sender.email)


def with_wait(page: HttpResponse, error: limits.TooManyError) -> HttpResponse:
    """Return the page with the header that tells programs when to come back."""
    page.headers["Retry-After"] = str(error.seconds)
    return page


def minutes(seconds: int) -> int:
    """Return seconds as whole minutes, a begun one too."""
    return -(-seconds // 60)


def extra_rows(request: HttpRequest) -> str:
    """Return the part of a form for which more empty rows were asked for; empty where none was."""
    return request.POST.get("add", "")


def needing(changes: list[FieldChange], words: Mapping[str, str]) -> list[FieldChange]:
    """Return the changes with a problem on each required field that has no value; `words` say what to do, by field."""
    return [_needing(change, words.get(change.definition.code, "Answer this.")) for change in changes]


def _needing(change: FieldChange, words: str) -> FieldChange:
    if not change.definition.is_required or change.claim is None or change.claim.value is not None:
        return change
    return replace(change, claim=None, problems=(ValueProblem("", "", words),))
