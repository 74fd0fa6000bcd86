"""Awards of the UK research councils: Gateway to Research, as project XML, as its API's JSON and as parsed JSON lines.

The project's own reference is left out of the record on purpose: it tells an award moved to a new host from a different
one, which is for the deduplication to find out.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from lxml.etree import _Element as Element

from infracommons.pipeline.http import HttpHarvest, Request
from infracommons.pipeline.json_stream import decoded, items, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.pipeline.xml import xml_records
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_amount
from infracommons.vocabulary.problems import FieldProblem

_API_PAGE = 100
_ADDRESS = "https://gtr.ukri.org/project/"
_IN_CHARGE = {"PRINCIPAL_INVESTIGATOR", "FELLOW", "TRAINING_GRANT_HOLDER"}
_TAKING_PART = {"COLLABORATOR", "PROJECT_PARTNER", "PARTICIPANT_ORG", "FELLOWSHIP_HOST"}
_CORE_LINE = re.compile(rb'\{"id": ?"[^"]*", ?"(ref|title|status)": ?')
_UK_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
_COUNCILS = {
    "AHRC": ("Arts and Humanities Research Council", "https://ror.org/0505m1554"),
    "BBSRC": ("Biotechnology and Biological Sciences Research Council", "https://ror.org/00cwqg982"),
    "EPSRC": ("Engineering and Physical Sciences Research Council", "https://ror.org/0439y7842"),
    "ESRC": ("Economic and Social Research Council", "https://ror.org/03n0ht308"),
    "INNOVATE UK": ("Innovate UK", "https://ror.org/05ar5fy68"),
    "MRC": ("Medical Research Council", "https://ror.org/03x94j517"),
    "NC3RS": (
        "National Centre for the Replacement, Refinement and Reduction of Animals in Research",
        "https://ror.org/02w0kg036",
    ),
    "NERC": ("Natural Environment Research Council", "https://ror.org/02b5d8509"),
    "STFC": ("Science and Technology Facilities Council", "https://ror.org/057g20z61"),
    "UKRI": ("UK Research and Innovation", "https://ror.org/001aqnf71"),
}


def _recognise(document: Document) -> bool:
    head = document.head()
    if document.suffix == ".xml":
        return b"http://gtr.ukri.org/api" in head and b"projectOverview" in head
    if document.suffix in {".jsonl", ".ndjson"}:
        return _CORE_LINE.match(head) is not None
    return document.suffix == ".json" and b'"facetedSearchResultBean"' in head


def _parse(document: Document) -> Iterator[tuple[str, Any]]:
    if document.suffix == ".xml":
        for number, composition in enumerate(xml_records(document, "{*}projectComposition"), start=1):
            yield f"project {number}", composition
    elif document.suffix == ".json":
        yield from items(document, "results")
    else:
        yield from lines(document)


def _normalise(native: Any) -> Award:  # noqa: ANN401
    if isinstance(native, Element):
        return _award(**_from_overview(native))
    record = decoded(native)
    return _award(**(_from_api(record["projectComposition"]) if "projectComposition" in record else _from_core(record)))


def _award(  # noqa: PLR0913 - the values that all three shapes give
    *,
    identifier: str | None,
    council: str | None,
    value: object,
    title: str | None,
    abstract: str | None,
    programme: str | None,
    status: str | None,
    start: date | None,
    end: date | None,
    lead: str | None,
    country: str | None,
    others: list[str],
    people: list[str],
) -> Award:
    name, ror = _COUNCILS.get((council or "").upper(), (council, None))
    amount = parse_amount(value, field="valuePounds")
    return Award(
        identifier=identifier or "",
        funder_name=name,
        funder_ror=ror,
        funder_country_code="GB",
        recipient_name=lead,
        recipient_country_code=country,
        other_recipients=tuple(dict.fromkeys(other for other in others if other and other != lead)),
        programme=programme,
        title=title,
        description=abstract,
        start_date=start,
        end_date=end,
        amount=amount or None,  # the Gateway writes 0 where a value is not published
        currency="GBP",
        status=status,
        people=tuple(people),
        source_url=_ADDRESS + (identifier or ""),
    )


def _from_overview(composition: Element) -> dict[str, Any]:
    """Read the XML of one project."""

    def text(path: str) -> str | None:
        return composition.findtext("/".join(f"{{*}}{step}" for step in path.split("/")))

    def with_role(path: str, roles: set[str], value: str) -> list[str]:
        found = composition.iterfind("/".join(f"{{*}}{step}" for step in path.split("/")))
        return [one.findtext(f"{{*}}{value}") or "" for one in found if roles & _role_names(one)]

    return {
        "identifier": text("project/id"),
        "council": text("project/fund/funder/name"),
        "value": text("project/fund/valuePounds"),
        "title": text("project/title"),
        "abstract": text("project/abstractText"),
        "programme": text("project/rcukProgrammes/rcukProgramme/text") or text("project/grantCategory"),
        "status": text("project/status"),
        "start": parse_date(text("project/fund/start"), field="start"),
        "end": parse_date(text("project/fund/end"), field="end"),
        "lead": text("leadResearchOrganisation/name"),
        "country": _country(
            text("leadResearchOrganisation/address/country"), text("leadResearchOrganisation/address/postCode")
        ),
        "others": with_role("organisationRoles/organisationRole", _TAKING_PART, "name"),
        "people": with_role("personRoles/personRole", _IN_CHARGE, "id"),
    }


def _role_names(one: Element) -> set[str]:
    return {role.text or "" for role in one.iterfind("{*}roles/{*}role/{*}name")}


def _from_api(composition: dict[str, Any]) -> dict[str, Any]:
    """Read one result of the API's project search."""
    project = composition["project"]
    fund = project.get("fund") or {}
    lead = composition.get("leadResearchOrganisation") or {}
    address = lead.get("address") or {}

    def with_role(key: str, roles: set[str], value: str) -> list[str]:
        found = composition.get(key) or []
        return [one.get(value) or "" for one in found if roles & {role["name"] for role in one.get("roles") or []}]

    programmes = project.get("rcukProgrammes") or []
    return {
        "identifier": project.get("id"),
        "council": (fund.get("funder") or {}).get("name"),
        "value": fund.get("valuePounds"),
        "title": project.get("title"),
        "abstract": project.get("abstractText"),
        "programme": programmes[0].get("text") if programmes else project.get("grantCategory"),
        "status": project.get("status"),
        "start": _epoch_day(fund.get("start"), "start"),
        "end": _epoch_day(fund.get("end"), "end"),
        "lead": lead.get("name"),
        "country": _country(address.get("country"), address.get("postCode")),
        "others": with_role("organisationRoles", _TAKING_PART, "name"),
        "people": with_role("personRoles", _IN_CHARGE, "id"),
    }


