"""What experts write down about an infrastructure: the facts of the catalogue and the knowledge for finding it."""

from dataclasses import dataclass, field
from typing import Any, Literal

TextField = Literal["title", "description", "recipient_name"]
HostRole = Literal["current", "former", "founder", "fiscal_sponsor", "developer"]


@dataclass(frozen=True)
class Host:
    """An organisation whose awards for the infrastructure are direct support, with the spellings funders use."""

    name: str
    role: HostRole
    ror: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Steward:
    """The organisation that runs an infrastructure today."""

    name: str
    ror: str | None = None


@dataclass(frozen=True)
class Integration:
    """Another infrastructure that this one works with, and where that can be read."""

    infrastructure_id: str
    evidence: str


@dataclass(frozen=True)
class OtherMeaning:
    """Something else that the infrastructure's name means in award texts, with the words that give it away."""

    meaning: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """A sentence that must, or must not, give a mention."""

    field: TextField
    text: str


@dataclass(frozen=True)
class SearchTerms:
    """How an infrastructure is found in award texts and what tells a right mention from a wrong one."""

    expressions: dict[TextField, tuple[str, ...]]
    negative: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    other_meanings: tuple[OtherMeaning, ...] = ()
    matching_examples: tuple[Example, ...] = ()
    other_examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Infrastructure:
    """One open infrastructure: facts with our own one-line summary, and its search terms."""

    infrastructure_id: str
    name: str
    summary: str
    homepage: str
    categories: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    steward: Steward | None = None
    hosts: tuple[Host, ...] = ()
    country: str | None = None
    code_repository: str | None = None
    licence: str | None = None
    launched: int | None = None
    identifiers: dict[str, Any] = field(default_factory=dict)
    integrations: tuple[Integration, ...] = ()
    terms: SearchTerms = field(default_factory=lambda: SearchTerms({}))
