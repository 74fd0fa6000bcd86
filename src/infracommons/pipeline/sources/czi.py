"""Grants of the Chan Zuckerberg Initiative: the JSON behind the grants table of its website."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_year
from infracommons.vocabulary.money import parse_amount

_TABLE = "https://chanzuckerberg.com/grants-ventures/grants/"
_OPENING = re.compile(r'\s*\{\s*"grants"\s*:\s*\[')
# The pages of the table are arrays in an array: brackets and commas between two grants mean nothing.
_BETWEEN = re.compile(r"[\s,\[\]]*")
_DECODER = json.JSONDecoder(parse_float=Decimal)
# "... data (PI: Ada Example, Imaging RFA)": names after PI go, what follows stays.
_INVESTIGATOR = re.compile(r"\(PIs?:\s*([^,()]+),?\s*")


def _recognise(document: Document) -> bool:
    if document.suffix != ".json":
        return False
    head = document.head().decode(errors="replace")
    return _OPENING.match(head) is not None and '"fields"' in head


def _parse(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    text = document.read().decode("utf-8-sig")
    opening = _OPENING.match(text)
    if opening is None:
        message = "no list of grants at the top"
        raise ValueError(message)
    position, number = opening.end(), 0
    while text[position : position + 1] != "}":
        position = _between(text, position)
        if text[position : position + 1] == "}":
            return
        native, position = _DECODER.raw_decode(text, position)
        number += 1
        yield f"grant {number}", native


def _between(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position


def _normalise(native: dict[str, Any]) -> Award:
    fields = native["fields"]
    description = fields.get("EXTERNAL: Grant Description for Website") or ""
    amount = parse_amount(fields.get("Amount"), field="Amount")
    return Award(
        identifier=native.get("id") or "",
        funder_name=fields.get("Funding Entity"),
        funder_ror="https://ror.org/02qenvm24",
        funder_country_code="US",
        recipient_name=fields.get("Account Name"),
        programme=fields.get("Initiative & Program Text"),
        description=_without_people(description),
        award_year=parse_year(fields.get("Commitment Year"), field="Commitment Year"),
        amount=amount,
        currency=None if amount is None else "USD",
        award_number=fields.get("Opportunity Salesforce ID"),
        people=tuple(name.strip() for found in _INVESTIGATOR.findall(description) for name in found.split(" & ")),
        source_url=fields.get("Project Website (Plain Text)") or _TABLE,
    )


def _without_people(description: str) -> str | None:
    """Return the description without investigators' names, and without brackets that held nothing else."""
    return _INVESTIGATOR.sub("(", description).replace(" ()", "").replace("()", "") or None


SOURCE = Source(
    name="czi",
    publisher="Chan Zuckerberg Initiative",
    homepage=_TABLE,
    licence="as published on the funder's website",
    richness=70,
    identifiers_are_unique=True,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
)