def _from_core(record: dict[str, Any]) -> dict[str, Any]:
    """Read one line of the parsed file. Its `ref` is not read: see the module."""
    return {
        "identifier": record.get("id"),
        "council": record["funder"],
        "value": record["value"],
        "title": record["title"],
        "abstract": record["abstract"],
        "programme": record["category"],
        "status": record["status"],
        "start": parse_date(record["start"], field="start"),
        "end": parse_date(record["end"], field="end"),
        "lead": record["lead_org"],
        "country": _country(None, record["postcode"]),
        "others": [name for name, _, roles in record["orgs"] if _TAKING_PART & set(roles)],
        "people": record["pi_ids"],
    }


def _epoch_day(value: object, field: str) -> date | None:
    """Return the day of a time in milliseconds: midnight in London, so 23:00 of the day before where it is summer."""
    if value is None:
        return None
    if isinstance(value, str):
        return parse_date(value, field=field)
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=value, hours=1)  # type: ignore[arg-type]
    except (OverflowError, TypeError) as error:
        raise FieldProblem("bad_date", field, value, "not a time in milliseconds since 1970") from error
    return parse_date(moment.date(), field=field)


def _country(country: str | None, postcode: str | None) -> str | None:
    return country_code(country) or ("GB" if postcode and _UK_POSTCODE.fullmatch(postcode.strip()) else None)


def _page(base_url: str, number: int) -> Request:
    params = {"term": "*", "page": str(number), "fetchSize": str(_API_PAGE)}
    return Request(f"{base_url}/api/search/project", f"projects-{number:06d}.json", params)


def _following(request: Request, content: bytes) -> Request | None:
    found = orjson.loads(content)["facetedSearchResultBean"]
    number = int(request.params["page"])
    is_last = not found["results"] or number * _API_PAGE >= found["totalResults"]
    return None if is_last else _page(request.url.removesuffix("/api/search/project"), number + 1)


SOURCE = Source(
    name="ukri_gtr",
    publisher="UK Research and Innovation, Gateway to Research",
    homepage="https://gtr.ukri.org/",
    licence="OGL-UK-3.0",
    richness=80,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
    http=HttpHarvest("https://gtr.ukri.org", lambda base_url: _page(base_url, 1), _following),
)
