"""Projects of the Dutch Research Council: the JSON of its open data service (NWOpen)."""

from collections.abc import Iterator
from typing import Any

from infracommons.pipeline.json_stream import items
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.money import parse_amount

_ADDRESS = "https://www.nwo.nl/en/projects/"
_SIGNS = (b'"projects"', b'"project_id"', b'"funding_scheme_id"')
_IN_CHARGE = ("Main Applicant", "Project leader")
_NOT_KNOWN = {"", "Onbekend"}


def _recognise(document: Document) -> bool:
    if document.suffix != ".json":
        return False
    head = document.head()
    return all(sign in head for sign in _SIGNS)


def _parse(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from items(document, "projects")


def _normalise(native: dict[str, Any]) -> Award:
    members = native.get("project_members") or []
    in_charge = [member for role in _IN_CHARGE for member in members if member.get("role") == role]
    organisations = list(dict.fromkeys(filter(None, map(_organisation, [*in_charge, *members]))))
    amount = parse_amount(native.get("award_amount"), field="award_amount")
    identifier = native.get("project_id") or ""
    return Award(
        identifier=identifier,
        funder_name="Dutch Research Council (NWO)",
        funder_ror="https://ror.org/04jsz6e67",
        funder_country_code="NL",
        recipient_name=organisations[0] if organisations else None,
        other_recipients=tuple(organisations[1:]),
        programme=native.get("funding_scheme"),
        title=native.get("title"),
        description=native.get("summary_en") or native.get("summary_nl"),
        start_date=parse_date(native.get("start_date"), field="start_date"),
        end_date=parse_date(native.get("end_date"), field="end_date"),
        award_year=parse_year(native.get("reporting_year"), field="reporting_year"),
        amount=amount,
        currency=None if amount is None else "EUR",
        award_number=identifier,
        people=tuple(dict.fromkeys(map(_name, in_charge))),
        source_url=_ADDRESS + identifier.replace(".", "").lower(),
    )


def _organisation(member: dict[str, Any]) -> str | None:
    """Return the organisation without its faculty and department, which follow after bars."""
    name = (member.get("organisation") or "").partition("||")[0].strip()
    return name if name not in _NOT_KNOWN else None


def _name(member: dict[str, Any]) -> str:
    parts = (member.get(part) for part in ("first_name", "prefix", "last_name"))
    return " ".join(part for part in parts if part)


SOURCE = Source(
    name="nwo",
    publisher="Dutch Research Council (NWO)",
    homepage="https://data.nwo.nl/en/how-to-use-the-nwopen-api",
    licence="CC0-1.0",
    richness=80,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
)
