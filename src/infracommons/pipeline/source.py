"""What a source must say about itself; a source is one file in `sources/` with a `SOURCE` of this kind."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Protocol

from infracommons.pipeline import sources as sources_package
from infracommons.pipeline.http import HttpHarvest
from infracommons.pipeline.raw import Document

# What a parser may raise on a document that is damaged or hostile; lxml's and orjson's errors are among these.
PARSER_ERRORS = (
    ValueError, SyntaxError, EOFError, OSError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip
Gives = Literal["record", "organisation", "rate", "infrastructure", "characteristic", "decision"]


@dataclass(frozen=True, kw_only=True)
class Award:
    """One award record in a publisher's words, parsed; text is cleaned later, once for all sources.

    `identifier` is the publisher's own and unique there. `people` are names or identifiers of those in charge: they
    become one-way keys for matching and are never published.
    """

    identifier: str
    funder_name: str | None = None
    funder_ror: str | None = None
    funder_country_code: str | None = None
    recipient_name: str | None = None
    recipient_ror: str | None = None
    recipient_country_code: str | None = None
    other_recipients: tuple[str, ...] = ()
    programme: str | None = None
    title: str | None = None
    description: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    award_year: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    award_number: str | None = None
    instalment_of: str | None = None
    status: str | None = None
    people: tuple[str, ...] = ()
    source_url: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Fact:
    """One row of a registry or of people's decisions: its table's contract says which values it has."""

    values: dict[str, Any]


class Normalise(Protocol):
    """Turn one native record into what it says; FieldProblem where a value cannot be read."""

    def __call__(self, native: Any, /) -> Award | Fact | Iterable[Fact]:  # noqa: ANN401
        """Return one award, or facts."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """All that the pipeline knows of a publisher or format.

    name: as the module. richness: the richer source's record leads an award that several describe.
    identifiers_are_unique: the publisher gives an identifier to one award only, so that one that comes again is a newer
    version of its record; not so for made-up identifiers.
    recognise: whether a document has this source's format, by name and first bytes.
    parse: native records in the document's order, each with its place in words ("row 12"); UnusableInputError or any
    parser's own error where the document breaks off. normalise: see Normalise.
    """

    name: str
    publisher: str
    homepage: str
    licence: str
    gives: Gives = "record"
    richness: int = 50
    identifiers_are_unique: bool = False
    recognise: Callable[[Document], bool]
    parse: Callable[[Document], Iterator[tuple[str, Any]]]
    normalise: Normalise
    http: HttpHarvest | None = None


@cache
def all_sources() -> dict[str, Source]:
    """Return every source by name: each module of the package `sources` has one."""
    names = sorted(module.name for module in pkgutil.iter_modules(sources_package.__path__))
    return {name: importlib.import_module(f"{sources_package.__name__}.{name}").SOURCE for name in names}
