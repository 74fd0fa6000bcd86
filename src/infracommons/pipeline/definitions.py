"""Reads `definitions/`, where experts write what an infrastructure is and how to find it, and checks every line."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from infracommons.methods.matching.literals import NoLiteralError, required_literals
from infracommons.pipeline.contract_values import contract_values
from infracommons.pipeline.csv_rows import csv_rows, header
from infracommons.pipeline.decision_rules import checked_decision
from infracommons.pipeline.definition_shapes import CATALOGUE, TERMS, fault
from infracommons.pipeline.raw import Document
from infracommons.vocabulary.definitions import (
    Example,
    Host,
    Infrastructure,
    Integration,
    OtherMeaning,
    SearchTerms,
    Steward,
    TextField,
)
from infracommons.vocabulary.inputs import DECISION
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError

# The files say what a reader of awards says; the tables say what a column holds.
FIELDS: dict[str, TextField] = {"title": "title", "abstract": "description", "recipient": "recipient_name"}
# The C parser is ten times as fast, but not part of every build of PyYAML.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OF_ORGANISATIONS = "organisation_id"
_CORRECTION = [name for name in DECISION.schema.names if name not in (_OF_ORGANISATIONS, "exported_at")]


class DefinitionError(UnusableInputError):
    """A definition file cannot be used; the message names the file, the key and the value."""


def load_catalogue(definitions: Path) -> list[Infrastructure]:
    """Return every infrastructure of `definitions/catalogue/` with its search terms, ordered by id.

    Raises DefinitionError for the first file that does not fit.
    """
    files = sorted((definitions / "catalogue").glob("*.yaml"))
    if not files:
        message = f"{definitions / 'catalogue'}: no definitions here; name the folder that has catalogue/*.yaml"
        raise DefinitionError(message)
    found = [_infrastructure(path, definitions / "search_terms" / path.name) for path in files]
    _check_integrations(definitions / "catalogue", found)
    return found


def _check_integrations(folder: Path, infrastructures: Iterable[Infrastructure]) -> None:
    """Raise DefinitionError for an integration with itself, named twice, or without a web address.

    One with an infrastructure that these definitions lack stays, in words: a folder may hold some of them only.
    """
    for one in infrastructures:
        met = {one.infrastructure_id}
        for other in one.integrations:
            place = f"{folder / one.infrastructure_id}.yaml: integrations: {other.infrastructure_id!r}"
            if other.infrastructure_id in met:
                message = f"{place}: the infrastructure itself, or named twice"
                raise DefinitionError(message)
            if not other.evidence.startswith("https://"):
                message = f"{place}: evidence: {other.evidence!r}: not an address that begins with https://"
                raise DefinitionError(message)
            met.add(other.infrastructure_id)


def load_corrections(definitions: Path) -> list[dict[str, Any]]:
    """Return the decisions (contract DECISION) in `definitions/corrections/*.csv`, file by file, row by row.

    Raises DefinitionError naming file, row, column and value.
    """
    return [row for path in sorted((definitions / "corrections").glob("*.csv")) for row in _corrections(path)]


def _corrections(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the decisions of one file; `place` says where each stands."""
    document = Document(str(path), path, lambda: path.open("rb"))
    names = header(document)
    if names not in (_CORRECTION, [*_CORRECTION, _OF_ORGANISATIONS]):
        message = f"{path}: the first line must be {','.join(_CORRECTION)}; {_OF_ORGANISATIONS} may follow"
        raise DefinitionError(message)
    place = "the first line"
    try:
        for place, line in csv_rows(document):
            values = {name: line[name].strip() for name in names}
            yield {**checked_decision(contract_values(values, DECISION)), "place": f"{path}: {place}"}
    except FieldProblem as problem:
        message = f"{path}: {place}: {problem}"
        raise DefinitionError(message) from problem
    except ValueError as error:
        message = f"{path}: not readable as CSV in UTF-8 after {place}: {error}"
        raise DefinitionError(message) from error


