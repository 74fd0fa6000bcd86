"""Reads `definitions/policies/`, and refuses, by file, entry, key and value, the first thing that does not fit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pycountry

from infracommons.vocabulary.part_dates import part_date
from infracommons.vocabulary.policies import NOT_APPLICABLE, UNKNOWN, Instrument, PolicyTerm
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.shapes import build, name_of, read_mapping, refuse

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROR = re.compile(r"https://ror\.org/0[a-z0-9]{6}[0-9]{2}")
_DAY = "needs a quoted day, month or year such as '2022-08-25', or unknown"
TERMS = ("kinds", "regions", "requirements")
Terms = Mapping[str, PolicyTerm]


@dataclass(frozen=True)
class Policies:
    """Every instrument by code, and the terms that they use, each list in the order of its file."""

    instruments: Mapping[str, Instrument]
    kinds: Terms
    regions: Terms
    requirements: Terms
    categories: Terms

    @cached_property
    def superseded_by(self) -> Mapping[str, tuple[str, ...]]:
        """Return for each instrument that has successors their codes."""
        found: dict[str, list[str]] = {}
        for one in self.instruments.values():
            for former in one.supersedes:
                found.setdefault(former, []).append(one.code)
        return {former: tuple(later) for former, later in found.items()}


def load_policies(definitions: Path) -> Policies:
    """Return what `definitions`/policies says. Raises UnusableInputError naming file, entry, key and value."""
    folder = definitions / "policies"
    terms = {name: _terms(folder / "terms" / f"{name}.yaml") for name in TERMS}
    categories = _terms(definitions / "vocabularies" / "categories.yaml")
    files = sorted(folder.glob("*.yaml"))
    if not files:
        message = f"{folder}: no policies here; name the folder that has policies/*.yaml"
        raise UnusableInputError(message)
    instruments = {path.stem: _instrument(path) for path in files}
    policies = Policies(instruments, terms["kinds"], terms["regions"], terms["requirements"], categories)
    for path in files:
        _check(instruments[path.stem], policies, str(path))
    return policies


def _terms(path: Path) -> dict[str, PolicyTerm]:
    given = read_mapping(path).get("terms")
    if not isinstance(given, list):
        refuse(f"{path}: terms", given, "needs a list of terms")
    found: dict[str, PolicyTerm] = {}
    for number, one in enumerate(given, 1):
        place = f"{path}: {name_of(one, number)}"
        # The catalogue's own vocabularies have further keys, which are checked where they are used.
        told = {key: one.get(key) or "" for key in ("code", "label", "description")} if isinstance(one, dict) else one
        term = build(PolicyTerm, told, place)
        if term.code in found:
            refuse(f"{place}: code", term.code, "stands twice")
        found[term.code] = term
    return found


def _instrument(path: Path) -> Instrument:
    if not _SLUG.fullmatch(path.stem):
        refuse(str(path), path.stem, "a file is named in lower-case letters, digits and hyphens")
    content = read_mapping(path)
    if "code" in content:
        refuse(f"{path}: code", content["code"], "leave it out; the name of the file is the code")
    return build(Instrument, {**content, "code": path.stem}, str(path))


def _check(one: Instrument, policies: Policies, place: str) -> None:
    _check_known(f"{place}: kind", [one.kind], policies.kinds)
    _check_known(f"{place}: region", [one.region], policies.regions)
    _check_known(f"{place}: categories", one.categories, policies.categories)
    _check_known(f"{place}: supersedes", one.supersedes, policies.instruments)
    _check_known(f"{place}: related", one.related, policies.instruments)
    _check_countries(one, place)
    _check_days(one, place)
    _check_sources(one, place)
    _check_clauses(one, policies, place)


def _check_known(place: str, codes: Iterable[str], known: Mapping[str, object]) -> None:
    for code in codes:
        if code not in known:
            refuse(place, code, f"there is no such; known are {', '.join(known)}")


def _check_countries(one: Instrument, place: str) -> None:
    for code in one.countries:
        if pycountry.countries.get(alpha_2=code) is None:
            refuse(f"{place}: countries", code, "needs a two-letter code of ISO 3166-1, in capitals")
    for issuer in one.issuers:
        if issuer.ror and not _ROR.fullmatch(issuer.ror):
            refuse(f"{place}: issuers: {issuer.name}: ror", issuer.ror, "needs an address such as https://ror.org/…")


def _check_days(one: Instrument, place: str) -> None:
    _check_day(f"{place}: adopted", one.adopted, UNKNOWN)
    _check_day(f"{place}: in_force", one.in_force, UNKNOWN, NOT_APPLICABLE)
    _check_day(f"{place}: ended", one.ended, UNKNOWN, "")
    for number, change in enumerate(one.changes, 1):
        _check_day(f"{place}: changes: entry {number}: day", change.day)
    for clause in one.clauses:
        _check_day(f"{place}: clauses: {clause.code}: applies_from", clause.applies_from, "")
    for source in one.sources:
        _check_day(f"{place}: sources: {source.code}: checked_on", source.checked_on, UNKNOWN)


def _check_day(place: str, text: str, *also: str) -> None:
    if text in also:
        return
    try:
        part_date(text)
    except ValueError:
        refuse(place, text, _DAY)


def _check_sources(one: Instrument, place: str) -> None:
    if not one.sources:
        refuse(f"{place}: sources", [], "needs one at least")
    _refuse_twice(f"{place}: sources", [source.code for source in one.sources])
    for source in one.sources:
        if not source.url.startswith(("https://", "http://")):
            refuse(f"{place}: sources: {source.code}: url", source.url, "needs an address that begins with https://")
    known = {source.code: source for source in one.sources}
    cited = [("days_source", one.days_source)] if one.days_source else []
    cited += [(f"clauses: {clause.code}: source", clause.source) for clause in one.clauses]
    cited += [(f"changes: {change.day}: source", change.source) for change in one.changes]
    for entry, code in cited:
        _check_known(f"{place}: {entry}", [code], known)


def _check_clauses(one: Instrument, policies: Policies, place: str) -> None:
    _refuse_twice(f"{place}: clauses", [clause.code for clause in one.clauses])
    for clause in one.clauses:
        at = f"{place}: clauses: {clause.code}: requirements"
        _check_known(at, clause.requirements, policies.requirements)
        if not clause.requirements:
            refuse(at, [], "needs one at least")


def _refuse_twice(place: str, codes: list[str]) -> None:
    for number, code in enumerate(codes):
        if code in codes[:number]:
            refuse(f"{place}: code", code, "stands twice")
