"""In which currencies the awards were given, and from when the rates are that made them US dollars."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row


def by_currency(release: Release, filters: AwardFilters) -> list[Row]:
    """Return each currency of the matched awards with their original amounts, the most frequent first.

    Columns: currency (ISO 4217, None where unknown), awards, with_amount (of these, those that say one), amount (whole
    awards, in that currency), counted, counted_usd, first_fx_date and last_fx_date (of the rates; None without any).
    """
    question = """
    SELECT currency, count(*) AS awards, count(amount) AS with_amount,
      CAST(coalesce(sum(amount), 0) AS DECIMAL(38, 2)) AS amount, count(counted_usd) AS counted,
      CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd,
      min(fx_date) AS first_fx_date, max(fx_date) AS last_fx_date
    FROM matched GROUP BY currency ORDER BY awards DESC, currency"""
    return ask(release, filters, question)
