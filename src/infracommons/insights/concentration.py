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


_GIVEN = """
SELECT infrastructure_id, coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS funder_name,
  CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS given
FROM award_pair GROUP BY infrastructure_id, funder HAVING sum(counted_usd) > 0"""
_FUNDERS_OF_EACH = f"""
SELECT infrastructure_id, infrastructure.name, counted_usd, funders, top_funder, top_funder_name, top_share, herfindahl
FROM (
  SELECT infrastructure_id, CAST(sum(given) AS DECIMAL(38, 2)) AS counted_usd, count(*) AS funders,
    first(funder ORDER BY given DESC, funder) AS top_funder,
    first(funder_name ORDER BY given DESC, funder) AS top_funder_name,
    CAST(max(given) AS DOUBLE) / CAST(sum(given) AS DOUBLE) AS top_share,
    sum(CAST(given AS DOUBLE) ** 2) / CAST(sum(given) AS DOUBLE) ** 2 AS herfindahl
  FROM ({_GIVEN}) GROUP BY infrastructure_id
) JOIN infrastructure USING (infrastructure_id)
ORDER BY counted_usd DESC, infrastructure_id"""  # noqa: S608 - of constants only
_FUNDER_SUMS = """
SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS name,
  CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd
FROM matched GROUP BY funder HAVING sum(counted_usd) > 0 ORDER BY counted_usd DESC, funder"""
_INFRASTRUCTURE_SUMS = """
SELECT award_pair.infrastructure_id, any_value(infrastructure.name) AS name,
  CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd
FROM award_pair JOIN infrastructure ON infrastructure.infrastructure_id = award_pair.infrastructure_id
GROUP BY award_pair.infrastructure_id HAVING sum(counted_usd) > 0
ORDER BY counted_usd DESC, award_pair.infrastructure_id"""
