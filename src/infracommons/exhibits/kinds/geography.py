"""Where money comes from and where it goes: regions, countries, what crosses borders, what is US federal."""

from infracommons.exhibits.bars import ACCENT, QUIET, UNKNOWN, amount, bars
from infracommons.exhibits.columns import sums
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import added, first_upper, nothing, ratio, share, sum_words
from infracommons.exhibits.made import made_of
from infracommons.exhibits.ranking import Ranking, ranked
from infracommons.insights.award_filters import REGION_CODES, AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.places import (
    across_regions,
    by_federal,
    by_funder_country,
    by_funder_region,
    by_recipient_country,
)
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.countries import country_name
from infracommons.vocabulary.figures import rounded

_WHERE = "A country is that of the organisation's record in the Research Organization Registry, or as published."
REGIONS = Ranking(
    "funder-regions", "region", "regions", "gave", "region", "Region unknown",
    notes=("Regions as in the yearly report on open infrastructure: US, Europe, rest of world.", _WHERE),
    reading="Each bar is the money of the funders of one region, in US dollars.",
)  # fmt: skip
GIVING = Ranking(
    "funder-countries", "country", "countries", "gave", "country", "Country unknown", notes=(_WHERE,),
    reading="Each bar is the money of the funders of one country, in US dollars.",
)  # fmt: skip
RECEIVING = Ranking(
    "recipient-countries", "country", "countries", "received", "country", "Country unknown", notes=(_WHERE,),
    reading="Each bar is the money of the recipients of one country, in US dollars.",
)  # fmt: skip
_CODES = {name: code for code, name in REGION_CODES.items()}


def _funder_regions(release: Release, filters: AwardFilters) -> Exhibit:
    rows = [row | {"name": first_upper(_place(row["region"]))} for row in by_funder_region(release, filters)]
    return ranked(REGIONS, release, filters, rows, lambda row: filters.narrowed(region=(_CODES[row["region"]],)))


def funder_countries(release: Release, filters: AwardFilters) -> Exhibit:
    """Return the countries of funders by money, `country` and `name` of each."""
    rows = [
        row | {"country": row["country_code"] or "unknown", "name": country_name(row["country_code"])}
        for row in by_funder_country(release, filters)
    ]
    return ranked(GIVING, release, filters, rows, lambda row: filters.narrowed(funder_country=(row["country"],)))


def recipient_countries(release: Release, filters: AwardFilters) -> Exhibit:
    """Return the countries of recipients by money, `country` and `name` of each."""
    rows = [row | {"name": country_name(row["country"])} for row in by_recipient_country(release, filters)]
    return ranked(RECEIVING, release, filters, rows, lambda row: filters.narrowed(country=(row["country"],)))


def _across(release: Release, filters: AwardFilters) -> Exhibit:
    rows = across_regions(release, filters)
    whole = added(rows)
    told = [row | {"name": _way(row), "share": ratio(row["counted_usd"], whole)} for row in rows]
    made = made_of(release, filters, _WHERE)
    columns = (
        Column("from_region", "Funder in"),
        Column("to_region", "Recipient in"),
        *sums(filters),
        Column("share", "Share of the total", "share"),
    )
    if not whole:
        return nothing("across-borders", columns, made, told)
    known = [row for row in told if "unknown" not in (row["from_region"], row["to_region"])]
    crossing = [row for row in known if row["from_region"] != row["to_region"]]
    drawn = bars(told, lambda row: row["name"], words=amount, colour=_way_colour, nouns="ways")
    return Exhibit(
        "across-borders",
        _across_title(known, crossing),
        f"{rounded(added(crossing))} of the {rounded(added(known))} whose two ends are known goes from one region to "
        f"another; of {rounded(whole - added(known))} one end is unknown.",
        columns,
        told,
        made,
        reading="Each bar is the money that goes from funders of one region to recipients of another; money that stays "
        "in a region is drawn lighter, with an end that is unknown in grey.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        drawn_note=drawn.drawn_note,
    )


def _across_title(known: list[Row], crossing: list[Row]) -> str:
    if not added(known):
        return "It is not known whether money crosses from one region to another"
    if not added(crossing):
        return "No money that is known crosses from one region to another"
    return first_upper(f"{share(added(crossing), added(known))} of the money crosses from one region to another")


def _way(row: Row) -> str:
    ends = (_place(row["from_region"]), _place(row["to_region"]))
    return f"Within {ends[0]}" if ends[0] == ends[1] and "unknown" not in ends else first_upper(" to ".join(ends))


def _way_colour(row: Row) -> str:
    ends = (row["from_region"], row["to_region"])
    return UNKNOWN if "unknown" in ends else QUIET if ends[0] == ends[1] else ACCENT


def _place(region: str) -> str:
    return {"US": "the US", "Rest of world": "the rest of the world"}.get(region, region)


_FEDERAL = {True: "US federal", False: "Others", None: "Funder not identified"}


def _federal(release: Release, filters: AwardFilters) -> Exhibit:
    total = award_total(release, filters)
    rows = [
        row | {"name": _FEDERAL[row["is_us_federal"]], "share": ratio(row["counted_usd"], total.counted_usd)}
        for row in by_federal(release, filters)
    ]
    made = made_of(release, filters, "US federal are departments and agencies of the US government.", total=total)
    columns = (Column("name", "Funder"), *sums(filters), Column("share", "Share of the total", "share"))
    if not total.counted_usd:
        return nothing("us-federal", columns, made, rows)
    colours = {True: ACCENT, False: QUIET, None: UNKNOWN}
    drawn = bars(
        rows,
        lambda row: row["name"],
        words=lambda row: f"{amount(row)}, {share(row['counted_usd'], total.counted_usd)}",
        colour=lambda row: colours[row["is_us_federal"]],
    )
    federal = next((row for row in rows if row["is_us_federal"]), None)
    return Exhibit(
        "us-federal",
        first_upper(f"{share(federal['counted_usd'], total.counted_usd)} of the money is US federal")
        if federal
        else "No money of the US federal government is among it",
        f"US federal funders gave {sum_words(federal)}, of {rounded(total.counted_usd)}."
        if federal
        else "No award has a funder that is known to be US federal.",
        columns,
        rows,
        made,
        reading="Each bar is the money of one group of funders.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
    )


KINDS = (
    ExhibitKind("funder-regions", "Where funders are: regions", "givers", _funder_regions, order=30),
    ExhibitKind("funder-countries", "Where funders are: countries", "givers", funder_countries, order=40),
    ExhibitKind("recipient-countries", "Where recipients are", "givers", recipient_countries, order=50),
    ExhibitKind("across-borders", "Money across regions", "givers", _across, order=60),
    ExhibitKind("us-federal", "US federal money", "givers", _federal, order=70),
)
