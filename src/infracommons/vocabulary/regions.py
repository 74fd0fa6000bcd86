"""How countries and federal funders are grouped in the yearly report on open infrastructure."""

# EU members, the European Free Trade Association and the countries in line to join; facts of 2026.
EUROPE = frozenset(
    "AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FO FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO "
    "RS SE SI SK SM UA VA XK".split()
)
# Federal departments and agencies that fund research, by their ROR id. Source: ROR, kinds funder and government.
US_FEDERAL = frozenset(
    f"https://ror.org/{number}"
    for number in (
        "021nxhr62",  # National Science Foundation
        "01cwqze88",  # National Institutes of Health
        "033jnv181",  # Department of Health and Human Services
        "030prv062",  # Institute of Museum and Library Services
        "02vdm1p28",  # National Endowment for the Humanities
        "027ka1x80",  # National Aeronautics and Space Administration
        "01bj3aw27",  # Department of Energy
        "0447fe631",  # Department of Defense
        "01na82s61",  # Department of Agriculture
        "00adh9b73",  # National Institute of Diabetes and Digestive and Kidney Diseases
    )
)
REGIONS = ("US", "Europe", "Rest of world")


def region(country_code: str | None) -> str | None:
    """Return Europe, US or Rest of world; None where the country is not known."""
    if country_code is None:
        return None
    return "US" if country_code == "US" else "Europe" if country_code in EUROPE else "Rest of world"


def is_us_federal(ror_id: str | None) -> bool:
    """Tell whether the organisation is part of the federal government of the United States."""
    return ror_id in US_FEDERAL
