"""Writes what the catalogue holds as rows of answers; nothing that is not public comes past here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from infracommons.web.catalogue.api.value_schemas import value_schema
from infracommons.web.catalogue.claims.flags import Flag, flags_of
from infracommons.web.catalogue.claims.profile import Entry, Profile, age_in_days, entry_of
from infracommons.web.catalogue.fields.definition import FieldDefinition, VocabularyDefinition
from infracommons.web.catalogue.fields.registry import field as field_of
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.statuses import UNKNOWN, statuses_of
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Organisation, UpkeepEvent
from infracommons.web.catalogue.models.infrastructure import Listing

Row = dict[str, Any]
_SAID = ("claim", "value", "status", "evidence", "author_kind", "source", "checked_on", "note", "at")
_NOTHING: Row = {
    "claim": None,
    "value": None,
    "status": UNKNOWN,
    "evidence": [],
    "author_kind": None,
    "source": "",
    "checked_on": None,
    "note": "",
    "at": None,
}


def open_fields() -> dict[str, FieldDefinition]:
    """Return the fields that answers may show, by code: public ones that people claim something in."""
    return _open(str(settings.INFRACOMMONS_DEFINITIONS))


@cache
def _open(_definitions: str) -> dict[str, FieldDefinition]:
    return {one.code: one for one in public_fields() if one.kind != "record"}


@dataclass(frozen=True)
class Writer:
    """What rows of one answer have in common; `today` is the day by which values are old or not."""

    absolute: Callable[[str], str]  # makes a whole address of a path
    book: TermBook
    today: date
    fields: Sequence[FieldDefinition]
    as_of: date | None = None
    uncertain: Collection[int] = field(default=())

    def address(self, name: str, *args: str) -> str:
        """Return the whole address of a page of the site or the API."""
        return self.absolute(reverse(name, args=args))

    def infrastructure(
        self, infrastructure: Infrastructure, profile: Profile | None = None, matches: Iterable[Row] = ()
    ) -> Row:
        """Return an infrastructure with these fields of its profile, of today unless another is given."""
        said = infrastructure.profile if profile is None else profile
        code = infrastructure.infrastructure_id
        return {
            "infrastructure_id": code,
            "name": infrastructure.name,
            "steward": organisation_name(infrastructure.steward) if infrastructure.steward else None,
            "created_at": infrastructure.created_at,
            "changed_at": infrastructure.changed_at,
            "version": infrastructure.version,
            "as_of": self.as_of,
            "flags": [flag_row(flag) for flag in flags_of(said, self.book)],
            "profile": {one.code: self.entry(one, said.get(one.code)) for one in self.fields},
            "matches": list(matches),
            "links": {
                "self": self.address("api:infrastructure", code),
                "page": self.address("profile", code),
                "claims": self.address("api:infrastructure_claims", code),
            },
        }

    def entry(self, definition: FieldDefinition, entry: Entry | None) -> Row:
        """Return an entry of a profile, with its words and its age."""
        words = list(entry_words(definition, entry, self.book))
        if entry is None:
            return _NOTHING | {"words": words, "age_days": None, "is_stale": False, "is_uncertain": False}
        age, most = age_in_days(entry, self.today), definition.max_age_days
        return {name: entry[name] for name in _SAID} | {
            "words": words,
            "age_days": age,
            "is_stale": most is not None and age > most,
            "is_uncertain": entry["claim"] in self.uncertain,
        }

    def claim(self, claim: Claim) -> Row:
        """Return one claim of a public field; `infrastructure` must be loaded with it."""
        entry = entry_of(claim)
        return {name: entry[name] for name in _SAID} | {
            "infrastructure_id": claim.infrastructure.infrastructure_id,
            "field": claim.field,
            "words": list(entry_words(field_of(claim.field), entry, self.book)),
            "replaces": claim.replaces_id,
        }

    def organisation(self, organisation: Organisation) -> Row:
        """Return an organisation with the listed ones of its infrastructures, which the query put in `its`."""
        its: list[Infrastructure] = organisation.its  # type: ignore[attr-defined]  # a Prefetch, see organisations
        listed = [one for one in its if one.listing == Listing.LISTED]
        return organisation_name(organisation) | {
            "infrastructures": [{"infrastructure_id": one.infrastructure_id, "name": one.name} for one in listed],
            "links": {"self": self.address("api:organisation", organisation.organisation_id)},
        }


def organisation_name(organisation: Organisation) -> Row:
    """Return an organisation in brief."""
    return {
        "organisation_id": organisation.organisation_id,
        "name": organisation.name,
        "ror": organisation.ror or None,
    }


def flag_row(flag: Flag) -> Row:
    """Return an openness flag."""
    return {
        "code": flag.code,
        "label": flag.label,
        "verdict": flag.verdict,
        "reason": flag.reason,
        "rule_version": flag.rule_version,
        "rests_on": list(flag.rests_on),
    }


def uncertain_claims(infrastructures: Iterable[Infrastructure]) -> frozenset[int]:
    """Return the ids of the claims of these infrastructures that upkeep found uncertain."""
    events = UpkeepEvent.objects.filter(kind="uncertain", infrastructure__in=list(infrastructures))
    return frozenset(events.exclude(claim=None).values_list("claim_id", flat=True))


def change_row(change: Change) -> Row:
    """Return one change; fields that are not public are left out of it."""
    public = open_fields()
    fields = [code for code in change.fields if code in public]
    labels = ", ".join(public[code].label for code in fields)
    hidden = len(change.fields) > len(fields)
    also = " and fields that are not public" if fields else " fields that are not public"
    return {
        "change": change.pk,
        "infrastructure_id": change.infrastructure.infrastructure_id,
        "kind": change.kind,
        "fields": fields,
        "author_kind": change.author_kind,
        "summary": change.kind + (f": {labels}" if labels else ":" if hidden else "") + (also if hidden else ""),
        "at": change.at,
    }


def term_row(term: TermFacts) -> Row:
    """Return one term."""
    return {
        "code": term.code,
        "label": term.label,
        "description": term.description,
        "state": term.state,
        "successor": term.successor or None,
        "same_as": term.same_as or None,
        "infrastructure_id": term.infrastructure or None,
    }


def vocabulary_row(vocabulary: VocabularyDefinition, book: TermBook) -> Row:
    """Return a vocabulary with its terms."""
    return {
        "code": vocabulary.code,
        "label": vocabulary.label,
        "source": vocabulary.source,
        "terms": [term_row(term) for term in book.terms(vocabulary.code).values()],
    }


def field_row(definition: FieldDefinition) -> Row:
    """Return the definition of a field."""
    return {
        "code": definition.code,
        "label": definition.label,
        "kind": definition.kind,
        "section": definition.section,
        "question": definition.question,
        "help": definition.help,
        "vocabulary": definition.vocabulary,
        "statuses": list(statuses_of(definition)),
        "most": definition.most,
        "max_length": definition.max_length,
        "max_age_days": definition.max_age_days,
        "is_facet": definition.is_facet,
        "is_compared": definition.is_compared,
        "schema_org": definition.schema_org,
        "value_schema": value_schema(definition),
    }
