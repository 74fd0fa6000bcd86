"""The shape of a field and of a vocabulary, as experts define them in `definitions/`."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "text",  # one line
    "rich_text",  # paragraphs, lists and links in a small subset of HTML
    "url",
    "contact",  # a web address or an e-mail address
    "yes_no",
    "year",
    "whole_number",
    "period",  # from one month to another
    "money",  # minor units and a currency
    "term",  # one term of a vocabulary
    "terms",  # several terms of a vocabulary, and text for what it lacks
    "practice",  # a policy or feature: status, links, statement
    "names",  # several short texts
    "licence",  # an SPDX licence expression
    "organisation",  # name and ROR
    "identifiers",  # scheme and value pairs
    "entries",  # a list of small records, and text for what is not in the list
    "image",
    "record",  # kept by the site about the record itself; nobody claims it
]
Visibility = Literal["public", "by_consent", "private"]
FREE_TEXT = "text"


@dataclass(frozen=True)
class EntryPart:
    """One part of a small record in a field of kind `entries`."""

    code: str
    label: str
    kind: Literal["text", "url", "date"] = "text"
    is_required: bool = False


@dataclass(frozen=True)
class InventoryColumns:
    """Columns of the incumbent catalogue's exports that hold this field; a test accounts for every one of them.

    `value` is the main column (for a practice: the status), `links` that of a practice's first links, `other` the text
    beside a vocabulary, `structured` the JSON column, `free_text` the text companion of a list.
    """

    value: str | None = None
    links: str | None = None
    other: str | None = None
    structured: str | None = None
    free_text: str | None = None


@dataclass(frozen=True)
class FieldDefinition:
    """One thing that can be claimed of an infrastructure; forms, checks, pages, files and the API follow from it."""

    code: str
    label: str
    kind: Kind
    section: str
    question: str = ""  # asked in forms
    help: str = ""  # what counts, and where to look for evidence
    vocabulary: str | None = None  # of term and terms; of a practice: its scale
    parts: tuple[EntryPart, ...] = ()  # of entries
    most: int | None = None  # terms, links or entries at the most
    max_length: int | None = None
    is_required: bool = False  # in a suggestion before it can be sent
    visibility: Visibility = "public"
    max_age_days: int | None = None  # after that the value is stale
    coded_by: str | None = None  # of a text: the vocabulary whose terms its words may state, to be counted
    is_facet: bool = False
    is_compared: bool = True
    search_weight: int = 0  # 0 is not searched
    schema_org: str | None = None
    inventory: InventoryColumns = field(default_factory=InventoryColumns)

    @property
    def takes_other(self) -> bool:
        """Whether text may stand beside the terms."""
        return self.kind in {"term", "terms"}


@dataclass(frozen=True)
class Section:
    """A part of a profile."""

    code: str
    label: str
    fields: tuple[FieldDefinition, ...]


@dataclass(frozen=True)
class TermDefinition:
    """One term of a vocabulary; `provides` tells code what it means, whatever it is called."""

    code: str
    label: str
    description: str = ""
    provides: str = ""
    also: tuple[str, ...] = ()  # spellings met in imports
    same_as: str = ""  # address of the same term elsewhere, such as SPDX or Wikidata
    infrastructure: str = ""  # id of the infrastructure that the term names
    inventory: str = ""  # the incumbent's spelling, where it is not the label; files in its format have it
    cues: tuple[str, ...] = ()  # words by which a text states the term; a star stands for any ending


@dataclass(frozen=True)
class VocabularyDefinition:
    """A named list of terms. `source` is `terms` (curators manage them), `scale` (fixed) or a library's list."""

    code: str
    label: str
    source: Literal["terms", "scale", "countries", "currencies"]
    inventory: str  # its key in the incumbent's inventory, or empty
    terms: tuple[TermDefinition, ...] = ()
