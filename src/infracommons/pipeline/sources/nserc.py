"""Awards of Canada's Natural Sciences and Engineering Research Council: its CSV, one row a fiscal-year instalment."""

from collections.abc import Iterator
from functools import cache

import pycountry

from infracommons.pipeline.csv_rows import UTF8, CsvRow, csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_year
from infracommons.vocabulary.money import parse_amount

# Column names are in both languages: "Institution-Établissement". The files of older years are not in UTF-8.
_OLDER = "cp1252"
_COLUMNS = {"ApplicationID", "AwardAmount", "Nb_Partie", "ApplicationTitle"}
_YEAR = "FiscalYear-Exercice financier"
_INSTITUTION = "Institution-Établissement"


def _recognise(document: Document) -> bool:
    return set(header(document)) >= _COLUMNS


def _parse(document: Document) -> Iterator[tuple[str, CsvRow]]:
    yield from csv_rows(document, UTF8 if _INSTITUTION in header(document) else _OLDER)


def _normalise(native: CsvRow) -> Award:
    application, year, part = native["ApplicationID"].strip(), native[_YEAR].strip(), native["Partie"].strip()
    amount = parse_amount(native["AwardAmount"], field="AwardAmount", decimal_mark=".")
    return Award(
        identifier=f"{application}-{year}-{part}" if application else "",
        funder_name="Natural Sciences and Engineering Research Council of Canada",
        funder_ror="https://ror.org/01h531d29",
        funder_country_code="CA",
        recipient_name=native[_INSTITUTION] or None,
        recipient_country_code=_country_code(native.get("CountryEN", "").strip()),
        programme=native["ProgramNaneEN"] or None,  # the publisher's spelling
        title=native["ApplicationTitle"] or None,
        description=native["ApplicationSummary"] or None,
        award_year=parse_year(year, field=_YEAR),
        amount=amount,
        currency=None if amount is None else "CAD",
        award_number=application,
        instalment_of=None if native["Nb_Partie"].strip() == "1" else application,
        people=(native["Name-Nom"],),
        source_url="https://www.nserc-crsng.gc.ca/ase-oro/index_eng.asp",
    )


@cache
def _country_code(name: str) -> str | None:
    try:
        code: str = pycountry.countries.lookup(name).alpha_2
    except LookupError:
        return None
    return code


SOURCE = Source(
    name="nserc",
    publisher="Natural Sciences and Engineering Research Council of Canada",
    homepage="https://open.canada.ca/data/en/dataset/c1b0f627-8c29-427c-ab73-33968ad9176e",
    licence="OGL-Canada-2.0",
    richness=80,
    recognise=_recognise,
    parse=_parse,
    normalise=_normalise,
)
