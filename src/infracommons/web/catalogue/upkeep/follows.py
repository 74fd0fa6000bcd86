"""Tells people what changed on the profiles that they follow: one letter for each profile and round."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from infracommons.vocabulary.figures import counted, day
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.models import Change, Follow

_WORDS = {"claimed": "said anew", "listed": "listed", "withdrawn": "withdrawn", "renamed": "got another address"}


def tell_followers(now: datetime) -> int:
    """Tell each follower what changed since they were last told, and return how many letters that made.

    `Follow.at` is when a person was last told, at first when they began to follow.
    """
    return sum(_told(key, now) for key in Follow.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _told(key: int, now: datetime) -> bool:
    follow = Follow.objects.select_for_update(of=("self",)).select_related("infrastructure").filter(pk=key).first()
    if follow is None:
        return False
    changes = follow.infrastructure.changes.filter(at__gt=follow.at, at__lte=now).order_by("pk")
    lines = [line for change in changes if (line := _line(change))]
    if not lines:
        return False
    name, since = follow.infrastructure.name, day(follow.at.date())
    follow.at = now
    follow.save(update_fields=["at"])
    subject = f"{name}: {counted(len(lines), 'change')} since {since}"
    text = "\n".join(f"- {line}" for line in lines)
    path = reverse("profile_history", args=[follow.infrastructure.infrastructure_id])
    return notify(follow.person, "follow", subject, text, path) is not None


def _line(change: Change) -> str:
    """Return a change in words; empty where it is about nothing that readers see."""
    if change.kind not in _WORDS:
        return ""
    if not change.fields:
        return f"{day(change.at.date())}: {_WORDS[change.kind]}"
    labels = _labels(change.fields)
    return f"{day(change.at.date())}: {_WORDS[change.kind]}: {', '.join(labels)}" if labels else ""


def _labels(codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    return [field.label for field in public_fields() if field.code in wanted]
