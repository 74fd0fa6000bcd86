"""Makes a catalogue of any size for benchmarks: invented infrastructures with claims shaped like real ones."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from infracommons.pipeline.definitions import load_catalogue
from infracommons.web.catalogue.claims.organisations import slug_of
from infracommons.web.catalogue.claims.profile import entry_of
from infracommons.web.catalogue.claims.seed import seed_terms
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.kinds import parse_value
from infracommons.web.catalogue.fields.registry import claimable_fields, field, public_fields
from infracommons.web.catalogue.fields.statuses import statuses_of
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Organisation
from infracommons.web.catalogue.models.claim import AuthorKind

SOURCE = "generated for a benchmark"
_AT_ONCE = 250
_LAST_DAY = date(2026, 6, 30)  # fixed, so that the same seed gives the same catalogue on any day
_VARIANTS = 40  # of each field's value
_ALWAYS = ("name", "aliases", "summary", "website", "steward", "country", "categories", "launched")
_INFRASTRUCTURES_A_STEWARD = 4
_SHARE_CLAIMED, _SHARE_CHECKED, _SHARE_UNKNOWN = 0.65, 0.7, 0.05


@dataclass(frozen=True)
class Material:
    """What generated profiles are put together from."""

    chance: random.Random
    book: TermBook
    words: list[str]
    claims: dict[str, list[ClaimInput]]  # checked, by field
    organisations: list[Organisation]


def generate(count: int, seed: int = 1) -> None:
    """Store `count` listed infrastructures with claims over all public fields; the same seed gives the same ones.

    Rows have the shapes that `append_claims` and `create_infrastructure` give them, but are written in bulk.
    """
    seed_terms()
    material = _material(count, seed)
    for first in range(0, count, _AT_ONCE):
        with transaction.atomic():
            _store(material, range(first, min(first + _AT_ONCE, count)))


def _material(count: int, seed: int) -> Material:
    chance, book = random.Random(seed), term_book()  # noqa: S311 - plausible, not secret
    defined = load_catalogue(Path(settings.INFRACOMMONS_DEFINITIONS))
    words = sorted({word for one in defined for word in f"{one.name} {one.summary}".split() if word.isalpha()})
    pools = {
        one.code: [checked_claim(one, _raw(one, chance, book, words), book) for _ in range(_VARIANTS)]
        for one in public_fields()
        if one in claimable_fields() and one.code not in _ALWAYS and one.kind != "image"
    }
    stewards = range(count // _INFRASTRUCTURES_A_STEWARD + 1)
    names = [f"{_title(chance, words)} Foundation {number}" for number in stewards]
    organisations = [Organisation(organisation_id=slug_of(name), name=name) for name in names]
    Organisation.objects.bulk_create(organisations, batch_size=_AT_ONCE)
    return Material(chance, book, words, pools, organisations)


def _store(material: Material, numbers: range) -> None:
    made = [_described(material, number) for number in numbers]
    rows = Infrastructure.objects.bulk_create([row for row, _ in made])
    claims = [_claim(row, claim, material) for row, (_, stated) in zip(rows, made, strict=True) for claim in stated]
    Claim.objects.bulk_create(claims, batch_size=_AT_ONCE)
    for claim in claims:
        claim.infrastructure.profile[claim.field] = entry_of(claim)
    # Their keys are known only now, and an update of many rows is slow where an insert that meets them is not.
    Infrastructure.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["profile"], unique_fields=["infrastructure_id"]
    )
    Change.objects.bulk_create([_change(row) for row in rows])


def _described(material: Material, number: int) -> tuple[Infrastructure, list[ClaimInput]]:
    """Return the row, not stored, and what is claimed of it."""
    chance, words = material.chance, material.words
    name = f"{_title(chance, words)} {number}"
    organisation = chance.choice(material.organisations)
    at = datetime.combine(_LAST_DAY, datetime.min.time(), UTC) - timedelta(minutes=chance.randrange(1_500_000))
    values = {
        "name": name,
        "aliases": [f"{_title(chance, words)} {chance.randrange(10**6)}"],
        "summary": f"<p>{_sentence(chance, words)}</p>",
        "website": f"https://n{number}.example.org/",
        "steward": {"name": organisation.name, "ror": ""},
        "country": {"terms": [chance.choice(list(material.book.terms("countries")))]},
        "categories": {"terms": chance.sample(list(material.book.terms("categories")), chance.randint(1, 3))},
        "launched": chance.randint(1970, 2025),
    }
    stated = [
        ClaimInput(code, parse_value(field(code), value, material.book), "", _evidence(number, code))
        for code, value in values.items()
    ]
    stated += [chance.choice(pool) for pool in material.claims.values() if chance.random() < _SHARE_CLAIMED]
    row = Infrastructure(
        infrastructure_id=slug_of(name), name=name, steward=organisation, version=1, created_at=at, changed_at=at
    )
    return row, stated


def _claim(row: Infrastructure, claim: ClaimInput, material: Material) -> Claim:
    day = row.changed_at.date() if material.chance.random() < _SHARE_CHECKED else None
    return Claim(
        infrastructure=row,
        field=claim.field,
        value=claim.value,
        status=claim.status,
        evidence=list(claim.evidence),
        author_kind=AuthorKind.STEWARD,
        source=SOURCE,
        checked_on=day,
        note=claim.note,
        at=row.changed_at,
    )


def _change(row: Infrastructure) -> Change:
    fields = list(row.profile)
    labels = [field(code).label for code in fields]
    return Change(
        infrastructure=row,
        kind="claimed",
        fields=fields,
        author_kind=AuthorKind.STEWARD,
        summary=f"claimed: {', '.join(labels[:3])} and {len(labels) - 3} more",
        at=row.changed_at,
        nonce=uuid.uuid4(),  # not from the seed: it tells two databases apart
    )


def _raw(definition: FieldDefinition, chance: random.Random, book: TermBook, words: list[str]) -> RawClaim:
    """Return a plausible claim of a field, now and then an unknown one."""
    evidence = [{"url": address, "label": ""} for address in _addresses(definition, chance)]
    if definition.kind == "practice":
        said = {"statement": _sentence(chance, words)} if chance.random() < 1 / 2 else None
        return RawClaim(said, chance.choice(statuses_of(definition)), evidence)
    if chance.random() < _SHARE_UNKNOWN:
        return RawClaim(status="unknown", note="Asked; not known yet.")
    return RawClaim(_value(definition, chance, book, words), evidence=evidence)


def _value(definition: FieldDefinition, chance: random.Random, book: TermBook, words: list[str]) -> Any:  # noqa: ANN401
    codes = [term.code for term in book.choices(definition.vocabulary or "")]
    most = min(definition.most or 4, 4, len(codes))
    parts = {"url": next(_addresses(definition, chance)), "text": _title(chance, words), "date": "2024-05-31"}
    made: dict[str, Any] = {
        "text": _title(chance, words),
        "rich_text": f"<p>{_sentence(chance, words)}</p><p>{_sentence(chance, words)}</p>",
        "url": parts["url"],
        "contact": parts["url"],
        "yes_no": chance.choice(("yes", "no")),
        "year": chance.randint(1970, 2025),
        "whole_number": chance.randint(1, 5000),
        "term": {"terms": chance.sample(codes, min(1, most))},
        "terms": {"terms": chance.sample(codes, chance.randint(1, most) if most else 0)},
        "names": [_title(chance, words)],
        "licence": chance.choice(("MIT", "Apache-2.0", "GPL-3.0-or-later", "BSD-3-Clause", "AGPL-3.0-only")),
        "organisation": {"name": _title(chance, words), "ror": ""},
        "identifiers": [{"scheme": "wikidata", "value": f"Q{chance.randrange(10**8)}"}],
        "entries": [{part.code: parts[part.kind] for part in definition.parts}],
    }
    return made[definition.kind]


def _addresses(definition: FieldDefinition, chance: random.Random) -> Iterator[str]:
    yield f"https://n{chance.randrange(10**6)}.example.org/{definition.code.replace('_', '-')}"


def _evidence(number: int, code: str) -> tuple[dict[str, str], ...]:
    return ({"url": f"https://n{number}.example.org/{code}", "label": "Homepage"},)


def _title(chance: random.Random, words: list[str]) -> str:
    return " ".join(word.capitalize() for word in chance.sample(words, chance.randint(2, 3)))


def _sentence(chance: random.Random, words: list[str]) -> str:
    return " ".join(chance.choices(words, k=chance.randint(12, 30))).capitalize() + "."
