"""How concentrated the money is: over funders, over infrastructures, and over the funders of each infrastructure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row
from infracommons.methods.health import concentration


@dataclass(frozen=True)
class Concentration:
    """Measures over members with money, 0 to 1 but for `members` and `effective_number`; None where there is none."""

    members: int
    top_one: float | None
    top_five: float | None
    top_ten: float | None
    herfindahl: float | None
    effective_number: float | None
    gini: float | None


def concentration_of(amounts: Sequence[Decimal]) -> Concentration:
    """Return the measures of amounts in US dollars; members without money are left out."""
    having = [amount for amount in amounts if amount]
    measures = (
        concentration.top_share(having, 1),
        concentration.top_share(having, 5),
        concentration.top_share(having, 10),
        concentration.herfindahl(having),
        concentration.effective_number(having),
        concentration.gini(having),
    )
    return Concentration(len(having), *(None if measure is None else float(measure) for measure in measures))


def funders_of_each(release: Release, filters: AwardFilters) -> list[Row]:
    """Return for each infrastructure with money who gives it and how unevenly, the most money first.

    Columns: infrastructure_id, name, counted_usd, funders (with money), top_funder (id or `unknown`), top_funder_name,
    top_share and herfindahl (0 to 1). Awards without a known funder count as one funder, `unknown`.
    """
    return ask(release, filters, _FUNDERS_OF_EACH)


def funder_sums(release: Release, filters: AwardFilters) -> list[Row]:
    """Return funder (id or `unknown`), name, counted_usd of every funder with money, largest first."""
    return ask(release, filters, _FUNDER_SUMS)


def infrastructure_sums(release: Release, filters: AwardFilters) -> list[Row]:
    """Return infrastructure_id, name, counted_usd of every infrastructure with money, largest first."""
    return ask(release, filters, _INFRASTRUCTURE_SUMS)


_FUNDERS_OF_EACH = """
SELECT each.*, infrastructure.name FROM (
  SELECT infrastructure_id, CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd, count(*) AS funders,
    first(funder ORDER BY counted_usd DESC, funder) AS top_funder,
    first(funder_name ORDER BY counted_usd DESC, funder) AS top_funder_name,
    CAST(max(counted_usd) AS DOUBLE) / CAST(sum(counted_usd) AS DOUBLE) AS top_share,
    sum(CAST(counted_usd AS DOUBLE) ** 2) / CAST(sum(counted_usd) AS DOUBLE) ** 2 AS herfindahl
  FROM given WHERE counted_usd > 0 GROUP BY infrastructure_id
) AS each JOIN infrastructure ON infrastructure.infrastructure_id = each.infrastructure_id
ORDER BY counted_usd DESC, each.infrastructure_id"""
_FUNDER_SUMS = """
SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS name,
  CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd
FROM matched GROUP BY funder_organisation_id HAVING sum(counted_usd) > 0 ORDER BY counted_usd DESC, funder"""
_INFRASTRUCTURE_SUMS = """
SELECT each.infrastructure_id, name, each.counted_usd FROM (
  SELECT infrastructure_id, CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd
  FROM given GROUP BY infrastructure_id HAVING sum(counted_usd) > 0
) AS each JOIN infrastructure ON infrastructure.infrastructure_id = each.infrastructure_id
ORDER BY counted_usd DESC, each.infrastructure_id"""
