"""Which awards are there: one page of a filtered list, what it adds up to, and what is not in the sum."""

from dataclasses import dataclass
from decimal import Decimal

from infracommons.insights.award_filters import ANY, AwardFilters
from infracommons.insights.counted import ask, page_of
from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.insights.release import Release, Row, once_a_release
from infracommons.vocabulary.countries import country_name
from infracommons.vocabulary.tables import DECISIONS


@dataclass(frozen=True)
class Total:
    """What the matched awards add up to under one rule, in US dollars; not every award can be counted."""

    rule: str
    counted_usd: Decimal
    awards: int
    counted: int
    amount_unknown: int
    not_convertible: int
    not_said_by_rule: int
    not_priced: int  # counted by the rule, but no price level is known for its year
    first_year: int | None
    last_year: int | None

    @property
    def not_counted(self) -> int:
        """Awards that are listed but in no sum."""
        return self.awards - self.counted

    @property
    def share_unknown(self) -> float | None:
        """Awards whose amount is not known, of all, 0 to 1; None of none."""
        return self.amount_unknown / self.awards if self.awards else None


@dataclass(frozen=True)
class AwardList:
    """One page of awards: columns of table award with infrastructure_ids, support_types, counted_rule, counted_usd."""

    rows: list[Row]
    total: Total
    pages: int


def award_total(release: Release, filters: AwardFilters) -> Total:
    """Return what all matched awards add up to."""
    question = """
    SELECT $rule AS rule, count(*) AS awards, count(counted_usd) AS counted,
      CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd,
      count(*) FILTER (not_counted_because = 'amount_unknown') AS amount_unknown,
      count(*) FILTER (not_counted_because = 'not_convertible') AS not_convertible,
      count(*) FILTER (not_counted_because = 'not_said_by_rule') AS not_said_by_rule,
      count(*) FILTER (not_counted_because = 'not_priced') AS not_priced,
      min(award_year) AS first_year, max(award_year) AS last_year
    FROM matched"""
    return Total(**ask(release, filters, question)[0])


def award_list(release: Release, filters: AwardFilters) -> AwardList:
    """Return the page that the filters ask for; beyond the last page it has no rows."""
    total = award_total(release, filters)
    rows = page_of(release, filters, rows=ROWS_A_PAGE) if filters.page <= pages(total.awards) else []
    return AwardList(rows, total, pages(total.awards))


def by_decision(release: Release, filters: AwardFilters) -> dict[str, int]:
    """Return how many awards match with each decision, the other filters as they are."""
    anything = filters.narrowed(decision=ANY)
    question = "SELECT decision, count(DISTINCT award_no) AS awards FROM pair GROUP BY decision"
    found = {row["decision"]: row["awards"] for row in ask(release, anything, question)}
    return {decision: found.get(decision, 0) for decision in DECISIONS}


@once_a_release
def choices(release: Release) -> dict[str, list[Row]]:
    """Return what a reader may choose from, by filter: `value`, `name` and number of `awards`.

    A release never changes, so it is asked once.
    """
    questions = {
        "infrastructure": """
          SELECT infrastructure_id AS value, name, count(*) AS awards
          FROM support JOIN infrastructure USING (infrastructure_id)
          GROUP BY infrastructure_id, name ORDER BY lower(name), value""",
        "funder": """
          SELECT coalesce(funder_organisation_id, 'unknown') AS value, min(funder_name) AS name, count(*) AS awards
          FROM award GROUP BY value ORDER BY lower(min(funder_name)), value""",
        "country": """
          SELECT coalesce(recipient_country_code, 'unknown') AS value, value AS name, count(*) AS awards
          FROM award GROUP BY value ORDER BY value""",
        "funder_country": """
          SELECT coalesce(funder.country_code, 'unknown') AS value, value AS name, count(*) AS awards
          FROM award LEFT JOIN organisation AS funder ON organisation_id = funder_organisation_id
          GROUP BY value ORDER BY value""",
        "source": """
          SELECT source AS value, source AS name, count(*) AS awards FROM award GROUP BY source ORDER BY source""",
    }
    found = {name: release.query(question) for name, question in questions.items()}
    return found | {field: _by_country_name(found[field]) for field in ("country", "funder_country")}


def _by_country_name(rows: list[Row]) -> list[Row]:
    named = [row | {"name": country_name(row["value"])} for row in rows]
    return sorted(named, key=lambda row: (row["name"] == "unknown", row["name"]))
