"""One claim as a row of our own files: the columns of `claim.csv` and the keys of `claim.jsonl`, for out and in."""

from typing import Any

from infracommons.web.catalogue.exchange.licences import licence_of
from infracommons.web.catalogue.models import Claim

# In words for the data dictionary; (json) marks what is JSON in a cell of text.
COLUMNS = {
    "infrastructure_id": "Infrastructure that the claim is about, as in its address.",
    "name": "Its name today.",
    "listing": "How it is listed today: listed or withdrawn.",
    "listing_reason": "Why it is withdrawn, where it is.",
    "external_id": "Its identifier in the file it was first imported from.",
    "claim": "Number of the claim; later claims have higher ones.",
    "replaces": "Number of the claim that this one takes the place of.",
    "field": "Code of the field.",
    "value": "What is claimed (json), in the shape of the field's kind; empty where a status is all that is said.",
    "status": "Status of a practice, or not_applicable or unknown in place of a value.",
    "evidence": "Links that show it (json): a list of objects with url and label.",
    "author_kind": "In whose role it was claimed: steward, curator or harvester.",
    "source": "Who or what said so, as readers see it.",
    "checked_on": "Day on which someone last held the value against its evidence; empty where nobody did.",
    "note": "What the author adds in words.",
    "at": "When it was claimed, UTC.",
    "licence": "SPDX identifier of the licence under which the claim may be used.",
}


def claim_record(claim: Claim) -> dict[str, Any]:
    """Return a claim as a row; `infrastructure` must be loaded with it."""
    infrastructure = claim.infrastructure
    return {
        "infrastructure_id": infrastructure.infrastructure_id,
        "name": infrastructure.name,
        "listing": infrastructure.listing,
        "listing_reason": infrastructure.listing_reason,
        "external_id": infrastructure.external_id,
        "claim": claim.pk,
        "replaces": claim.replaces_id,
        "field": claim.field,
        "value": claim.value,
        "status": claim.status,
        "evidence": claim.evidence,
        "author_kind": claim.author_kind,
        "source": claim.source,
        "checked_on": claim.checked_on,
        "note": claim.note,
        "at": claim.at.isoformat(),
        "licence": licence_of(claim.source),
    }
