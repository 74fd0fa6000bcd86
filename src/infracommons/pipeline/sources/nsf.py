"""Awards of the US National Science Foundation: a year's XML files as nsf.gov packs them, or the API's JSON pages."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from lxml.etree import _Element as Element

from infracommons.pipeline.http import HttpHarvest, Request
from infracommons.pipeline.json_stream import items
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.pipeline.xml import xml_records
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_amount
from infracommons.vocabulary.text import normal_name

_DAY = "%m/%d/%Y"
_ADDRESS = "https://www.nsf.gov/awardsearch/showAward?AWD_ID="
_API_PATH = "/services/v1/awards.json"
_API_PAGE = 25  # the most that the API gives
_API_PAGE_HEAD = re.compile(rb'\s*\{\s*"response"\s*:')
_API_FROM = date(2000, 1, 1)
_API_FIELDS = (
    "id,title,abstractText,awardeeName,awardeeCountryCode,startDate,expDate,estimatedTotalAmt,fundsObligatedAmt,"
    "fundProgramName,primaryProgram,piFirstName,piLastName"
)


def _recognise(document: Document) -> bool:
    head = document.head()
    if document.suffix == ".json":
        return _API_PAGE_HEAD.match(head) is not None
    return document.suffix == ".xml" and b"<AwardEffectiveDate" in head


def _parse(document: Document) -> Iterator[tuple[str, Any]]:
    if document.suffix == ".json":
        yield from items(document, "award")
        return
    for number, award in enumerate(xml_records(document, "Award"), start=1):
        yield f"award {number}", award


def _normalise(native: Any) -> Award:  # noqa: ANN401
    values = _from_xml(native) if isinstance(native, Element) else _from_api(native)
    if _is_person(values["recipient_name"] or "", values["people"]):
        values["recipient_name"] = None
    return _award(**values)


def _is_person(recipient: str, people: Iterable[str]) -> bool:
    """Tell whether a fellowship is paid to the fellow ("Example, Ada B"), whose name stays out of the release."""
    words = set(normal_name(recipient).split())
    return "," in recipient and any(set(normal_name(person).split()) <= words for person in people if " " in person)


def _award(
    *,
    number: str,
    start: str | None,
    end: str | None,
    intended: object,
    obligated: object,
    **values: Any,  # noqa: ANN401
) -> Award:
    return Award(
        identifier=number,
        funder_name="U.S. National Science Foundation",
        funder_ror="https://ror.org/021nxhr62",
        funder_country_code="US",
        start_date=parse_date(start, field="start date", style=_DAY),
        end_date=parse_date(end, field="end date", style=_DAY),
        # What the agency means to pay; what it has paid so far where that is not given; 0 is no total.
        amount=parse_amount(intended, field="amount") or parse_amount(obligated, field="amount") or None,
        currency="USD",
        award_number=number,
        source_url=_ADDRESS + number,
        **values,
    )


def _from_xml(award: Element) -> dict[str, Any]:
    recipients = [name for institution in award.iterfind("Institution") if (name := institution.findtext("Name"))]
    programmes = [text for text in (one.text for one in award.iterfind("ProgramElement/Text")) if text]
    return {
        "number": award.findtext("AwardID") or "",
        "title": award.findtext("AwardTitle"),
        "description": award.findtext("AbstractNarration"),
        "recipient_name": recipients[0] if recipients else None,
        "recipient_country_code": country_code(award.findtext("Institution/CountryName")),
        "other_recipients": tuple(recipients[1:]),
        "programme": programmes[0] if programmes else None,
        "start": award.findtext("AwardEffectiveDate"),
        "end": award.findtext("AwardExpirationDate"),
        "intended": award.findtext("AwardTotalIntnAmount"),
        "obligated": award.findtext("AwardAmount"),
        "people": tuple(key for person in award.iterfind("Investigator") for key in _person_in_xml(person)),
    }


def _person_in_xml(person: Element) -> tuple[str, str]:
    """Return the agency's number of the person and the name, by which other publishers know the same person."""
    return person.findtext("NSF_ID") or "", f"{person.findtext('FirstName') or ''} {person.findtext('LastName') or ''}"


def _from_api(award: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": award.get("id") or "",
        "title": award.get("title"),
        "description": award.get("abstractText"),
        "recipient_name": award.get("awardeeName"),
        "recipient_country_code": country_code(award.get("awardeeCountryCode")),
        "programme": award.get("fundProgramName") or award.get("primaryProgram"),
        "start": award.get("startDate"),
        "end": award.get("expDate"),
        "intended": award.get("estimatedTotalAmt"),
        "obligated": award.get("fundsObligatedAmt"),
        "people": (f"{award.get('piFirstName') or ''} {award.get('piLastName') or ''}",),
    }


def _page(base_url: str, month: date, offset: int) -> Request:
    """Ask for awards of one month: the API gives no more than some thousands for one question."""
    last_day = _next_month(month) - timedelta(days=1)
    params = {
        "dateStart": month.strftime(_DAY),
        "dateEnd": last_day.strftime(_DAY),
        "printFields": _API_FIELDS,
        "rpp": str(_API_PAGE),
        "offset": str(offset),
    }
    return Request(base_url + _API_PATH, f"awards-{month:%Y-%m}-{offset:06d}.json", params)


def _following(request: Request, content: bytes) -> Request | None:
    base_url = request.url.removesuffix(_API_PATH)
    month = datetime.strptime(request.params["dateStart"], _DAY).replace(tzinfo=UTC).date()
    if len(orjson.loads(content)["response"].get("award") or ()) == _API_PAGE:
        return _page(base_url, month, int(request.params["offset"]) + _API_PAGE)
    month = _next_month(month)
    return _page(base_url, month, 1) if month <= datetime.now(UTC).date() else None


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


SOURCE = Source(
    name="nsf",
    publisher="U.S. National Science Foundation",
    homepage="https://www.nsf.gov/awardsearch/download.jsp",
    licence="US government work, public domain",
    richness=80,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
    http=HttpHarvest("https://api.nsf.gov", lambda base_url: _page(base_url, _API_FROM, 1), _following),
)
