"""Foundation grants in the layout of the donations list: CSV, one grant a row, columns in several orders."""

import hashlib
import re
from datetime import date
from typing import NamedTuple

from infracommons.pipeline.csv_rows import CsvRow, csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_amount

_COLUMNS = {"donor", "donee", "amount", "donation_date", "donation_date_precision", "cause_area", "notes"}
_RORS = {
    "Arnold Ventures": "https://ror.org/04hqxh742",
    "Chan Zuckerberg Initiative": "https://ror.org/02qenvm24",
    "John Templeton Foundation": "https://ror.org/035tnyy05",
    "Open Philanthropy": "https://ror.org/004d1k391",
    "Sloan Foundation": "https://ror.org/052csg198",
}
_AMERICAN = _RORS.keys() | {
    "Barr Foundation",
    "Hewlett Foundation",
    "Knight Foundation",
    "Lilly Endowment",
    "Nathan Cummings Foundation",
    "Walton Family Foundation",
}
_NOTHING = {"", "FIXME", "NULL"}
_US_DAY = "%m/%d/%Y"
_NUMBER_IN_ADDRESS = re.compile(r"/(\d{3,})/?$")
_GOAL = r"(; goal: (?P<text>.*))?"
# Each foundation's notes put further fields before the text, always in the same words.
_NOTES = tuple(
    re.compile(expression, re.DOTALL)
    for expression in (
        r"Grant period: (?P<start>.*?) - (?P<end>[^;]*)(; part of the challenge: (?P<programme>[^;]*))?" + _GOAL,
        r"Grant investigator: (?P<people>[^;]*); (?:initiative: (?P<programme>[^;]*); )?(?P<text>.*)",
        r"For project (?P<title>.*?); Project leaders: (?P<people>.*)",
        r"Program: (?P<programme>[^.]*)\. (?:Grant period: [^.]*\. )?(?P<text>.*)",
        r"Purpose: (?P<text>.*)",
        r"(?P<text>.*)",
    )
)
# "... data. (PI: Ada Example, Imaging RFA)": names after PI go, what follows stays.
_INVESTIGATOR = re.compile(r"\(PIs?:\s*([^,()]+),?\s*")
# Some rows hold lines of the SQL that made the list, broken at each comma over the columns from this one on.
_FIRST_OF_SQL, _LAST_OF_SQL = "donation_process", "notes"
_SQL_FIELD = re.compile(r"/\* (\w+)\s+\*/ (.*?)(?=,/\* \w+\s+\*/|$)", re.DOTALL)


class _Notes(NamedTuple):
    """What the notes say, by its place in them."""

    title: str | None = None
    text: str | None = None
    programme: str | None = None
    people: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


def _recognise(document: Document) -> bool:
    return set(header(document)) >= _COLUMNS


def _normalise(native: CsvRow) -> Award:
    donor, precision = native["donor"].strip(), native["donation_date_precision"]
    notes = _notes(_description(native))
    day = parse_date(native["donation_date"], field="donation_date")
    amount = parse_amount(native["amount"], field="amount") or None  # 0 stands where the year's list gave no payment
    return Award(
        identifier=_identifier(native, donor),
        funder_name=donor or None,
        funder_ror=_RORS.get(donor),
        funder_country_code="US" if donor in _AMERICAN else None,
        recipient_name=_said(native["donee"]),
        programme=notes.programme or _said(native["cause_area"].removesuffix("/")),
        title=notes.title or _earmark(native, notes),
        description=notes.text,
        start_date=notes.start or (day if precision == "day" else None),
        end_date=notes.end,
        award_year=day.year if day else None,
        amount=amount,
        currency=None if amount is None else "USD",
        people=notes.people,
        source_url=_said(native.get("url", "")),
    )


def _identifier(native: CsvRow, donor: str) -> str:
    """Return the number in the grant's own address, or a checksum of what the row says: the list numbers nothing."""
    slug = re.sub(r"[^a-z0-9]+", "-", donor.lower()).strip("-")
    if number := _NUMBER_IN_ADDRESS.search(native.get("url", "")):
        return f"{slug}-{number[1]}"
    said = "\n".join(native[column].strip() for column in sorted(_COLUMNS)) + native.get("url", "")
    return f"{slug}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _description(native: CsvRow) -> str:
    """Return the notes, put together again where they are SQL."""
    if not native.get(_FIRST_OF_SQL, "").startswith("/*"):
        return native["notes"]
    columns = list(native)
    broken = columns[columns.index(_FIRST_OF_SQL) : columns.index(_LAST_OF_SQL) + 1]
    fields = dict(_SQL_FIELD.findall(",".join(native[column] for column in broken)))
    purpose = fields.get("intended_use_of_funds", "").strip().strip("'").replace("''", "'")
    return purpose if purpose not in _NOTHING else ""


def _notes(notes: str) -> _Notes:
    found = next(match for expression in _NOTES if (match := expression.fullmatch(notes.strip())))
    part: dict[str, str | None] = found.groupdict()
    text = part.get("text") or ""
    people = re.split(r",|;| and ", ",".join([part.get("people") or "", *_INVESTIGATOR.findall(text)]))
    return _Notes(
        title=_said(part.get("title")),
        text=_said(_INVESTIGATOR.sub("(", text).replace(" ()", "")),
        programme=_said(part.get("programme")),
        people=tuple(name.strip() for name in people if name.strip()),
        start=_period_date(part.get("start")),
        end=_period_date(part.get("end")),
    )


def _period_date(value: str | None) -> date | None:
    return None if value == "Invalid date" else parse_date(value, field="notes", style=_US_DAY)


def _earmark(native: CsvRow, notes: _Notes) -> str | None:
    """Return the name of the project, which Knight's rows have; in Open Philanthropy's the column names people."""
    return _said(native.get("donation_earmark")) if notes.start else None


def _said(value: str | None) -> str | None:
    """Return what is said, without the marks that stand for nothing."""
    return None if value is None or value.strip() in _NOTHING else value.strip()


SOURCE = Source(
    name="donations",
    publisher="Donations List Website",
    homepage="https://donations.vipulnaik.com/",
    licence="CC0-1.0",
    richness=40,
    recognise=_recognise,
    parse=csv_rows,
    normalise=_normalise,
)
