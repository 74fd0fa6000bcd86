"""One line of a list of infrastructures: what it is, how open, and why it was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from infracommons.web.catalogue.claims.flags import flags_of
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.statuses import UNKNOWN
from infracommons.web.catalogue.fields.texts import visible_text
from infracommons.web.catalogue.fields.words import Entry, entry_words
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.search import Found
from infracommons.web.catalogue.search.why import Reason, reasons

_VERDICTS = {
    "yes": "Meets the rules for",
    "no": "Does not meet the rules for",
    "unknown": "Unknown whether it meets the rules for",
}


@dataclass(frozen=True)
class Hit:
    """An infrastructure as a list shows it; `openness` are (verdict in words, labels of its flags)."""

    infrastructure_id: str
    name: str
    address: str
    steward: str
    steward_address: str
    country: str
    summary: str
    categories: tuple[str, ...]
    openness: tuple[tuple[str, str], ...]
    why: tuple[Reason, ...]
    is_ticked: bool


def hits(found: Found, ids: Sequence[str], ticked: Iterable[str]) -> list[Hit]:
    """Return the infrastructures of these ids, in their order."""
    rows = Infrastructure.objects.filter(infrastructure_id__in=ids).select_related("steward")
    held, chosen = {row.infrastructure_id: row for row in rows}, set(ticked)
    return [_hit(found, held[one], is_ticked=one in chosen) for one in ids if one in held]


def _hit(found: Found, row: Infrastructure, *, is_ticked: bool) -> Hit:
    profile = row.profile
    return Hit(
        infrastructure_id=row.infrastructure_id,
        name=row.name,
        address=reverse("profile", args=[row.infrastructure_id]),
        steward=row.steward.name if row.steward else "",
        steward_address=reverse("steward", args=[row.steward.organisation_id]) if row.steward else "",
        country=", ".join(_words("country", found, profile)),
        summary=visible_text((profile.get("summary") or {}).get("value") or ""),
        categories=_words("categories", found, profile),
        openness=_openness(found, profile),
        why=reasons(found, profile),
        is_ticked=is_ticked,
    )


def _words(code: str, found: Found, profile: dict[str, Entry]) -> tuple[str, ...]:
    return entry_words(field(code), profile.get(code), found.index.book)


def _openness(found: Found, profile: dict[str, Entry]) -> tuple[tuple[str, str], ...]:
    flags = flags_of(profile, found.index.book)
    if all(flag.verdict == UNKNOWN for flag in flags):
        return (("Openness", "unknown under every rule"),)
    by_verdict = ((words, [flag.label for flag in flags if flag.verdict == code]) for code, words in _VERDICTS.items())
    return tuple((words, ", ".join(labels).lower()) for words, labels in by_verdict if labels)
