"""The parts of a profile as a form's pages: its sections, or all of them at once."""

from dataclasses import dataclass

from django.http import Http404

from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import sections

ALL = "all"


@dataclass(frozen=True)
class Part:
    """One page of the form, and the code of the one that follows."""

    code: str
    label: str
    fields: tuple[FieldDefinition, ...]
    after: str = ""


def parts_of_profile() -> list[Part]:
    """Return the sections that somebody can fill in, in order."""
    open_ones = [(one, tuple(field for field in one.fields if field.kind != "record")) for one in sections()]
    able = [(one, fields) for one, fields in open_ones if fields]
    after = [*(one.code for one, _ in able[1:]), ""]
    return [Part(one.code, one.label, fields, code) for (one, fields), code in zip(able, after, strict=True)]


def part_of(code: str) -> Part:
    """Return the part that an address names, the first one where it names none; raise Http404 for one there is not."""
    known = parts_of_profile()
    if code == ALL:
        return Part(ALL, "All sections", tuple(field for part in known for field in part.fields))
    found = [part for part in known if code in {"", part.code}]
    if not found:
        message = f"A profile has no section “{code[:60]}”. Its sections are: {', '.join(part.code for part in known)}."
        raise Http404(message)
    return found[0]
