"""What the files of one profile ask of it: values and links of its public fields, and nothing of the others."""

from collections.abc import Iterator
from typing import Any

from infracommons.web.catalogue.claims.profile import Entry, Profile
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.statuses import AVAILABLE
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.fields.texts import visible_text


def is_exported(definition: FieldDefinition) -> bool:
    """Return whether files may hold the field: consent to show a figure on a page is no consent to pass it on."""
    return definition.visibility == "public" and definition.kind != "record"


def exported_fields() -> list[FieldDefinition]:
    """Return the fields of files, in the order of a profile."""
    return [definition for definition in fields().values() if is_exported(definition)]


class Facts:
    """A profile as files read it."""

    def __init__(self, profile: Profile, book: TermBook) -> None:
        self.book = book
        self._profile = profile

    def entries(self) -> Iterator[tuple[FieldDefinition, Entry]]:
        """Yield what is claimed of each public field, in the order of a profile."""
        for definition in exported_fields():
            if definition.code in self._profile:
                yield definition, self._profile[definition.code]

    def entry(self, code: str) -> Entry | None:
        """Return what is claimed of a public field."""
        definition = fields().get(code)
        return self._profile.get(code) if definition and is_exported(definition) else None

    def value(self, code: str) -> Any:  # noqa: ANN401 - JSON of the field's kind
        """Return the stored value of a public field; None where there is none."""
        entry = self.entry(code)
        return entry["value"] if entry else None

    def text(self, code: str) -> str:
        """Return a text as a reader sees it, empty where there is none."""
        value = self.value(code)
        return visible_text(value) if isinstance(value, str) else ""

    def links(self, code: str) -> list[str]:
        """Return the links of a practice that is there; none while it is planned, unknown or not applicable."""
        entry = self.entry(code)
        return [link["url"] for link in entry["evidence"]] if entry and entry["status"] == AVAILABLE else []

    def terms(self, code: str) -> list[TermFacts]:
        """Return the terms chosen, each as it stands today and once."""
        definition, value = fields().get(code), self.value(code)
        if definition is None or not value:
            return []
        chosen = (self.book.current(definition.vocabulary or "", term) for term in value["terms"])
        return list({term.code: term for term in chosen if term}.values())

    def identifier(self, scheme: str) -> str:
        """Return the first identifier of a scheme, empty where there is none."""
        return next((pair["value"] for pair in self.value("identifiers") or [] if pair["scheme"] == scheme), "")
