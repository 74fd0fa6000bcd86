"""Fills an empty catalogue from `definitions/`: the terms of the vocabularies, and the infrastructures they define."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from infracommons.vocabulary.definitions import Infrastructure as Definition
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field, vocabularies
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Claim, Infrastructure, Term
from infracommons.web.catalogue.models.claim import AuthorKind

SOURCE = "definitions of the project"
_BETWEEN_IDS = ", "
_BY = Author(AuthorKind.CURATOR, SOURCE)


@transaction.atomic
def seed_terms() -> int:
    """Add the terms of `definitions/vocabularies/` that the database lacks; return how many.

    Terms that are there stay as curators have them.
    """
    known = set(Term.objects.values_list("vocabulary", "code"))
    missing = [
        Term(
            vocabulary=vocabulary.code,
            code=term.code,
            label=term.label,
            description=term.description,
            provides=term.provides,
            also=list(term.also),
            same_as=term.same_as,
            infrastructure_slug=term.infrastructure,
            position=position,
        )
        for vocabulary in vocabularies().values()
        if vocabulary.source == "terms"
        for position, term in enumerate(vocabulary.terms)
        if (vocabulary.code, term.code) not in known
    ]
    Term.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def seed_infrastructures(definitions: Sequence[Definition]) -> int:
    """Store each defined infrastructure that the catalogue lacks, and what a changed definition newly says.

    What anyone else has claimed of a field stays. Returns how many infrastructures are new.
    """
    book, added = term_book(), 0
    for definition in definitions:
        claims = _claims(definition, book)
        known = Infrastructure.objects.filter(infrastructure_id=definition.infrastructure_id).first()
        if known is None:
            create_infrastructure(claims, by=_BY, slug=definition.infrastructure_id)
            added += 1
        else:
            append_claims(known, _not_said_by_others(known, claims), by=_BY)
    return added


def _not_said_by_others(known: Infrastructure, claims: Iterable[ClaimInput]) -> list[ClaimInput]:
    ours = {field for field, entry in known.profile.items() if entry["source"] == SOURCE}
    withdrawn = set(Claim.objects.filter(infrastructure=known).values_list("field", flat=True)) - ours
    return [claim for claim in claims if claim.field in ours or claim.field not in withdrawn]


def _claims(definition: Definition, book: TermBook) -> list[ClaimInput]:
    homepage = [{"url": definition.homepage, "label": "Homepage"}]
    raw = {code: RawClaim(value, evidence=homepage) for code, value in _values(definition).items() if value}
    if definition.code_repository:
        raw["code_repository"] = RawClaim(
            status="available", evidence=[{"url": definition.code_repository, "label": "Code repository"}]
        )
    if definition.integrations:
        raw["integrations"] = RawClaim(
            {"terms": _integration_terms(definition)}, evidence=_integration_links(definition)
        )
    return [checked_claim(field(code), claim, book) for code, claim in raw.items()]


def named_by(link: Mapping[str, str]) -> set[str]:
    """Return the ids of the infrastructures that a link of evidence is labelled with, where it is labelled so."""
    return set(link["label"].split(_BETWEEN_IDS))


def _integration_links(definition: Definition) -> list[dict[str, str]]:
    """Return each address once, labelled with all that it is the evidence of."""
    labels: dict[str, list[str]] = {}
    for one in definition.integrations:
        labels.setdefault(one.evidence, []).append(one.infrastructure_id)
    return [{"url": url, "label": _BETWEEN_IDS.join(ids)} for url, ids in labels.items()]


def _integration_terms(definition: Definition) -> list[str]:
    """Return the codes of the terms that name the infrastructures it works with; KeyError where one has no term."""
    codes = {term.infrastructure: term.code for term in vocabularies()["integrations"].terms if term.infrastructure}
    return [codes[one.infrastructure_id] for one in definition.integrations]


def _values(definition: Definition) -> dict[str, Any]:
    steward = definition.steward
    return {
        "name": definition.name,
        "aliases": list(definition.aliases),
        "summary": definition.summary,
        "website": definition.homepage,
        "launched": definition.launched,
        "steward": {"name": steward.name, "ror": steward.ror or ""} if steward else None,
        "country": {"terms": [definition.country]} if definition.country else None,
        "categories": {"terms": list(definition.categories)},
        "spdx_licence": definition.licence,
        "identifiers": [
            {"scheme": scheme, "value": str(value)} for scheme, value in sorted(definition.identifiers.items())
        ],
    }
