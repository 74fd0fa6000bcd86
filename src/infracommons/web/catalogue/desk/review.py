"""What a curator sees of a proposal: each claim beside what stands now, how they differ, and where they collide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.organisations import slug_of
from infracommons.web.catalogue.claims.profile import Entry, entry_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.desk.difference import Difference, difference
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Infrastructure, Proposal, ProposedClaim
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

_MOST_ALIKE = 5


@dataclass(frozen=True)
class Links:
    """Evidence of what stands and of what is proposed: each link with whether both have it."""

    old: list[tuple[dict[str, str], bool]]
    new: list[tuple[dict[str, str], bool]]


@dataclass(frozen=True)
class ClaimReview:
    """One proposed claim as the desk shows it.

    `current` is the entry that stands, `base` the one that the proposer saw where that is another: then the claim
    `is_overtaken`. `says_nothing_new` where accepting it would change nothing.
    """

    claim: ProposedClaim
    definition: FieldDefinition | None
    label: str
    words: Difference
    note: Difference
    links: Links
    current: Entry | None
    current_by: str
    base_words: tuple[str, ...] = ()
    is_overtaken: bool = False
    says_nothing_new: bool = False
    comments: list[Any] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """The claim that stands now, as the form carries it."""
        return seen_of(self.current)

    @property
    def has_note(self) -> bool:
        """Whether there is a note on either side."""
        return bool(self.note.old or self.note.new)


def seen_of(entry: Entry | None) -> str:
    """Return the claim that stands, as a form carries it: its key, or "none"."""
    return str(entry["claim"]) if entry else "none"


def review_of(proposal: Proposal) -> list[ClaimReview]:
    """Return each claim of a proposal, in the order of a profile."""
    book = term_book()
    order = {code: number for number, code in enumerate(fields())}
    claims = sorted(
        proposal.claims.select_related("base_claim", "decided_by"), key=lambda claim: order.get(claim.field, len(order))
    )
    profile = proposal.infrastructure.profile if proposal.infrastructure else {}
    people = _names(profile[claim.field] for claim in claims if claim.field in profile)
    comments = list(proposal.comments.exclude(field="").select_related("by"))
    return [
        _reviewed(claim, profile.get(claim.field), book, people, [c for c in comments if c.field == claim.field])
        for claim in claims
    ]


def _names(entries: Iterable[Entry]) -> dict[int, str]:
    authors = {entry["author"] for entry in entries if entry["author"] is not None}
    return {person.pk: person.shown_name for person in User.objects.filter(pk__in=authors)}


def _reviewed(
    claim: ProposedClaim, current: Entry | None, book: TermBook, people: Mapping[int, str], comments: list[Any]
) -> ClaimReview:
    definition = fields().get(claim.field)
    proposed = {"value": claim.value, "status": claim.status}
    overtaken = claim.proposal.infrastructure is not None and (current and current["claim"]) != claim.base_claim_id
    repeats = _input_of(claim).says_the_same(current)
    overtaken = overtaken and not repeats  # whoever says what now stands is in nobody's way
    base = entry_of(claim.base_claim) if overtaken and claim.base_claim else None
    return ClaimReview(
        claim=claim,
        definition=definition,
        label=definition.label if definition else claim.field,
        words=difference(_words(definition, current, book), _words(definition, proposed, book)),
        note=difference(_lines(current["note"] if current else ""), _lines(claim.note)),
        links=_links(current["evidence"] if current else [], claim.evidence),
        current=current,
        current_by=_said_by(current, people) if current else "",
        base_words=_words(definition, base, book) if overtaken else (),
        is_overtaken=overtaken,
        says_nothing_new=repeats,
        comments=comments,
    )


def _words(definition: FieldDefinition | None, entry: Entry | dict[str, Any] | None, book: TermBook) -> tuple[str, ...]:
    if definition is None:  # the field was taken out of the definitions since
        return (str((entry or {}).get("value")),)
    return entry_words(definition, entry, book)


def _lines(text: str) -> list[str]:
    return [text] if text else []


def _links(old: list[dict[str, str]], new: list[dict[str, str]]) -> Links:
    before, after = {link["url"] for link in old}, {link["url"] for link in new}
    return Links([(link, link["url"] in after) for link in old], [(link, link["url"] in before) for link in new])


def _said_by(entry: Entry, people: Mapping[int, str]) -> str:
    kind = AuthorKind(entry["author_kind"]).label
    name = people.get(entry["author"] or 0, "")
    return f"{kind} ({name})" if name else kind


def _input_of(claim: ProposedClaim) -> ClaimInput:
    return ClaimInput(claim.field, claim.value, claim.status, tuple(claim.evidence), claim.checked_on, claim.note)


def name_is_taken(proposal: Proposal) -> bool:
    """Return whether a suggestion's name would give the id of an infrastructure that is there."""
    if proposal.infrastructure is not None:
        return False
    return Infrastructure.objects.filter(
        infrastructure_id=slug_of(_said_of(proposal, "name") or proposal.name)
    ).exists()


def _said_of(proposal: Proposal, code: str) -> str:
    return str(proposal.claims.filter(field=code).values_list("value", flat=True).first() or "")


def listed_alike(proposal: Proposal) -> list[Infrastructure]:
    """Return listed infrastructures of the suggested name, or whose website is at the suggested host; at most five."""
    name = _said_of(proposal, "name") or proposal.name
    host = (urlsplit(_said_of(proposal, "website")).hostname or "").removeprefix("www.")
    alike = Q(name__iexact=name) | Q(infrastructure_id=slug_of(name) or "-")
    if host:
        alike |= Q(profile__website__value__icontains=f"//{host}") | Q(profile__website__value__icontains=f".{host}")
    return list(Infrastructure.objects.filter(alike, listing=Listing.LISTED).defer("profile")[:_MOST_ALIKE])
