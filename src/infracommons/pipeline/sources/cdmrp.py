"""Awards of the US Congressionally Directed Medical Research Programs: the CSV its award search gives."""

import re

from infracommons.pipeline.csv_rows import CsvRow, csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award, Source
from infracommons.vocabulary.dates import parse_year
from infracommons.vocabulary.money import parse_amount

_ADDRESS = "https://cdmrp.health.mil/search.aspx?LOG_NO="
_COLUMNS = {"Proposal Title", "Proposal Number", "Award Number", "Institution", "Fiscal Year", "Award Amount"}
# One cell may hold two, run together: "Performing Institution: A UNIVERSITYContracting Institution: B HOSPITAL".
_INSTITUTIONS = re.compile(
    r"(Performing |Contracting )?Institution: (.*?)(?=(?:Performing |Contracting )Institution: |$)"
)
_INVERTED = re.compile(
    r"(?P<place>[^,]+(?:, UK)?),? "
    r"(?P<kind>(?:(?:STATE|CITY) )?UNIVERSITY(?: OF MEDICINE AND DENTISTRY)? OF(?: THE SCIENCES)?|MEDICAL COLLEGE OF)"
    r"(?P<rest>(?:, .*)?)"
)
_WORD = re.compile(r"\([A-Z]+\)|[^\W\d_]+(?:'[^\W\d_]+)?")
_SMALL = {"and", "at", "de", "di", "for", "in", "of", "on", "the"}
_STATE = 2  # letters
# Abbreviations that stand by themselves; those in brackets, and a state after a comma, are known by their place.
_INITIALS = {
    "AMC", "AVI", "CNMC", "GE", "II", "LLC", "LSU", "NCKU", "NDI", "NPI", "NRG", "PC", "PTC", "SPR", "SRI", "UCONN",
    "VA",
}  # fmt: skip


def _recognise(document: Document) -> bool:
    return set(header(document)) >= _COLUMNS


def _normalise(native: CsvRow) -> Award:
    contracting, others = _institutions(native["Institution"])
    number = native["Proposal Number"].strip()
    amount = parse_amount(native["Award Amount"], field="Award Amount")
    return Award(
        identifier=number,
        funder_name="Congressionally Directed Medical Research Programs",
        funder_ror="https://ror.org/03g2zjp07",
        funder_country_code="US",
        recipient_name=contracting,
        other_recipients=others,
        programme=": ".join(filter(None, (native["Program"].strip(), native["Mechanism"].strip()))) or None,
        title=native["Proposal Title"] or None,
        award_year=parse_year(native["Fiscal Year"], field="Fiscal Year"),
        amount=amount,
        currency=None if amount is None else "USD",
        award_number=native["Award Number"].strip() or None,
        people=(native["Principal Investigator"].strip(),),
        source_url=_ADDRESS + number,
    )


def _institutions(value: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the institution that holds the contract and those that do the work, as names people read."""
    found = [(role, _readable(name)) for role, name in _INSTITUTIONS.findall(value.strip()) if name.strip()]
    if not found:
        return (value.strip() or None), ()
    contracting = next((name for role, name in found if role == "Contracting "), found[0][1])
    return contracting, tuple(name for _, name in found if name != contracting)


def _readable(name: str) -> str:
    """Return a name in the usual order and case.

    >>> _readable("NORTH CAROLINA, UNIVERSITY OF, GREENSBORO")
    'University of North Carolina, Greensboro'
    """
    name = name.strip().removesuffix(", THE")
    if inverted := _INVERTED.fullmatch(name):
        name = f"{inverted['kind']} {inverted['place']}{inverted['rest']}"
        name = name.replace(", AT ", " AT ").replace(", FOR ", " FOR ")
    return _WORD.sub(lambda word: _cased(word, name), name)


def _cased(found: re.Match[str], name: str) -> str:
    word = found[0]
    is_state = len(word) == _STATE and name[: found.start()].endswith(", ") and name[found.end() :][:1] in {"", ","}
    if word in _INITIALS or word.startswith("(") or len(word) == 1 or is_state:
        return word
    if word.lower() in _SMALL and found.start() > 0:
        return word.lower()
    return "Mc" + word[2:].capitalize() if word.startswith("MC") else word.capitalize()


SOURCE = Source(
    name="cdmrp",
    publisher="Congressionally Directed Medical Research Programs, US Department of Defense",
    homepage="https://cdmrp.health.mil/search.aspx",
    licence="US government work, public domain",
    richness=80,
    recognise=_recognise,
    parse=csv_rows,
    normalise=_normalise,
)
