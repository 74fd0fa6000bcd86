"""What experts write down about a policy that research must, should or may follow, each clause in our own words."""

from dataclasses import dataclass
from typing import Literal

Strength = Literal["must", "should", "may"]
Checked = Literal["official_text", "official_page", "secondary"]
SourceKind = Literal["official", "copy", "secondary"]
Level = Literal["global", "regional", "national", "funder", "community"]

STRENGTHS: tuple[Strength, ...] = ("must", "should", "may")  # strongest first
NOT_SAID = "not said"
UNKNOWN, NOT_APPLICABLE = "unknown", "not_applicable"
CHECKED: dict[Checked, str] = {
    "official_text": "from the official text",
    "official_page": "from the issuer's own page about it",
    "secondary": "from a secondary summary",
}
SOURCE_KINDS: dict[SourceKind, str] = {
    "official": "published by the issuer",
    "copy": "the text, published by somebody else",
    "secondary": "what somebody else says of it",
}
LEVELS: dict[Level, str] = {
    "global": "worldwide",
    "regional": "of several countries",
    "national": "of one country",
    "funder": "of a funder",
    "community": "of a community that anyone may join",
}


@dataclass(frozen=True)
class Issuer:
    """Who made the policy; `ror` is an address at ror.org, empty where there is none or it is not known."""

    name: str
    ror: str = ""


@dataclass(frozen=True)
class Source:
    """Where it can be read; `checked_on` is the day on which our words were last compared with it, or unknown."""

    code: str
    url: str
    label: str
    kind: SourceKind
    checked_on: str


@dataclass(frozen=True)
class Scope:
    """Whose research it is about, and which outputs."""

    research: str
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """One thing that is asked for, in our words; `source` is the code of one of the policy's sources."""

    code: str
    text: str
    strength: Strength
    requirements: tuple[str, ...]
    source: str
    location: str = ""
    applies_from: str = ""  # where it differs from the policy's own day


@dataclass(frozen=True)
class DatedChange:
    """Something that changed, on which day, and the code of the source that tells of it."""

    day: str
    what: str
    source: str


@dataclass(frozen=True)
class Instrument:
    """One policy. Days are 2002, 2002-02, 2002-02-14 or unknown; where nothing comes into force, not_applicable.

    `ended` is the first day on which it no longer holds, empty while it does. `days_source` is the code of the source
    that tells its days, the first source where it is empty.
    """

    code: str
    title: str
    short_title: str
    issuers: tuple[Issuer, ...]
    kind: str
    region: str
    level: Level
    adopted: str
    in_force: str
    summary: str
    scope: Scope
    clauses: tuple[Clause, ...]
    categories: tuple[str, ...]
    sources: tuple[Source, ...]
    checked: Checked
    countries: tuple[str, ...] = ()
    ended: str = ""
    days_source: str = ""
    changes: tuple[DatedChange, ...] = ()
    supersedes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class PolicyTerm:
    """A kind, a region or a requirement: its label, and what counts as it."""

    code: str
    label: str
    description: str = ""