def settings_of(definitions: Path, **settings: str) -> dict[str, str]:
    """Return the settings of a release with a checksum of all definitions, for its manifest."""
    digest = hashlib.sha256()
    for path in sorted(definitions.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(definitions).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {"definitions_sha256": digest.hexdigest(), **settings}


def _infrastructure(path: Path, terms_path: Path) -> Infrastructure:
    facts = _mapping(path)
    _check_shape(path, facts, CATALOGUE)
    if not _SLUG.fullmatch(path.stem):
        message = f"{path}: a file is named by the infrastructure's slug: lower-case letters, digits and hyphens"
        raise DefinitionError(message)
    try:
        return Infrastructure(
            infrastructure_id=path.stem,
            name=facts["name"],
            summary=facts["summary"],
            homepage=facts["homepage"],
            categories=tuple(facts["categories"]),
            aliases=tuple(facts.get("aliases") or ()),
            steward=Steward(**facts["steward"]) if facts.get("steward") else None,
            hosts=tuple(
                Host(**{**host, "aliases": tuple(host.get("aliases") or ())}) for host in facts.get("hosts") or ()
            ),
            country=facts.get("country"),
            code_repository=facts.get("code_repository"),
            licence=facts.get("licence"),
            launched=facts.get("launched"),
            identifiers=facts.get("identifiers") or {},
            integrations=tuple(
                Integration(other["with"], other["evidence"]) for other in facts.get("integrations") or ()
            ),
            terms=_terms(terms_path),
        )
    except TypeError as error:
        message = f"{path}: {error}"
        raise DefinitionError(message) from error


def _terms(path: Path) -> SearchTerms:
    if not path.exists():
        message = f"{path}: missing; each infrastructure needs search terms"
        raise DefinitionError(message)
    terms = _mapping(path)
    _check_shape(path, terms, TERMS)
    for key in (*FIELDS, "negative", "clear"):
        _check_expressions(path, key, terms.get(key) or (), needs_literal=key in FIELDS)
    examples = terms["examples"]
    return SearchTerms(
        expressions={column: tuple(terms.get(key) or ()) for key, column in FIELDS.items()},
        negative=tuple(terms.get("negative") or ()),
        clear=tuple(terms.get("clear") or ()),
        near=tuple(word.casefold() for word in terms.get("near") or ()),
        other_meanings=tuple(
            OtherMeaning(other["meaning"], tuple(str(word).casefold() for word in other["words"]))
            for other in terms.get("other_meanings") or ()
        ),
        matching_examples=tuple(_examples(path, examples["match"])),
        other_examples=tuple(_examples(path, examples["no_match"])),
    )


def _examples(path: Path, examples: list[dict[str, str]]) -> Iterable[Example]:
    for example in examples:
        if example.get("field") not in FIELDS or not example.get("text"):
            message = f"{path}: examples: {example!r}: needs a field ({', '.join(FIELDS)}) and a text"
            raise DefinitionError(message)
        yield Example(FIELDS[example["field"]], example["text"])


def _check_expressions(path: Path, key: str, expressions: Iterable[str], *, needs_literal: bool) -> None:
    for expression in expressions:
        try:
            re.compile(expression)
            if needs_literal:
                required_literals(expression)
        except (re.error, TypeError, NoLiteralError) as error:
            message = f"{path}: {key}: {expression!r}: {error}"
            raise DefinitionError(message) from error


def _check_shape(path: Path, given: dict[str, Any], shape: Mapping[str, Any]) -> None:
    if found := fault(given, shape):
        message = f"{path}: {found}"
        raise DefinitionError(message)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
    except (yaml.YAMLError, ValueError, RecursionError, OSError) as error:
        message = f"{path}: not readable as YAML: {error}"
        raise DefinitionError(message) from error
    if not isinstance(content, dict):
        message = f"{path}: needs keys and values at the top"
        raise DefinitionError(message)
    return content
