"""Grants in the 360Giving Data Standard: JSON packages, XLSX and CSV with the standard's headings, the API's pages."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import orjson

from infracommons.pipeline.csv_rows import CsvRow, csv_rows, header
from infracommons.pipeline.http import HttpHarvest, Request
from infracommons.pipeline.json_stream import items
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.pipeline.spreadsheet import text_encoding, xlsx_peek, xlsx_rows
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.money import parse_amount, parse_currency

# Headings of the flat files, beside the paths of the JSON they stand for: both are allowed as headings.
_FIELDS = {
    "identifier": "id",
    "title": "title",
    "description": "description",
    "currency": "currency",
    "amount awarded": "amountAwarded",
    "award date": "awardDate",
    "data source": "dataSource",
    "url": "url",
}
_GROUPS = {
    "recipient org": "recipientOrganization",
    "recipient ind": "recipientIndividual",
    "funding org": "fundingOrganization",
    "grant programme": "grantProgramme",
    "planned dates": "plannedDates",
}
_GROUP_FIELDS = {
    "identifier": "id",
    "name": "name",
    "country": "addressCountry",
    "title": "title",
    "code": "code",
    "start date": "startDate",
    "end date": "endDate",
}
_HEADING = re.compile(r"([^:/]+)[:/](?:(\d+)[:/])?([^:/]+)")
_LICENCE = re.compile(rb'"license"\s*:\s*"([^"]+)"')
_PAGE = re.compile(rb'\s*\{\s*"count"\s*:')  # the API's; packages begin otherwise
_YEAR_OR_MONTH = re.compile(r"(\d{4})(-\d{2})?")
_EXCEL_RETURN = "_x000D_"  # left in JSON that was made from a spreadsheet
_ROR_PREFIX = "XI-ROR-"
# Funders of research, by the identifier they have in the standard.
_FUNDER_RORS = {
    "GB-CHC-210183": "https://ror.org/029chgv08",  # Wellcome Trust
    "GB-CHC-206601": "https://ror.org/0281jqk77",  # Nuffield Foundation
}
_API_PAGE = 1000


def _recognise(document: Document) -> bool:
    if document.suffix == ".xlsx":
        text = xlsx_peek(document).lower()
        return b"identifier" in text and (b"funding org:" in text or b"fundingorganization/" in text)
    if document.suffix == ".csv":
        return _are_grants(header(document))
    if document.suffix != ".json":
        return False
    head = document.head()
    if _PAGE.match(head):
        return b'"grant_id"' in head
    return (
        re.match(rb"(\xef\xbb\xbf)?\s*\{", head) is not None
        and b'"grants"' in head
        and b'"fundingOrganization"' in head
    )


def _parse(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    if document.suffix == ".xlsx":
        yield from _from_sheets(document)
    elif document.suffix == ".csv":
        yield from csv_rows(document, text_encoding(document))
    else:
        yield from _from_json(document)


def _from_json(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    head = document.head()
    if _PAGE.match(head):
        for place, result in items(document, "results"):
            yield place, result["data"]
        return
    licence = _LICENCE.search(head)
    for place, grant in items(document, "grants"):
        yield place, {**grant, "license": licence[1].decode() if licence else None}


def _from_sheets(document: Document) -> Iterator[tuple[str, CsvRow]]:
    """Read every sheet that has the headings of grants; a workbook may hold notes beside them."""
    sheet, headings = "", list[str]()
    for name, number, row in xlsx_rows(document):
        if name != sheet:
            sheet, headings = name, row if _are_grants(row) else []
        elif headings and any(row):
            yield f"sheet {sheet!r} row {number}", CsvRow(headings, row)


def _are_grants(headings: Iterable[str]) -> bool:
    return {("", 0, "id"), ("fundingOrganization", 0, "id")} <= {_place(heading) for heading in headings}


@cache
def _place(heading: str) -> tuple[str, int, str] | None:
    """Return what a column holds: a group (or nothing), the number in it, and a field. None where we do not read it."""
    parts = _HEADING.fullmatch(heading.strip())
    if not parts:
        field = _named(heading, _FIELDS)
        return ("", 0, field) if field else None
    group, field = _named(parts[1], _GROUPS), _named(parts[3], _GROUP_FIELDS)
    return (group, int(parts[2] or 0), field) if group and field else None


def _named(name: str, names: dict[str, str]) -> str | None:
    """Return the name in JSON of what a heading calls by that name or by its title."""
    plain = name.strip()
    return names.get(plain.casefold(), plain if plain in names.values() else None)


def _grant(row: CsvRow) -> dict[str, Any]:
    """Return the row as the JSON grant it stands for."""
    if not row.is_whole:
        row["Identifier"]  # says that the row is not whole
    grant: dict[str, Any] = {}
    members: dict[str, dict[int, dict[str, str]]] = {}
    for heading, cell in row.items():
        place = _place(heading)
        if place is None or not cell.strip():
            continue
        group, number, field = place
        to = members.setdefault(group, {}).setdefault(number, {}) if group else grant
        to[field] = cell.strip()
    return grant | {group: [one for _, one in sorted(found.items())] for group, found in members.items()}


def _normalise(native: dict[str, Any]) -> Award:
    grant = _grant(native) if isinstance(native, CsvRow) else native
    recipients, funder = _several(grant, "recipientOrganization"), _first(grant, "fundingOrganization")
    recipient = recipients[0] if recipients else {}
    person = _first(grant, "recipientIndividual")
    planned = _first(grant, "plannedDates")
    day, year = _day(planned.get("startDate") or grant.get("awardDate"), "awardDate")
    return Award(
        identifier=grant.get("id") or "",
        funder_name=funder.get("name"),
        funder_ror=_ror(funder),
        funder_country_code=_country(funder),
        recipient_name=recipient.get("name"),
        recipient_ror=_ror(recipient),
        recipient_country_code=_country(recipient),
        other_recipients=tuple(one["name"] for one in recipients[1:] if one.get("name")),
        programme=_first(grant, "grantProgramme").get("title"),
        title=_text(grant.get("title"), person),
        description=_text(grant.get("description"), person),
        start_date=day,
        award_year=year,
        end_date=_day(planned.get("endDate"), "plannedDates/endDate")[0],
        amount=parse_amount(grant.get("amountAwarded"), field="amountAwarded"),
        currency=parse_currency(grant.get("currency"), field="currency"),
        award_number=grant.get("id"),
        people=(person["id"],) if person.get("id") else (),
        source_url=grant.get("url") or grant.get("dataSource"),
        licence=grant.get("license"),
    )


def _several(grant: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = grant.get(key) or []
    return value if isinstance(value, list) else [value]


def _first(grant: dict[str, Any], key: str) -> dict[str, Any]:
    return next(iter(_several(grant, key)), {})


def _day(value: object, field: str) -> tuple[date | None, int | None]:
    """Return the day and year. The standard allows a month or year alone: then no day is invented."""
    text = str(value or "").strip()
    if coarse := _YEAR_OR_MONTH.fullmatch(text):
        return None, parse_year(coarse[1], field=field)
    return parse_date(text, field=field), None


def _ror(organisation: dict[str, Any]) -> str | None:
    identifier = str(organisation.get("id") or "")
    if identifier.startswith(_ROR_PREFIX):
        return f"https://ror.org/{identifier.removeprefix(_ROR_PREFIX).lower()}"
    return _FUNDER_RORS.get(identifier)


def _country(organisation: dict[str, Any]) -> str | None:
    """Return the country given, else that of the register the identifier is from (`GB-CHC-` is one of Britain)."""
    register = str(organisation.get("id") or "").partition("-")[0]
    return country_code(organisation.get("addressCountry")) or (country_code(register) if len(register) == 2 else None)  # noqa: PLR2004


def _text(text: str | None, person: dict[str, Any]) -> str | None:
    """Leave out the name of a person who receives a grant, which publishers repeat, and what Excel calls a return."""
    name = person.get("name")
    plain = (text or "").replace(_EXCEL_RETURN, "")
    return plain.replace(name, "an individual") if name else plain


def _page(url: str, funder: str, offset: int) -> Request:
    params = {"limit": str(_API_PAGE), "offset": str(offset)}
    return Request(url, f"grants-{funder.lower()}-{offset:07d}.json", params)


def _grants_made(base_url: str, funder: str) -> Request:
    return _page(f"{base_url}/org/{funder}/grants_made/", funder, 0)


def _following(request: Request, content: bytes) -> Request | None:
    base_url, _, rest = request.url.partition("/org/")
    funder = rest.removesuffix("/grants_made/")
    page = orjson.loads(content)
    if page["next"]:
        return _page(request.url, funder, int(request.params["offset"]) + _API_PAGE)
    funders = list(_FUNDER_RORS)
    after = funders[funders.index(funder) + 1 :]
    return _grants_made(base_url, after[0]) if after else None


SOURCE = Source(
    name="threesixtygiving",
    publisher="Publishers of the 360Giving Data Standard",
    homepage="https://www.360giving.org/",
    licence="CC-BY-4.0",
    richness=70,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
    http=HttpHarvest(
        "https://api.threesixtygiving.org/api/v1",
        lambda base_url: _grants_made(base_url, next(iter(_FUNDER_RORS))),
        _following,
    ),
)
