"""Euro reference rates of the European Central Bank: its history file (eurofxref-hist.csv), one row a day."""

from decimal import Decimal, InvalidOperation

from infracommons.pipeline.csv_rows import CsvRow, csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Fact, Source
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_currency
from infracommons.vocabulary.problems import FieldProblem

_NO_RATE = {"", "N/A"}


def _recognise(document: Document) -> bool:
    columns = header(document)
    return columns[:1] == ["Date"] and {"USD", "JPY"} & set(columns) != set()


def _normalise(native: CsvRow) -> list[Fact]:
    day = parse_date(native["Date"], field="Date")
    if day is None:
        raise FieldProblem("bad_date", "Date", native["Date"], "a row of rates needs its day")
    return [
        Fact({"currency": parse_currency(column, field="header"), "rate_date": day, "per_eur": _rate(value, column)})
        for column, value in native.items()
        # The header ends with a comma, so the last column has no name.
        if column not in {"Date", ""} and value.strip() not in _NO_RATE
    ]


def _rate(value: str, currency: str) -> Decimal:
    try:
        rate = Decimal(value.strip())
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0:
        raise FieldProblem("bad_rate", currency, value, "not a rate above 0 written like 1.1433")
    return rate


SOURCE = Source(
    name="ecb_rates",
    publisher="European Central Bank",
    homepage="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
    licence="ECB, reuse with attribution",
    gives="rate",
    recognise=_recognise,
    parse=csv_rows,
    normalise=_normalise,
)
