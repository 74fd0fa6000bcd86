"""Our own plain CSV for awards that no other source has: one row an award, columns in any order.

See docs/howto/own_awards.md.
"""

import re
from collections.abc import Iterator
from typing import Any

from infracommons.pipeline.csv_rows import CsvRow, csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.money import parse_amount, parse_currency
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError

_TEXTS = (
    "identifier", "funder_name", "funder_ror", "funder_country_code", "recipient_name", "recipient_ror",
    "recipient_country_code", "programme", "title", "description", "award_number", "source_url", "licence",
)  # fmt: skip
COLUMNS = (*_TEXTS, "start_date", "end_date", "award_year", "amount", "currency")
_REQUIRED = ("identifier", "funder_name")
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")  # people who write decimal commas group thousands with points


def _recognise(document: Document) -> bool:
    columns = set(header(document))
    return columns.issuperset(_REQUIRED) and bool(columns & {"title", "description"})


def _parse(document: Document) -> Iterator[tuple[str, CsvRow]]:
    columns = header(document)
    for name in columns:
        if name not in COLUMNS or columns.count(name) > 1:
            what = "stands twice" if name in COLUMNS else "is not known"
            message = f"{document.name}: column {name!r} {what}; an award table may have {', '.join(COLUMNS)}"
            raise UnusableInputError(message)
    yield from csv_rows(document)


def _normalise(native: CsvRow) -> Award:
    for column in _REQUIRED:
        if not native[column].strip():
            raise FieldProblem("missing_value", column, native[column], "an award needs it")
    texts: dict[str, Any] = {column: native.get(column, "").strip() or None for column in _TEXTS}
    if not texts["title"] and not texts["description"]:
        raise FieldProblem("missing_value", "title", texts["title"], "an award needs a title or a description")
    amount = parse_amount(native.get("amount"), field="amount")
    if _AMBIGUOUS.fullmatch(native.get("amount", "").strip()):
        detail = "one, or one thousand? write it with cents (1000.00) or without (1000)"
        raise FieldProblem("bad_amount", "amount", native["amount"], detail)
    currency = parse_currency(native.get("currency"), field="currency")
    if amount is not None and currency is None:
        raise FieldProblem("missing_value", "currency", None, "an amount needs its currency, such as EUR")
    return Award(
        **{**texts, "identifier": native["identifier"].strip()},
        start_date=parse_date(native.get("start_date"), field="start_date"),
        end_date=parse_date(native.get("end_date"), field="end_date"),
        award_year=parse_year(native.get("award_year"), field="award_year"),
        amount=amount,
        currency=currency,
    )


SOURCE = Source(
    name="award_table",
    publisher="Your own awards",
    homepage="howto/own_awards.md",
    licence="as stated in the table",
    richness=90,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
)
