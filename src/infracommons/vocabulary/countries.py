"""Names of countries to ISO 3166 codes."""

from functools import cache

import pycountry

# Names that publishers use and ISO does not.
_OTHER_NAMES = {
    "england": "GB",
    "great britain": "GB",
    "ivory coast": "CI",
    "korea": "KR",
    "macedonia": "MK",
    "north korea": "KP",
    "northern ireland": "GB",
    "palestine": "PS",
    "russia": "RU",
    "scotland": "GB",
    "south korea": "KR",
    "the gambia": "GM",
    "the netherlands": "NL",
    "turkey": "TR",
    "uk": "GB",
    "united states of america": "US",
    "wales": "GB",
}


@cache
def country_code(name: str | None) -> str | None:
    """Return the two-letter code of a country given by name or code; None where it names none we know.

    >>> country_code("United Kingdom"), country_code("USA"), country_code("Atlantis")
    ('GB', 'US', None)
    """
    asked = (name or "").strip()
    known = _OTHER_NAMES.get(asked.casefold())
    if known or not asked:
        return known
    try:
        return str(pycountry.countries.lookup(asked).alpha_2)
    except LookupError:
        return None


@cache
def country_name(code: str | None) -> str:
    """Return the common English name of a two-letter code; the code itself where it has none.

    >>> country_name("GB"), country_name("TW"), country_name("ZZ"), country_name(None)
    ('United Kingdom', 'Taiwan', 'ZZ', 'unknown')
    """
    found = pycountry.countries.get(alpha_2=code) if code else None
    if found is None:
        return code or "unknown"
    return str(getattr(found, "common_name", found.name))
