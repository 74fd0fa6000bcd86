"""Says which sections and fields a comparison has rows of."""

from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import sections

OPENNESS, AWARDS = "openness", "awards"
_MADE_BY_US = {OPENNESS: "Openness", AWARDS: "Awards"}


def is_compared(definition: FieldDefinition) -> bool:
    """Return whether a comparison has a row for the field: anyone may read it, and its definition asks for one."""
    return definition.is_compared and definition.visibility == "public" and definition.kind not in {"record", "image"}


def compared_fields() -> dict[str, list[FieldDefinition]]:
    """Return the fields that have a row, by code of their section, in the order of a profile."""
    found = {one.code: [field for field in one.fields if is_compared(field)] for one in sections()}
    return {code: fields for code, fields in found.items() if fields}


def section_labels() -> dict[str, str]:
    """Return the label of each section that has rows, by code, in their order."""
    labels = {one.code: one.label for one in sections()}
    return _MADE_BY_US | {code: labels[code] for code in compared_fields()}
