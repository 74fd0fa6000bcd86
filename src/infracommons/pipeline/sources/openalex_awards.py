"""Awards as OpenAlex gathers them from many funders: JSON pages of its API's `/awards`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from infracommons.pipeline.http import HttpHarvest, Request
from infracommons.pipeline.json_stream import decoded, items, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.money import parse_amount, parse_currency

_API_PAGE = 200
_API_FILTER = "start_year:2000-"


def _recognise(document: Document) -> bool:
    head = document.head()
    is_award = b'"funder_award_id"' in head and b'"https://openalex.org/G' in head.replace(b": ", b":")
    return is_award and document.suffix in {".json", ".jsonl", ".ndjson"}


def _parse(document: Document) -> Iterator[tuple[str, Any]]:
    yield from items(document, "results") if document.suffix == ".json" else lines(document)


def _normalise(native: Any) -> Award:  # noqa: ANN401
    award = decoded(native)
    funder = award.get("funder") or {}
    people = [award.get("lead_investigator"), award.get("co_lead_investigator"), *(award.get("investigators") or [])]
    affiliation = ((people[0] or {}).get("affiliation")) or {}
    amount = parse_amount(award.get("amount"), field="amount")
    return Award(
        identifier=(award.get("id") or "").removeprefix("https://openalex.org/"),
        funder_name=funder.get("display_name"),
        funder_ror=funder.get("ror") or funder.get("ror_id"),
        recipient_name=affiliation.get("name"),
        recipient_ror=_ror(affiliation),
        recipient_country_code=country_code(affiliation.get("country")),
        programme=award.get("funder_scheme"),
        title=award.get("display_name"),
        description=award.get("description"),
        start_date=_day(award, "start_date"),
        end_date=_day(award, "end_date"),
        award_year=parse_year(award.get("start_year"), field="start_year"),
        amount=amount or None,  # funders that deposit no amount are shown with 0
        currency=parse_currency(award.get("currency"), field="currency"),
        award_number=award.get("funder_award_id"),
        people=tuple(_name(person) for person in people if person),
        source_url=award.get("landing_page_url") or award.get("doi") or award.get("id"),
    )


def _day(award: dict[str, Any], field: str) -> date | None:
    return parse_date(award.get(field), field=field)


def _name(person: dict[str, Any]) -> str:
    return f"{person.get('given_name') or ''} {person.get('family_name') or ''}"


def _ror(affiliation: dict[str, Any]) -> str | None:
    for identifier in affiliation.get("ids") or []:
        if "ror.org/" in str(identifier.get("id")):
            return str(identifier["id"])
    return None


def _page(url: str, number: int, cursor: str) -> Request:
    params = {"filter": _API_FILTER, "per-page": str(_API_PAGE), "cursor": cursor}
    return Request(url, f"awards-{number:07d}.json", params)


def _following(request: Request, content: bytes) -> Request | None:
    page = orjson.loads(content)
    cursor = page["meta"].get("next_cursor")
    number = int(request.name.removeprefix("awards-").removesuffix(".json"))
    return _page(request.url, number + 1, cursor) if cursor and page["results"] else None


SOURCE = Source(
    name="openalex_awards",
    publisher="OpenAlex",
    homepage="https://openalex.org/",
    licence="CC0-1.0",
    richness=30,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
    http=HttpHarvest("https://api.openalex.org/awards", lambda url: _page(url, 1, "*"), _following, 0.2),
)
