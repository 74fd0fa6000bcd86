"""Organisations of the Research Organization Registry: data dumps (JSON array or lines, schemas 1 and 2), API pages."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pycountry

from infracommons.pipeline.http import HttpHarvest, Request
from infracommons.pipeline.json_stream import decoded, items, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Fact, Source
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.inputs import ROR_ORGANISATION
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError

_RECORD = re.compile(rb'"id":\s*"https://ror\.org/0')
_ROR = re.compile(r"https://ror\.org/0[a-z0-9]{6}\d{2}")
_STATUSES = ROR_ORGANISATION.column("status").values
# Records of schema 1 do not say when they were changed: any version that says it is newer.
_UNDATED = date(1970, 1, 1)
_API_PAGE = 20
_API_MOST = 10_000
_SPLIT_COUNTRY = "US"  # alone has more records than one question may have answers
_TYPES = ("archive", "company", "education", "facility", "funder", "government", "healthcare", "nonprofit", "other")


def _recognise(document: Document) -> bool:
    if document.suffix not in {".json", ".jsonl", ".ndjson"}:
        return False
    head = document.head()
    begins = head.lstrip()[:40]
    is_page = begins.startswith(b'{"number_of_results"') or (b'"items"' in head and b'"number_of_results"' in head)
    return is_page or (
        _RECORD.search(head) is not None and b'"funder_award_id"' not in head and b'"relationships"' in head
    )


def _parse(document: Document) -> Iterator[tuple[str, Any]]:
    if document.suffix != ".json":
        yield from lines(document)
        return
    is_page = b'"number_of_results"' in document.head()
    yield from items(document, "items" if is_page else None)


def _normalise(native: Any) -> Fact:  # noqa: ANN401
    record = decoded(native)
    ror_id = record.get("id") or ""
    if not _ROR.fullmatch(ror_id):
        raise FieldProblem("missing_identifier", "id", ror_id, "not the address of a record")
    status = str(record.get("status") or "").lower()
    if status not in _STATUSES:
        raise FieldProblem("unknown_status", "status", record.get("status"), f"not one of {', '.join(_STATUSES)}")
    types = record.get("types") or []
    values = {
        "ror_id": ror_id,
        "kind": types[0].lower() if types else None,
        "parent_ror_id": _related(record, "parent"),
        "status": status,
        "successor_ror_id": _related(record, "successor"),
    }
    return Fact(values | (_from_2(record) if "names" in record else _from_1(record)))


def _related(record: dict[str, Any], kind: str) -> str | None:
    return next((one["id"] for one in record.get("relationships") or [] if one["type"].lower() == kind), None)


def _from_1(record: dict[str, Any]) -> dict[str, Any]:
    labels = [label["label"] for label in record.get("labels") or []]
    return {
        "name": record["name"],
        "aliases": _others(record["name"], [*labels, *(record.get("aliases") or [])]),
        "acronyms": record.get("acronyms") or [],
        "country_code": (record.get("country") or {}).get("country_code"),
        "modified_on": _UNDATED,
    }


def _from_2(record: dict[str, Any]) -> dict[str, Any]:
    names = record["names"]
    shown = [name["value"] for name in names if "ror_display" in name["types"]]
    if not shown:
        raise FieldProblem("missing_name", "names", record["id"], "no name of type ror_display")
    acronyms = [name["value"] for name in names if "acronym" in name["types"]]
    others = [name["value"] for name in names if {"label", "alias"} & set(name["types"])]
    places = record.get("locations") or [{}]
    modified = parse_date(record["admin"]["last_modified"]["date"], field="admin/last_modified")
    return {
        "name": shown[0],
        "aliases": _others(shown[0], others),
        "acronyms": acronyms,
        "country_code": (places[0].get("geonames_details") or {}).get("country_code"),
        "modified_on": modified or _UNDATED,
    }


def _others(name: str, others: list[str]) -> list[str]:
    return [other for other in dict.fromkeys(others) if other and other != name]


def _filters() -> list[str]:
    """Return the questions that together ask for every record, none with more answers than the API gives."""
    codes = sorted(country.alpha_2 for country in pycountry.countries)
    whole = [f"country.country_code:{code}" for code in codes if code != _SPLIT_COUNTRY]
    return whole + [f"country.country_code:{_SPLIT_COUNTRY},types:{kind}" for kind in _TYPES]


def _page(url: str, asked: str, number: int) -> Request:
    name = asked.replace("country.country_code:", "").replace(",types:", "-").lower()
    # All states of a record: without this, withdrawn and inactive ones are left out, and their successors unknown.
    params = {"filter": asked, "page": str(number), "all_status": ""}
    return Request(url, f"organisations-{name}-{number:04d}.json", params)


def _following(request: Request, content: bytes) -> Request | None:
    asked, number = request.params["filter"], int(request.params["page"])
    found = orjson.loads(content)["number_of_results"]
    if found > _API_MOST:
        message = f"{request.name}: {found:,} records, of which the API gives {_API_MOST:,}; take the data dump instead"
        raise UnusableInputError(message)
    if number * _API_PAGE < found:
        return _page(request.url, asked, number + 1)
    filters = _filters()
    after = filters[filters.index(asked) + 1 :]
    return _page(request.url, after[0], 1) if after else None


SOURCE = Source(
    name="ror",
    publisher="Research Organization Registry",
    homepage="https://ror.org/",
    licence="CC0-1.0",
    gives="organisation",
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
    http=HttpHarvest("https://api.ror.org/v2/organizations", lambda url: _page(url, _filters()[0], 1), _following, 0.2),
)
