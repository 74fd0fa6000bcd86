"""Turns one row of the incumbent's export into the claims of one infrastructure."""

from dataclasses import dataclass, replace
from datetime import date

from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.problems import FieldProblem
from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.claims.profile import Profile
from infracommons.web.catalogue.exchange.imports.inventory_values import (
    CURRENCY,
    Reading,
    columns_of,
    raw_claim,
    structured,
)
from infracommons.web.catalogue.exchange.imports.matching import known_names
from infracommons.web.catalogue.exchange.imports.row_cells import RowCells
from infracommons.web.catalogue.exchange.imports.standing import (
    says_nothing_new,
    why_it_yields,
    with_evidenced_terms,
    with_known_evidence,
)
from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ClaimProblems
from infracommons.web.catalogue.fields.registry import claimable_fields, field
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

IDENTIFIER, NAME, UPDATED, STATUS = "identifier", "001_service_name", "092_last_update", "109_publication_status"
_KEPT_BY_SITE = {
    "002_creation_date": "kept by the site: when its own record was made",
    "110_publication_date": "kept by the site: since when its own record is listed",
}
_LISTINGS = {"published": Listing.LISTED, "unpublished": Listing.SUGGESTED}
_LONGEST, _MOST = 50_000, 500
_SCOPES = {"applies_to_website": "applies_to_website", "applies_to_solution": "applies_to_solution"}


@dataclass(frozen=True)
class RowClaims:
    """What a row says: claims that add something, and how a new infrastructure is to be listed."""

    claims: list[ClaimInput]
    listing: str


def roomy(definition: FieldDefinition) -> FieldDefinition:
    """Return a field without the limits that forms set: what others once stored is not cut; names have a column."""
    if definition.code == "name":
        return definition
    return replace(definition, max_length=_LONGEST, most=None if definition.kind == "term" else _MOST)


def read_row(cells: RowCells, infrastructure: Infrastructure | None, book: TermBook) -> RowClaims:
    """Return the claims of a row; what cannot be stored is listed in `cells`.

    Raises ValueProblem where a JSON cell cannot be read, which is a sign of a broken row.
    """
    profile: Profile = infrastructure.profile if infrastructure else {}
    day = _day(cells)
    reading = Reading(book, profile, cells.text(CURRENCY).upper())
    filled = [one for one in claimable_fields() if any(cells.text(column) for column in columns_of(one))]
    found = [_named(cells, infrastructure), _scope(cells, book)]
    found += [
        _claim(definition, raw_claim(roomy(definition), cells, reading), cells, book)
        for definition in filled
        if definition.code != "name"
    ]
    dated = [replace(claim, checked_on=day) for claim in found if claim]
    cells.keep(IDENTIFIER)
    return RowClaims(_adding(dated, profile, cells, book), _listing(cells, infrastructure))


def _day(cells: RowCells) -> date | None:
    """Return the day of the row, on which its team last looked at it."""
    for column, reason in _KEPT_BY_SITE.items():
        cells.list(column, reason)
    try:
        day = parse_date(cells.text(UPDATED), field=UPDATED)
    except FieldProblem:
        cells.list(UPDATED, "not a date such as 2024-05-31; the row's claims say no day on which they were checked")
        return None
    cells.keep(UPDATED)
    return day


def _named(cells: RowCells, infrastructure: Infrastructure | None) -> ClaimInput | None:
    """Return the name of a new infrastructure, or one more alias of a known one."""
    name = " ".join(cells.text(NAME).split())
    cells.keep(NAME)
    if infrastructure is None:
        return _claim(field("name"), RawClaim(name), cells, TermBook([]))
    if normal_name(name) in known_names(infrastructure):
        return None
    known = (infrastructure.profile.get("aliases") or {}).get("value") or []
    return _claim(field("aliases"), RawClaim([*known, name]), cells, TermBook([]))


def _claim(definition: FieldDefinition, raw: RawClaim | None, cells: RowCells, book: TermBook) -> ClaimInput | None:
    """Return the checked claim; list the cells of one that cannot be stored."""
    if raw is None:
        return None
    try:
        return checked_claim(roomy(definition), raw, book)
    except ClaimProblems as wrong:
        reason = "; ".join(problem.message for problem in wrong.problems)
        for column in columns_of(definition):
            cells.list(column, reason, definition)
        return None


def _scope(cells: RowCells, book: TermBook) -> ClaimInput | None:
    """Return what an accessibility statement covers, where only the JSON of the statement says it."""
    scope, statement = field("accessibility_scope"), field("web_accessibility").inventory.structured
    told = structured(cells, statement)
    if any(cells.text(column) for column in columns_of(scope)) or not any(told.get(key) for key in _SCOPES):
        return None
    provided = {term.provides: term.code for term in book.choices(scope.vocabulary or "")}
    codes = [provided[meaning] for key, meaning in _SCOPES.items() if told.get(key) and meaning in provided]
    return _claim(scope, RawClaim({"terms": codes}), cells, book)


def _adding(claims: list[ClaimInput], profile: Profile, cells: RowCells, book: TermBook) -> list[ClaimInput]:
    """Return the claims that say something new; list the cells of those that what stands outweighs."""
    adding = []
    for said in claims:
        entry, definition = profile.get(said.field), field(said.field)
        is_terms = definition.kind == "terms"
        claim = with_evidenced_terms(said, entry, book, definition.vocabulary or "") if is_terms else said
        if says_nothing_new(claim, entry):
            continue
        if reason := why_it_yields(claim, entry):
            for column in _said_in(claim.field):
                cells.list(column, reason, definition)
            continue
        adding.append(with_known_evidence(claim, entry))
    return adding


def _said_in(code: str) -> list[str]:
    """Return the columns in which a row can say something of a field."""
    beside = {"aliases": [NAME], "accessibility_scope": [field("web_accessibility").inventory.structured or ""]}
    return [*columns_of(field(code)), *beside.get(code, [])]


def _listing(cells: RowCells, infrastructure: Infrastructure | None) -> str:
    given = cells.text(STATUS).lower()
    listing = _LISTINGS.get(given, Listing.LISTED)
    cells.keep(STATUS)
    if given and given not in _LISTINGS:
        cells.list(STATUS, "not published or unpublished; a new infrastructure is listed")
    elif given and infrastructure and infrastructure.listing != listing:
        cells.list(STATUS, f"stays {infrastructure.get_listing_display()}: curators decide what is listed")
    return listing
