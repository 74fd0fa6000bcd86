"""Finds which organisation a name means: by identifier, then exact name, alias, acronym or legal name, with country."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from infracommons.methods.name_words import words_of
from infracommons.vocabulary.text import clean, normal_name

NAME, ALIAS, ACRONYM, LEGAL_NAME = "name", "alias", "acronym", "legal name"
_KINDS = (NAME, ALIAS, ACRONYM, LEGAL_NAME)
PERSON = "person"
_ACTIVE = "active"


@dataclass(frozen=True)
class Organisation:
    """An organisation of the registry, in the newest version of its record."""

    ror_id: str
    name: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    country_code: str | None = None
    kind: str | None = None
    parent_ror_id: str | None = None
    status: str = _ACTIVE
    successor_ror_id: str | None = None


@dataclass(frozen=True)
class NameSeen:
    """An organisation as an award names it."""

    name: str
    ror_id: str | None = None
    country_code: str | None = None


@dataclass(frozen=True)
class Identified:
    """The organisation a name means and how that is known; `ror_id` is empty for one of our own."""

    organisation_id: str
    name: str
    how: str
    ror_id: str | None = None
    country_code: str | None = None


class Registry:
    """All organisations by identifier and by name."""

    def __init__(self, organisations: Iterable[Organisation], meant: Mapping[str, str] | None = None) -> None:
        """Index the organisations; withdrawn ones without a successor are left out of the names.

        `meant` holds what people decided of names that the registry does not know: id of our own to ROR id.
        """
        self._meant = dict(meant or {})
        self._by_ror = {organisation.ror_id: organisation for organisation in organisations}
        self._by_name: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in _KINDS}
        for organisation in self._by_ror.values():
            if organisation.status != "withdrawn":
                self._index(organisation)

    def with_known(self, others: Iterable[Organisation]) -> "Registry":
        """Return a registry that also knows organisations whose identifier others give and whose record it lacks."""
        missing = {other.ror_id: other for other in others if other.ror_id not in self._by_ror}
        return Registry([*self._by_ror.values(), *missing.values()], self._meant) if missing else self

    def with_meant(self, meant: Mapping[str, str]) -> "Registry":
        """Return a registry that also knows what people decided (id of our own to ROR id)."""
        return Registry(self._by_ror.values(), {**self._meant, **meant}) if meant else self

    def spellings(self) -> Iterator[tuple[str, Organisation]]:
        """Yield each name, as words are compared, with each active organisation that bears it."""
        for kind in (LEGAL_NAME, ALIAS):
            for spelling, bearers in self._by_name[kind].items():
                for ror_id in bearers:
                    if self._by_ror[ror_id].status == _ACTIVE:
                        yield spelling, self._by_ror[ror_id]

    def get(self, ror_id: str) -> Organisation | None:
        """Return the organisation of that identifier, or the one that succeeded it; None where it is not known."""
        organisation = self._by_ror.get(ror_id)
        for _ in range(len(self._by_ror)):
            successor = self._by_ror.get(organisation.successor_ror_id or "") if organisation else None
            if organisation is None or organisation.status == _ACTIVE or successor is None:
                break
            organisation = successor
        return organisation

    def identify(self, seen: NameSeen) -> Identified:
        """Return what is known of a name; one that is not in the registry gets a stable id made from it."""
        if seen.ror_id and (organisation := self.get(seen.ror_id)):
            return _identified(organisation, "identifier")
        for kind in _KINDS:
            if organisation := self._unique(kind, seen):
                return _identified(organisation, kind)
        mine = own(seen)
        said = self.get(self._meant.get(mine.organisation_id, ""))
        return _identified(said, PERSON) if said else mine

    def _unique(self, kind: str, seen: NameSeen) -> Organisation | None:
        """Return the one organisation of that name in the country; where the country is not known, the only one."""
        spelling = clean(seen.name)
        if kind == ACRONYM and (" " in spelling or not spelling.isupper()):
            return None
        found = [self._by_ror[ror_id] for ror_id in sorted(self._by_name[kind].get(_key(kind, spelling), ()))]
        if seen.country_code:
            found = [o for o in found if o.country_code == seen.country_code]
        elif kind == ACRONYM:
            return None  # three letters without a country mean too many things
        active = [o for o in found if o.status == _ACTIVE] or found
        return active[0] if len(active) == 1 else None

    def _index(self, organisation: Organisation) -> None:
        own_name = (organisation.name,)
        names = {NAME: own_name, ALIAS: organisation.aliases, ACRONYM: organisation.acronyms, LEGAL_NAME: own_name}
        for kind, spellings in names.items():
            for spelling in spellings:
                # The registry tells namesakes apart by the country in brackets, which awards do not write.
                for form in {spelling, spelling.partition(" (")[0]}:
                    self._by_name[kind][_key(kind, form)].add(organisation.ror_id)


def _key(kind: str, spelling: str) -> str:
    """Return what spellings of one name share; names in law lose office and legal form ("Regents of the", "Inc.")."""
    return " ".join(words_of(spelling)) if kind == LEGAL_NAME else normal_name(spelling)


def own(seen: NameSeen) -> Identified:
    """Return an organisation of our own: its id comes from the name without legal form and the country alone."""
    key = f"{_key(LEGAL_NAME, seen.name)}|{seen.country_code or ''}"
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return Identified(f"org:{digest}", clean(seen.name), "own", None, seen.country_code)


def _identified(organisation: Organisation, how: str) -> Identified:
    return Identified(
        organisation_id=organisation_id(organisation.ror_id),
        name=organisation.name,
        how=how,
        ror_id=organisation.ror_id,
        country_code=organisation.country_code,
    )


def organisation_id(ror_id: str) -> str:
    """Return our id of an organisation in the registry.

    >>> organisation_id("https://ror.org/021nxhr62")
    'ror:021nxhr62'
    """
    return "ror:" + ror_id.rsplit("/", 1)[-1]


def ror_address(organisation_id: str) -> str:
    """Return the address of the registry's record.

    >>> ror_address("ror:021nxhr62")
    'https://ror.org/021nxhr62'
    """
    return "https://ror.org/" + organisation_id.removeprefix("ror:")
