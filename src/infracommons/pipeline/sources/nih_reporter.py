"""Awards of the US National Institutes of Health and sister agencies: JSON pages of RePORTER's project search, v2.

RePORTER has a record for each support year, so records of one core project are instalments of one award. A subproject
of a centre is part of its parent's amount: its record carries text and dates but no amount, so that nothing counts
twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from infracommons.pipeline.http import HttpHarvest, Request
from infracommons.pipeline.json_stream import items
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.money import parse_amount
from infracommons.vocabulary.problems import UnusableInputError

_ADDRESS = "https://reporter.nih.gov/project-details/"
# Agencies whose projects RePORTER has, by its code.
_AGENCIES = {
    "NIH": ("National Institutes of Health", "https://ror.org/01cwqze88"),
    "ACF": ("Administration for Children and Families", "https://ror.org/00g8hms52"),
    "ACL": ("Administration for Community Living", "https://ror.org/00vf4jm23"),
    "AHRQ": ("Agency for Healthcare Research and Quality", None),
    "CDC": ("Centers for Disease Control and Prevention", "https://ror.org/042twtr12"),
    "FDA": ("United States Food and Drug Administration", "https://ror.org/034xvzb47"),
    "VA": ("United States Department of Veterans Affairs", "https://ror.org/05rsv9s98"),
}
_API_PATH = "/v2/projects/search"
_API_PAGE = 500
_API_MOST = 15_000  # no page lies beyond, so one question must not have more answers
_API_FROM = date(2000, 1, 1)
_API_DAYS = timedelta(days=7)


def _recognise(document: Document) -> bool:
    head = document.head()
    is_result = b'"appl_id"' in head or (b'"search_id"' in head and b'"results"' in head)
    return document.suffix == ".json" and b'"results"' in head and is_result


def _parse(document: Document) -> Iterator[tuple[str, Any]]:
    yield from items(document, "results")


def _normalise(project: dict[str, Any]) -> Award:
    institute = (project.get("agency_ic_admin") or {}).get("name")
    name, ror = _AGENCIES.get(project.get("agency_code") or "NIH", (institute, None))
    organisation = project.get("organization") or {}
    core = project.get("core_project_num") or None
    is_part = bool(project.get("subproject_id"))
    amount = parse_amount(project.get("award_amount"), field="award_amount")
    appl_id = str(project.get("appl_id") or "")
    return Award(
        identifier=appl_id,
        funder_name=name,
        funder_ror=ror,
        funder_country_code="US",
        recipient_name=organisation.get("org_name"),
        recipient_country_code=country_code(organisation.get("org_country")),
        programme=institute,
        title=project.get("project_title"),
        description=project.get("abstract_text") or project.get("phr_text"),
        start_date=_day(project, "budget_start", "project_start_date"),
        end_date=_day(project, "budget_end", "project_end_date"),
        award_year=parse_year(project.get("fiscal_year"), field="fiscal_year"),
        amount=None if is_part else amount,
        currency="USD",
        award_number=core or project.get("project_num"),
        instalment_of=core,
        status={True: "active", False: "ended"}.get(project.get("is_active")),  # type: ignore[arg-type]
        people=tuple(key for person in project.get("principal_investigators") or [] for key in _keys(person)),
        source_url=project.get("project_detail_url") or _ADDRESS + appl_id,
    )


def _keys(person: dict[str, Any]) -> tuple[str, str]:
    """Return the agency's number of the person and the name, by which other publishers know the same person."""
    return str(person.get("profile_id") or ""), f"{person.get('first_name') or ''} {person.get('last_name') or ''}"


def _day(project: dict[str, Any], *fields: str) -> date | None:
    """Return the first day given: the year's own where RePORTER has it, else the whole project's."""
    return next((parse_date(project[field], field=field) for field in fields if project.get(field)), None)


def _page(base_url: str, since: date, offset: int) -> Request:
    """Ask for awards whose notice is of one week."""
    until = since + _API_DAYS - timedelta(days=1)
    body = {
        "criteria": {"award_notice_date": {"from_date": since.isoformat(), "to_date": until.isoformat()}},
        "offset": offset,
        "limit": _API_PAGE,
        "sort_field": "appl_id",
        "sort_order": "asc",
    }
    return Request(base_url + _API_PATH, f"projects-{since}-{offset:05d}.json", json=body)


def _following(request: Request, content: bytes) -> Request | None:
    body = request.json or {}
    base_url, offset = request.url.removesuffix(_API_PATH), body["offset"] + _API_PAGE
    since = date.fromisoformat(body["criteria"]["award_notice_date"]["from_date"])
    total = orjson.loads(content)["meta"]["total"]
    if total > _API_MOST:
        message = f"{request.name}: {total:,} awards in one week, of which RePORTER gives {_API_MOST:,}"
        raise UnusableInputError(message)
    if offset < total:
        return _page(base_url, since, offset)
    since += _API_DAYS
    return _page(base_url, since, 0) if since <= datetime.now(UTC).date() else None


SOURCE = Source(
    name="nih_reporter",
    publisher="U.S. National Institutes of Health, RePORTER",
    homepage="https://reporter.nih.gov/",
    licence="US government work, public domain",
    richness=80,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
    http=HttpHarvest("https://api.reporter.nih.gov", lambda base_url: _page(base_url, _API_FROM, 0), _following),
)
