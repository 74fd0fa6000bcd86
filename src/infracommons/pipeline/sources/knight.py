"""Grants of the John S. and James L. Knight Foundation: the JSON behind the grants list of its website."""

from collections.abc import Iterator
from typing import Any

from infracommons.pipeline.json_stream import items
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_amount

_ADDRESS = "https://knightfoundation.org/grants/"
_SIGNS = (b'"slug"', b'"communities"', b'"challenges"')


def _recognise(document: Document) -> bool:
    if document.suffix != ".json":
        return False
    head = document.head()
    return head.lstrip()[:1] == b"[" and all(sign in head for sign in _SIGNS)


def _parse(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from items(document)


def _normalise(native: dict[str, Any]) -> Award:
    grantees = [grantee["post_title"] for grantee in native.get("grantees") or () if grantee.get("post_title")]
    labels = [*(native.get("challenges") or ()), *(native.get("programs") or ())]
    amount = parse_amount(native.get("amount"), field="amount")
    return Award(
        identifier=str(native.get("id") or ""),
        funder_name="John S. and James L. Knight Foundation",
        funder_country_code="US",
        recipient_name=grantees[0] if grantees else None,
        other_recipients=tuple(grantees[1:]),
        programme="; ".join(label["name"] if isinstance(label, dict) else str(label) for label in labels) or None,
        title=native.get("name"),
        description=native.get("description"),
        start_date=parse_date(native.get("started_on"), field="started_on"),
        amount=amount,
        currency=None if amount is None else "USD",
        source_url=f"{_ADDRESS}{native['slug']}/" if native.get("slug") else _ADDRESS,
    )


SOURCE = Source(
    name="knight",
    publisher="John S. and James L. Knight Foundation",
    homepage=_ADDRESS,
    licence="as published on the funder's website",
    richness=70,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
)
