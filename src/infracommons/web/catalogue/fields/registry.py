"""The definitions in use: the fields and vocabularies of the folder that the settings name, read once."""

from functools import cache
from pathlib import Path

from django.conf import settings

from infracommons.web.catalogue.fields.definition import FieldDefinition, Section, VocabularyDefinition
from infracommons.web.catalogue.fields.load import load_fields, load_vocabularies


def sections() -> tuple[Section, ...]:
    """Return the sections of a profile, in order."""
    return _sections(_folder())


def fields() -> dict[str, FieldDefinition]:
    """Return every field by code, in the order of a profile, those that the site keeps itself too."""
    return _fields(_folder())


def field(code: str) -> FieldDefinition:
    """Return one field. Raises KeyError where there is none of this code."""
    return fields()[code]


def vocabularies() -> dict[str, VocabularyDefinition]:
    """Return every vocabulary by code."""
    return _vocabularies(_folder())


def vocabulary(code: str) -> VocabularyDefinition:
    """Return one vocabulary. Raises KeyError where there is none of this code."""
    return vocabularies()[code]


def public_fields() -> tuple[FieldDefinition, ...]:
    """Return the fields that anyone may read; those by consent and the private ones are not among them."""
    return tuple(one for one in fields().values() if one.visibility == "public")


def claimable_fields() -> tuple[FieldDefinition, ...]:
    """Return the fields that people can say something about: all but those that the site keeps itself."""
    return tuple(one for one in fields().values() if one.kind != "record")


def _folder() -> Path:
    return Path(settings.INFRACOMMONS_DEFINITIONS)


# By folder, so that a test or a reload that names another folder is not given what was read before.
@cache
def _sections(folder: Path) -> tuple[Section, ...]:
    return load_fields(folder)


@cache
def _fields(folder: Path) -> dict[str, FieldDefinition]:
    return {one.code: one for section in _sections(folder) for one in section.fields}


@cache
def _vocabularies(folder: Path) -> dict[str, VocabularyDefinition]:
    return {one.code: one for one in load_vocabularies(folder)}
