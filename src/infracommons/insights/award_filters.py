"""Which awards are asked for, by which rule they are counted, and in which order: what the address of a list holds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from infracommons.insights.query_string import QueryProblem, choice, many, matching, one
from infracommons.insights.release import Release
from infracommons.vocabulary.prices import PRICE_LEVELS
from infracommons.vocabulary.regions import REGIONS
from infracommons.vocabulary.tables import AMOUNT_STATUS, DECISIONS, RULES, SUPPORT_TYPES

UNKNOWN = "unknown"
ANY = "any"
DEFAULT_RULE = "equal_split"
SORTS = ("relevance", "newest", "oldest", "largest", "smallest", "title", "funder")
_EARLIEST, _LATEST = 1800, 2200
_LONGEST_TEXT = 200
_MOST_PAGES = 1_000_000


def _year(text: str) -> int:
    return _within(text, _EARLIEST, _LATEST)


def _page(text: str) -> int:
    return _within(text, 1, _MOST_PAGES)


def _priced(text: str) -> int:
    return _within(text, min(PRICE_LEVELS), max(PRICE_LEVELS))


def _within(text: str, least: int, most: int) -> int:
    number = int(matching(r"[0-9]{1,7}")(text))
    if not least <= number <= most:
        raise ValueError(text)
    return number


YEAR = (_year, f"a year from {_EARLIEST} to {_LATEST}")
PAGE = (_page, "a page number, 1 or more")
TEXT = (matching(rf".{{1,{_LONGEST_TEXT}}}"), f"up to {_LONGEST_TEXT} characters")
SLUG = (matching(r"[a-z0-9][a-z0-9._-]{0,99}"), "the id of an infrastructure, such as arxiv")
ORGANISATION_ID = (
    matching(r"[a-z]+:[\w.-]{1,100}|unknown"),
    "the id of an organisation, such as ror:01bj3aw27, or unknown",
)
COUNTRY = (matching(r"[A-Z]{2}|unknown"), "a two-letter country code in capitals, or unknown")
SOURCE = (matching(r"[a-z0-9_]{1,60}"), "the name of a source, such as nsf")
RULE = choice(RULES)
# Regions are written as the yearly report groups countries; in addresses as us, europe, rest-of-world.
REGION_CODES = {name.lower().replace(" ", "-"): name for name in REGIONS} | {UNKNOWN: UNKNOWN}
CATEGORY = (matching(r"[a-z0-9_]{1,80}"), "the code of a category, such as preprint_service")
PRICES = (_priced, f"a year from {min(PRICE_LEVELS)} to {max(PRICE_LEVELS)}")


@dataclass(frozen=True)
class AwardFilters:
    """What a list of awards is narrowed to. Values within one field widen it, fields narrow each other.

    Infrastructure, category, decision and support type must hold of one and the same support row of an award. Region
    and funder country are the funder's, country the recipient's. `prices` counts in dollars of that year, `rule` says
    how much of an award.
    """

    q: str = one("", *TEXT)
    infrastructure: tuple[str, ...] = many(*SLUG)
    funder: tuple[str, ...] = many(*ORGANISATION_ID)
    recipient: tuple[str, ...] = many(*ORGANISATION_ID)
    region: tuple[str, ...] = many(*choice(REGION_CODES))
    funder_country: tuple[str, ...] = many(*COUNTRY)
    country: tuple[str, ...] = many(*COUNTRY)
    category: tuple[str, ...] = many(*CATEGORY)
    year_from: int | None = one(None, *YEAR)
    year_to: int | None = one(None, *YEAR)
    undated: str = one("", *choice(["yes"]))
    source: tuple[str, ...] = many(*SOURCE)
    decision: str = one(DECISIONS[0], *choice([*DECISIONS, ANY]))
    support_type: tuple[str, ...] = many(*choice(SUPPORT_TYPES))
    amount_status: tuple[str, ...] = many(*choice(AMOUNT_STATUS))
    counted: str = one("", *choice(["yes", "no"]))
    rule: str = one(DEFAULT_RULE, *RULE)
    prices: int | None = one(None, *PRICES)
    sort: str = one("", *choice(SORTS))
    page: int = one(1, *PAGE)

    @property
    def order(self) -> str:
        """The order of a list: as asked for, else the best match first where words are sought, else the newest.

        Where no words are sought, every award matches alike, and relevance is the order of the newest.
        """
        return (self.sort or "relevance") if self.q else {"": "newest", "relevance": "newest"}.get(self.sort, self.sort)

    def parameters(self) -> Mapping[str, Any]:
        """Return the values that the questions to a release bind."""
        values = asdict(self) | {
            "words": self.q.split(),
            "sort": self.order,
            "region": [REGION_CODES[code] for code in self.region],
            "level_years": list(PRICE_LEVELS),
            "levels": list(PRICE_LEVELS.values()),
            "level": PRICE_LEVELS[self.prices] if self.prices else None,
        }
        del values["q"], values["page"], values["prices"]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    def narrowed(self, **values: Any) -> "AwardFilters":  # noqa: ANN401 - the fields have their types
        """Return the filters with other values, from the first page."""
        return replace(self, **{"page": 1, **values})


_IN_RELEASE = {
    "infrastructure": ("SELECT infrastructure_id AS id FROM infrastructure", "an infrastructure of this release"),
    "funder": (
        "SELECT DISTINCT coalesce(funder_organisation_id, 'unknown') AS id FROM award UNION SELECT 'unknown'",
        "a funder of this release",
    ),
    "recipient": (
        "SELECT DISTINCT coalesce(recipient_organisation_id, 'unknown') AS id FROM award UNION SELECT 'unknown'",
        "a recipient of this release",
    ),
    "source": ("SELECT DISTINCT source AS id FROM award", "a source of this release"),
    "category": (
        "SELECT DISTINCT unnest(category_codes) AS id FROM infrastructure",
        "a category of this release",
    ),
}


def not_in_release(release: Release, filters: AwardFilters) -> tuple[AwardFilters, tuple[QueryProblem, ...]]:
    """Return the filters without the ids that this release does not know, and a problem for each of these."""
    kept: dict[str, tuple[str, ...]] = {}
    problems: list[QueryProblem] = []
    for name, (question, allowed) in _IN_RELEASE.items():
        asked = getattr(filters, name)
        if asked:
            known = {row["id"] for row in release.query(question)}
            kept[name] = tuple(value for value in asked if value in known)
            problems += [QueryProblem(name, value, allowed) for value in asked if value not in known]
    return filters.narrowed(**kept) if problems else filters, tuple(problems)
