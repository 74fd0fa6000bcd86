"""Says which fields of a profile readers may see: public ones, and figures while the steward agrees to show them."""

from collections.abc import Iterable, Mapping
from typing import Any

from infracommons.web.catalogue.claims.profile import Entry, Profile
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.statuses import UNKNOWN
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Claim

CONSENT, APPROVED = "financial_visibility", "approved"


def has_consent(profile: Mapping[str, Any]) -> bool:
    """Return whether the profile says that its financial figures may be shown."""
    return _approves(profile.get(CONSENT, {}).get("value"))


def shown_fields(*, consent: bool) -> list[FieldDefinition]:
    """Return the claimable fields that readers see, in the order of a profile."""
    return [one for one in fields().values() if one.kind != "record" and is_shown(one, consent=consent)]


def is_shown(definition: FieldDefinition, *, consent: bool) -> bool:
    """Return whether readers see the field; a private one never."""
    return definition.visibility == "public" or (definition.visibility == "by_consent" and consent)


def shown_profile(profile: Profile, *, consent: bool) -> Profile:
    """Return the part of a profile that readers see."""
    return {one.code: profile[one.code] for one in shown_fields(consent=consent) if one.code in profile}


def shown_claims(claims: Iterable[Claim], *, consent: bool) -> list[Claim]:
    """Return the claims that readers may see of all claims of one infrastructure, in the order they were made.

    Figures are shown where the steward agrees today, and only those that stood at some time while the steward agreed:
    what was given in confidence and replaced before stays so.
    """
    current: dict[str, Claim] = {}
    shown: set[int] = set()
    agreed = False
    known = fields()
    every = [claim for claim in claims if claim.field in known]
    for claim in every:
        current[claim.field] = claim
        if claim.field == CONSENT:
            agreed = _approves(claim.value)
            standing = list(current.values()) if agreed else []
        else:
            standing = [claim]
        shown |= {one.pk for one in standing if is_shown(known[one.field], consent=agreed and consent)}
    return [claim for claim in every if claim.pk in shown]


def is_answered(definition: FieldDefinition, entry: Entry | None, book: TermBook) -> bool:
    """Return whether something is known: a value, or a status that says more than unknown."""
    if entry is None:
        return False
    if definition.kind == "practice" or entry["value"] is None:
        return entry["status"] not in {"", UNKNOWN}
    if definition.kind in {"term", "terms"} and not entry["value"]["other"]:
        chosen = [book.current(definition.vocabulary or "", code) for code in entry["value"]["terms"]]
        return any(term is None or term.provides != UNKNOWN for term in chosen)
    return True


def _approves(value: Any) -> bool:  # noqa: ANN401 - JSON of a term
    return bool(value) and APPROVED in value["terms"]
