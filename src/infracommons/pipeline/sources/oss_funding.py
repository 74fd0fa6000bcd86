"""Grants to open-source projects, mostly paid in tokens: the oss-funding list's CSV with JSON in one column."""

import hashlib
from typing import Any

import orjson

from infracommons.pipeline.csv_rows import CsvRow, csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_amount
from infracommons.vocabulary.problems import FieldProblem

_COLUMNS = ("to_project_name", "amount", "funding_date", "from_funder_name", "grant_pool_name", "metadata")
# The list names funders by the folders they upload to.
_FUNDERS = {
    "arbitrumfoundation": "Arbitrum Foundation",
    "clrfund": "clr.fund",
    "dao-drops-dorgtech": "DAO Drops (dOrg)",
    "octant-golemfoundation": "Octant (Golem Foundation)",
    "optimism": "Optimism",
    "stellar": "Stellar",
}


def _recognise(document: Document) -> bool:
    return set(header(document)) >= set(_COLUMNS)


def _normalise(native: CsvRow) -> Award:
    metadata = _metadata(native["metadata"])
    funder = native["from_funder_name"].strip()
    amount = parse_amount(native["amount"], field="amount")
    return Award(
        identifier=_identifier(native, funder),
        funder_name=_FUNDERS.get(funder, funder) or None,
        recipient_name=native["to_project_name"] or None,
        programme=native["grant_pool_name"] or None,
        title=metadata.get("application_name") or metadata.get("project_name"),
        start_date=parse_date(native["funding_date"], field="funding_date"),
        amount=amount,  # the list's own value in US dollars; the tokens paid are in the metadata
        currency=None if amount is None else "USD",
        status=metadata.get("status"),
        source_url=metadata.get("application_url") or metadata.get("project_url"),
    )


def _metadata(value: str) -> dict[str, Any]:
    try:
        metadata = orjson.loads(value or "{}")
    except orjson.JSONDecodeError as error:
        raise FieldProblem("malformed_record", "metadata", value, f"not JSON: {error}") from error
    if not isinstance(metadata, dict):
        raise FieldProblem("malformed_record", "metadata", value, "not a JSON object")
    return metadata


def _identifier(native: CsvRow, funder: str) -> str:
    """Return funder, pool and a checksum of what the row says: the list numbers nothing."""
    said = "\n".join(native[column].strip() for column in _COLUMNS)
    return f"{funder}-{native['grant_pool_name']}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


SOURCE = Source(
    name="oss_funding",
    publisher="Open Source Observer, oss-funding",
    homepage="https://github.com/opensource-observer/oss-funding",
    licence="Apache-2.0",
    richness=40,
    recognise=_recognise,
    parse=csv_rows,
    normalise=_normalise,
)
