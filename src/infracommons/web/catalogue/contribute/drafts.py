"""Keeps the draft of a person's changes to a profile: saved at any moment, seen from any tab, lost by none."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.workflow import DRAFT, REVISION
from infracommons.web.catalogue.contribute.changes import is_claim_id, seen_entry
from infracommons.web.catalogue.contribute.forms.typed import Typed, same, typed_from_entry
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal
from infracommons.web.catalogue.models.proposal import ProposalKind

MINE, SAVED, THEIRS = "mine", "saved", "theirs"  # what is typed; what another tab saved; what stands in the profile
CHOICES = (MINE, SAVED, THEIRS)
_MOST_TYPED = 2_000_000  # characters in all of a draft


class TwoTabsError(RuntimeError):
    """Fields were saved elsewhere since this form was opened; `fields` are {code: as saved there}."""

    def __init__(self, fields: Mapping[str, Typed], revision: int) -> None:
        self.fields, self.revision = dict(fields), revision
        super().__init__(f"saved elsewhere: {', '.join(sorted(fields))}")


class DraftTooLongError(ValueError):
    """A draft holds more text than any profile needs."""


def draft_of(person: User, infrastructure: Infrastructure) -> Proposal | None:
    """Return the person's draft, also one that a curator sent back; None where there is none."""
    return _drafts(person, infrastructure).first()


def _drafts(person: User, infrastructure: Infrastructure) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        kind=ProposalKind.PROFILE, infrastructure=infrastructure, proposer=person, state__in=(DRAFT, REVISION)
    )


@transaction.atomic
def save_draft(
    person: User, infrastructure: Infrastructure, typed: Mapping[str, Typed], *, revision: int,
    chosen: Mapping[str, str] | None = None,
) -> Proposal:  # fmt: skip
    """Put what was typed into the person's draft, and return it; fields as they stand are not part of it.

    `revision` is the draft's when the form was opened; `chosen` is {code: MINE, SAVED or THEIRS} for fields of
    which the person has seen two versions. Raises TwoTabsError and then stores nothing, DraftTooLongError.
    """
    locked = Infrastructure.objects.select_for_update().get(pk=infrastructure.pk)  # one draft a person, not two
    draft = _drafts(person, locked).select_for_update().first() or Proposal(
        kind=ProposalKind.PROFILE, state=DRAFT, infrastructure=locked, proposer=person, name=locked.name,
        base_version=locked.version,
    )  # fmt: skip
    picked = dict(chosen or {})
    _refuse_two_tabs(draft, typed, revision, picked)
    changed = [_put(draft, locked, code, said, picked.get(code, "")) for code, said in typed.items()]
    if any(changed) or draft.pk is None:
        draft.revision += 1
    if sum(map(_length, draft.typed.values())) > _MOST_TYPED:
        message = f"A draft holds at most {_MOST_TYPED:,} characters. Shorten what you typed last."
        raise DraftTooLongError(message)
    draft.saved_at = timezone.now()
    draft.save()
    return draft


def _refuse_two_tabs(draft: Proposal, typed: Mapping[str, Typed], revision: int, chosen: Mapping[str, str]) -> None:
    clashes = {
        code: draft.typed[code]
        for code, said in typed.items()
        if code in draft.typed
        and code not in chosen
        and int(draft.typed[code].get("revision", 0)) > revision
        and not same(said, draft.typed[code])
    }
    if clashes:
        raise TwoTabsError(clashes, draft.revision)


def _put(draft: Proposal, infrastructure: Infrastructure, code: str, said: Typed, choice: str) -> bool:
    """Take one field into the draft; return whether the draft changed."""
    stored = draft.typed.get(code)
    if choice == SAVED:
        return False
    if choice == THEIRS:
        return draft.typed.pop(code, None) is not None
    base = (said if choice == MINE else stored or said).get("base", "")
    if stored is None and same(said, typed_from_entry(field(code), seen_entry(infrastructure, code, base))):
        return False
    if stored is not None and same(said, stored) and stored.get("base", "") == base:
        return False
    draft.typed[code] = {**said, "base": base, "revision": str(draft.revision + 1)}
    return True


def base_in(post: QueryDict, code: str) -> str:
    """Return the claim that a form's field is meant to replace: the one that stands, where the person chose so.

    What no claim can have as its id stands for none, as an empty one does.
    """
    given = post.get(f"{code}.current" if post.get(f"{code}.resolve") == MINE else f"{code}.base", "")
    return given if is_claim_id(given) else ""


def _length(typed: Any) -> int:  # noqa: ANN401 - of a draft
    return sum(len(part) if isinstance(part, str) else sum(map(len, part)) for part in typed.values())
