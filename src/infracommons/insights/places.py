"""Where money comes from and where it goes: regions and countries of funders and recipients."""

from infracommons.insights.award_filters import UNKNOWN, AwardFilters
from infracommons.insights.release import Release, Row
from infracommons.insights.sums import award_groups
from infracommons.vocabulary.regions import region


def by_funder_country(release: Release, filters: AwardFilters) -> list[Row]:
    """Return region and country_code of the funder (None where unknown), funders, awards, counted, counted_usd."""
    return award_groups(release, filters, "funder_region AS region, funder_country_code AS country_code")


def by_funder_region(release: Release, filters: AwardFilters) -> list[Row]:
    """Return region (`unknown` where it is), awards, counted, counted_usd; largest first."""
    return award_groups(release, filters, "coalesce(funder_region, 'unknown') AS region", "funder_region")


def by_federal(release: Release, filters: AwardFilters) -> list[Row]:
    """Return is_us_federal of the funder (None where the funder is not identified), awards, counted, counted_usd."""
    return award_groups(release, filters, "is_funder_us_federal AS is_us_federal")


def by_recipient_country(release: Release, filters: AwardFilters) -> list[Row]:
    """Return country (`unknown` where it is), awards, counted, counted_usd; largest first."""
    return award_groups(
        release, filters, "coalesce(recipient_country_code, 'unknown') AS country", "recipient_country_code"
    )


def across_regions(release: Release, filters: AwardFilters) -> list[Row]:
    """Return from_region, to_region (each `unknown` where it is), awards, counted, counted_usd; largest first."""
    key = "coalesce(funder_region, 'unknown') AS from_region, recipient_country_code"
    flows: dict[tuple[str, str], Row] = {}
    for row in award_groups(release, filters, key, "funder_region, recipient_country_code"):
        way = (row["from_region"], region(row["recipient_country_code"]) or UNKNOWN)
        into = flows.setdefault(
            way, {"from_region": way[0], "to_region": way[1], "awards": 0, "counted": 0, "counted_usd": 0}
        )
        for name in ("awards", "counted", "counted_usd"):
            into[name] += row[name]
    return sorted(
        flows.values(), key=lambda row: (-row["counted_usd"], -row["awards"], row["from_region"], row["to_region"])
    )
