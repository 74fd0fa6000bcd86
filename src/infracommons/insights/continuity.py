"""What runs, what ends when, and where money paused: awards as spans of time, seen from the day of the release."""

from datetime import date, datetime

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

MONTHS_AHEAD = 24


def day_of(release: Release) -> date:
    """Return the day from which a release looks ahead: the one it was made on (UTC)."""
    return datetime.fromisoformat(str(release.manifest["made_at"])).date()


def endings(release: Release, filters: AwardFilters) -> list[Row]:
    """Return the awards that run on the day of the release, by the month in which they end, for the next 24 months.

    Columns: month (its first day), awards, counted, counted_usd (of the whole awards), infrastructures. Months in which
    nothing ends have zeros. Awards without a last day are in `running`, not here.
    """
    return ask(release, filters, _ENDINGS, today=day_of(release), months=MONTHS_AHEAD)


def running(release: Release, filters: AwardFilters) -> Row:
    """Return how the matched awards stand on the day of the release.

    Columns: awards, running (begun and not ended), ends_soon (of these within 24 months), ended, not_begun, no_end (the
    last day is not known), no_start (it ended later or its end is unknown, but the first day is not known).
    """
    (row,) = ask(release, filters, _RUNNING, today=day_of(release), months=MONTHS_AHEAD)
    return row


def continuity_of_each(release: Release, filters: AwardFilters) -> list[Row]:
    """Return for each infrastructure how its awards follow one another, those whose money ends first at the top.

    Columns: infrastructure_id, name, awards, running, last_end (of awards with a last day), months_left (whole months
    from the day of the release to it; 0 where it is past), gaps (pauses between awards of more than 30 days),
    longest_gap_days, gap_from, gap_to (of the longest), no_end (awards without a last day, in none of these).
    """
    return ask(release, filters, _EACH, today=day_of(release))


def timeline(release: Release, filters: AwardFilters) -> list[Row]:
    """Return the matched awards that have a first day, in its order, to be drawn as spans.

    Columns: award_id, title, funder_name, start_date, end_date (None where not known), counted_usd, support_types.
    """
    return ask(release, filters, _TIMELINE)


_ENDINGS = """
SELECT CAST(month AS DATE) AS month, coalesce(awards, 0) AS awards, coalesce(counted, 0) AS counted,
  CAST(coalesce(counted_usd, 0) AS DECIMAL(38, 2)) AS counted_usd, coalesce(infrastructures, 0) AS infrastructures
FROM (
  SELECT unnest(range(date_trunc('month', $today::DATE),
    date_trunc('month', $today::DATE) + to_months($months::INTEGER + 1), INTERVAL 1 MONTH)) AS month
) LEFT JOIN (
  SELECT date_trunc('month', end_date) AS month, count(*) AS awards, count(counted_usd) AS counted,
    sum(counted_usd) AS counted_usd
  FROM matched WHERE end_date >= $today::DATE AND (start_date IS NULL OR start_date <= $today::DATE) GROUP BY ALL
) USING (month) LEFT JOIN (
  SELECT date_trunc('month', end_date) AS month, count(DISTINCT infrastructure_id) AS infrastructures
  FROM award_pair WHERE end_date >= $today::DATE AND (start_date IS NULL OR start_date <= $today::DATE) GROUP BY ALL
) USING (month)
ORDER BY month"""
_RUNNING = """
SELECT count(*) AS awards,
  count(*) FILTER (start_date <= $today::DATE AND end_date >= $today::DATE) AS running,
  count(*) FILTER (start_date <= $today::DATE AND end_date >= $today::DATE
    AND end_date < date_trunc('month', $today::DATE) + to_months($months::INTEGER + 1)) AS ends_soon,
  count(*) FILTER (end_date < $today::DATE) AS ended,
  count(*) FILTER (start_date > $today::DATE) AS not_begun,
  count(*) FILTER (end_date IS NULL AND (start_date IS NULL OR start_date <= $today::DATE)) AS no_end,
  count(*) FILTER (start_date IS NULL AND end_date >= $today::DATE) AS no_start
FROM matched"""
# A gap is what lies between the latest end so far and the next start; awards without a last day cannot say.
_EACH = """
SELECT * FROM (
WITH span AS (
  SELECT infrastructure_id, start_date, end_date FROM award_pair
), dated AS (
  SELECT *, max(end_date) OVER (PARTITION BY infrastructure_id ORDER BY start_date, end_date
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered
  FROM span WHERE start_date IS NOT NULL AND end_date IS NOT NULL AND end_date >= start_date
), pause AS (
  SELECT infrastructure_id, covered AS gap_from, start_date AS gap_to, date_diff('day', covered, start_date) AS days
  FROM dated WHERE date_diff('day', covered, start_date) > 30
), paused AS (
  SELECT infrastructure_id, count(*) AS gaps, max(days) AS longest_gap_days,
    first(gap_from ORDER BY days DESC, gap_from) AS gap_from, first(gap_to ORDER BY days DESC, gap_from) AS gap_to
  FROM pause GROUP BY infrastructure_id
), each AS (
  SELECT infrastructure_id, count(*) AS awards,
    count(*) FILTER (start_date <= $today::DATE AND end_date >= $today::DATE) AS running,
    max(end_date) AS last_end, count(*) FILTER (end_date IS NULL) AS no_end
  FROM span GROUP BY infrastructure_id
)
SELECT infrastructure_id, infrastructure.name, awards, running, last_end,
  CASE WHEN last_end IS NULL THEN NULL ELSE greatest(0, datesub('month', $today::DATE, last_end)) END AS months_left,
  coalesce(gaps, 0) AS gaps, longest_gap_days, gap_from, gap_to, no_end
FROM each LEFT JOIN paused USING (infrastructure_id) JOIN infrastructure USING (infrastructure_id)
) ORDER BY last_end IS NULL, greatest(last_end, $today::DATE), lower(name), infrastructure_id"""
_TIMELINE = """
SELECT award_id, title, funder_name, start_date, end_date, counted_usd, support_types
FROM matched WHERE start_date IS NOT NULL ORDER BY start_date, award_id"""
