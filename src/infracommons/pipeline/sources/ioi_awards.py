"""Awards of foundations in the common award format of Invest in Open Infrastructure's scrapers: JSON lines."""

import ast
import re
from decimal import Decimal
from typing import Any

from infracommons.pipeline.json_stream import decoded, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.money import parse_amount, parse_currency

# What the scrapers call their sources, where one of them needs mending.
_KRESS, _DORIS_DUKE, _HELMSLEY = "kressfoundation.org", "dorrisduke.org", "helmsleytrust.org"
_COUNTRIES = {
    "https://ror.org/051z6e826": "GB",  # Arcadia Fund
    "https://ror.org/04n65rp89": "US",  # Doris Duke Charitable Foundation
    "https://ror.org/011x6n313": "US",  # Leona M. and Harry B. Helmsley Charitable Trust
    "https://ror.org/03dy4aq19": "US",  # James S. McDonnell Foundation
    "https://ror.org/00akqa526": "US",  # Samuel H. Kress Foundation
    "https://ror.org/01cmst727": "US",  # Simons Foundation
}
# Simons' scraper gives the page's slug and Kress' a random hash; the others give the funder's own number.
_NUMBERED = re.compile(r"(?:360g|helmsley:grants|jsmf:grants)::(\S+)")
_HELMSLEY_NUMBER = re.compile(r"-(\d{4,}-\d)/$")
_LABELLED = re.compile(r'__mobile-heading">(\w+)</div>\s*<div class="table-list__value[^"]*">(.*?)</div>', re.DOTALL)
_MILLION = Decimal(1_000_000)
_LEAST_DOLLARS = 100


def _recognise(document: Document) -> bool:
    if document.suffix not in {".jsonl", ".ndjson"}:
        return False
    head = document.head()
    return b'"_crawled_at"' in head and b'"funder_org_name"' in head


def _normalise(line: bytes) -> Award:
    native = decoded(line)
    labelled = _labelled(native)
    identifier = _identifier(native)
    number = _NUMBERED.fullmatch(identifier)
    amount = _amount(native)
    return Award(
        identifier=identifier,
        funder_name=native["funder_org_name"],
        funder_ror=native.get("funder_org_ror_id"),
        funder_country_code=_COUNTRIES.get(native.get("funder_org_ror_id") or ""),
        recipient_name=labelled.get("grantee") or native.get("recipient_org_name"),
        recipient_ror=native.get("recipient_org_ror_id"),
        programme=labelled.get("program") or native.get("program_of_funder"),
        title=native.get("grant_title"),
        description=labelled.get("description") or native.get("grant_description"),
        start_date=parse_date(native.get("grant_start_date"), field="grant_start_date"),
        end_date=parse_date(native.get("grant_end_date"), field="grant_end_date"),
        award_year=parse_year(native.get("grant_year"), field="grant_year"),
        amount=amount,
        currency=None if amount is None else parse_currency(native.get("award_currency"), field="award_currency"),
        award_number=number[1] if number else None,
        people=tuple(_people(native)),
        source_url=native.get("source_url"),
    )


def _identifier(native: dict[str, Any]) -> str:
    """Return the id; Helmsley's scraper cuts `20195950-2` to `2`, which several awards then share."""
    identifier = str(native.get("grant_id") or "")
    cut = _HELMSLEY_NUMBER.search(native.get("source_url") or "") if native.get("source") == _HELMSLEY else None
    return f"helmsley:grants::{cut[1]}" if cut and identifier == f"helmsley:grants::{cut[1][-1]}" else identifier


def _amount(native: dict[str, Any]) -> Decimal | None:
    """Return the amount; Doris Duke's page says "$1.98 million", of which the scraper kept the figure.

    Where its descriptions repeat the sum, a figure below 100 is millions every time, and the foundation's smallest
    other award is 300 dollars.
    """
    amount = parse_amount(native.get("award_amount"), field="award_amount")
    if native.get("source") == _DORIS_DUKE and amount is not None and 0 < amount < _LEAST_DOLLARS:
        return Decimal(str(native["award_amount"])) * _MILLION
    return amount


def _labelled(native: dict[str, Any]) -> dict[str, str]:
    """Return Kress' cells by their labels: the scraper glued each label, and words in italics, to the text after."""
    if native.get("source") != _KRESS:
        return {}
    try:
        cells = ast.literal_eval(native.get("raw_source_data") or "[]")
    except (ValueError, SyntaxError):
        cells = []
    found = dict(_LABELLED.findall("\n".join(map(str, cells))))
    glued = {"grantee": "recipient_org_name", "program": "program_of_funder", "description": "grant_description"}
    return {label: (native.get(column) or "").removeprefix(label) for label, column in glued.items()} | found


def _people(native: dict[str, Any]) -> list[str]:
    """Return the investigators without their degrees."""
    named = [person.get("full_name") for person in native.get("named_participants") or () if person.get("is_pi")]
    return [name.partition(",")[0] for name in [native.get("pi_name"), *named] if name]


SOURCE = Source(
    name="ioi_awards",
    publisher="Invest in Open Infrastructure",
    homepage="https://investinopen.org/",
    licence="Apache-2.0",
    richness=60,
    recognise=_recognise,
    parse=lines,
    normalise=_normalise,
)
