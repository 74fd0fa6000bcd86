"""Reads `definitions/fields/` and `definitions/vocabularies/`, and refuses the first thing that does not fit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.shapes import build, name_of, read_mapping, refuse
from infracommons.web.catalogue.fields.definition import FieldDefinition, Section, TermDefinition, VocabularyDefinition
from infracommons.web.catalogue.fields.library_lists import LISTS

# What code may ask of a term, whatever curators call it.
PROVISIONS = frozenset(
    "other unknown not_applicable none active applies_to_website applies_to_solution nonprofit open_source".split()
)
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_WITH_VOCABULARY = frozenset({"term", "terms", "practice"})
_TEXTS = frozenset({"text", "rich_text"})
_CUE = re.compile(r"\w[\w-]*\*?( \w[\w-]*\*?)*")


@dataclass(frozen=True)
class _Head:
    """What a file of fields says of its section; `position` orders the sections."""

    code: str
    label: str
    position: int


def load_fields(folder: Path) -> tuple[Section, ...]:
    """Return the sections of `folder`/fields in order, each with its fields in order.

    Raises UnusableInputError naming file, field, key and value.
    """
    vocabularies = load_vocabularies(folder)
    scales = {one.code: one.source == "scale" for one in vocabularies}
    cued = {one.code for one in vocabularies if any(term.cues for term in one.terms)}
    sections: dict[int, Section] = {}
    codes: dict[str, str] = {}
    for path in _files(folder / "fields"):
        head, section = _section(path, scales)
        if head.position in sections:
            refuse(f"{path}: section: position", head.position, f"{sections[head.position].code} has it already")
        sections[head.position] = section
        for field in section.fields:
            _check_coding(field, cued, f"{path}: {field.code}: coded_by")
            if field.code in codes:
                refuse(f"{path}: {field.code}: code", field.code, f"{codes[field.code]}.yaml has this field already")
            codes[field.code] = head.code
    return tuple(section for _, section in sorted(sections.items()))


def load_vocabularies(folder: Path) -> tuple[VocabularyDefinition, ...]:
    """Return the vocabularies of `folder`/vocabularies in alphabetical order, those of libraries with their terms.

    Raises UnusableInputError naming file, term, key and value.
    """
    return tuple(_vocabulary(path) for path in _files(folder / "vocabularies"))


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        message = f"{folder}: no definitions here; name the folder that has fields/*.yaml and vocabularies/*.yaml"
        raise UnusableInputError(message)
    return files


def _section(path: Path, scales: dict[str, bool]) -> tuple[_Head, Section]:
    content = read_mapping(path)
    if wrong := [str(key) for key in content if key not in {"section", "fields"}]:
        refuse(str(path), ", ".join(wrong), "unknown key; known are fields, section")
    head = build(_Head, content.get("section"), f"{path}: section")
    _check_file(path, head.code)
    given = content.get("fields")
    if not isinstance(given, list):
        refuse(f"{path}: fields", given, "needs a list of fields")
    fields = tuple(_field(one, head.code, f"{path}: {name_of(one, number)}") for number, one in enumerate(given, 1))
    for field in fields:
        _check_field(field, scales, f"{path}: {field.code}")
    return head, Section(head.code, head.label, fields)


def _field(given: Any, section: str, place: str) -> FieldDefinition:  # noqa: ANN401 - any YAML
    if not isinstance(given, dict) or "section" in given:
        refuse(place, given, "needs keys and values; the section is the file's")
    return build(FieldDefinition, {**given, "section": section}, place)


def _check_field(field: FieldDefinition, scales: dict[str, bool], place: str) -> None:
    _check_code(field.code, place)
    _check_vocabulary(field, scales, f"{place}: vocabulary")
    if (field.kind == "entries") != bool(field.parts):
        refuse(f"{place}: parts", [part.code for part in field.parts], "entries have parts, other kinds have none")
    _refuse_twice(f"{place}: parts", ((part.code, part.code) for part in field.parts))
    for key in ("most", "max_length", "max_age_days"):
        if (number := getattr(field, key)) is not None and number < 1:
            refuse(f"{place}: {key}", number, "needs a number above zero; leave it out for none")


def _check_vocabulary(field: FieldDefinition, scales: dict[str, bool], place: str) -> None:
    given, is_needed = field.vocabulary, field.kind in _WITH_VOCABULARY
    if is_needed and given is None:
        refuse(place, given, f"missing; a field of kind {field.kind} needs one")
    if not is_needed and given is not None:
        refuse(place, given, f"a field of kind {field.kind} has none")
    if given is not None and given not in scales:
        refuse(place, given, f"there is no such file in vocabularies/; known are {', '.join(sorted(scales))}")
    if field.kind == "practice" and not scales[given or ""]:
        refuse(place, given, "a practice needs one whose source is scale")


def _check_coding(field: FieldDefinition, cued: set[str], place: str) -> None:
    if field.coded_by is not None and field.kind not in _TEXTS:
        refuse(place, field.coded_by, "only a text is coded by its words")
    if field.coded_by is not None and field.coded_by not in cued:
        refuse(place, field.coded_by, f"no vocabulary of this name has cues; known are {', '.join(sorted(cued))}")


def _vocabulary(path: Path) -> VocabularyDefinition:
    vocabulary = build(VocabularyDefinition, read_mapping(path), str(path))
    _check_file(path, vocabulary.code)
    if library := LISTS.get(vocabulary.source):
        if vocabulary.terms:
            refuse(f"{path}: terms", vocabulary.terms[0].code, f"{vocabulary.source} come from a library")
        return replace(vocabulary, terms=library())
    if not vocabulary.terms:
        refuse(f"{path}: terms", [], "needs a list of terms")
    for term in vocabulary.terms:
        _check_term(term, f"{path}: {term.code}")
    spellings = ((term.code, spelling) for term in vocabulary.terms for spelling in _spellings(term))
    _refuse_twice(str(path), ((term.code, term.code) for term in vocabulary.terms))
    _refuse_twice(str(path), spellings)
    return vocabulary


def _check_term(term: TermDefinition, place: str) -> None:
    _check_code(term.code, place)
    if term.provides and term.provides not in PROVISIONS:
        refuse(f"{place}: provides", term.provides, f"needs one of {', '.join(sorted(PROVISIONS))}")
    for cue in term.cues:
        if not _CUE.fullmatch(cue):
            refuse(f"{place}: cues", cue, "needs words with one space between them; a star may end each")
    if term.same_as and not term.same_as.startswith("https://"):
        refuse(f"{place}: same_as", term.same_as, "needs an address that begins with https://")


def _spellings(term: TermDefinition) -> set[str]:
    """Return by what an import may name a term; two terms with one spelling would make a guess of it."""
    return {" ".join(spelling.split()).casefold() for spelling in (term.code, term.label, *term.also)}


def _check_file(path: Path, code: str) -> None:
    _check_code(code, str(path))
    if code != path.stem:
        refuse(f"{path}: code", code, f"needs to be as the file is called: {path.stem}")


def _check_code(code: str, place: str) -> None:
    if not _CODE.fullmatch(code):
        refuse(f"{place}: code", code, "needs lower-case letters, digits and underscores")


def _refuse_twice(place: str, named: Iterable[tuple[str, str]]) -> None:
    """Refuse the first value of (entry, value) pairs that an earlier entry has too."""
    owners: dict[str, str] = {}
    for entry, value in named:
        if value in owners:
            refuse(f"{place}: {entry}", value, f"stands twice; {owners[value]} has it already")
        owners[value] = entry
