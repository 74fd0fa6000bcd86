"""What filters of awards can be narrowed to, and which ids a typed name may mean."""

from infracommons.insights.award_filters import REGION_CODES, UNKNOWN
from infracommons.insights.release import Release, Row, once_a_release

_NAMED = {
    "infrastructure": """
      SELECT infrastructure_id AS value, name, count(award_id) AS awards
      FROM infrastructure LEFT JOIN support USING (infrastructure_id) GROUP BY ALL""",
    "funder": """
      SELECT coalesce(funder_organisation_id, 'unknown') AS value, min(funder_name) AS name, count(*) AS awards
      FROM award GROUP BY value""",
    "recipient": """
      SELECT coalesce(recipient_organisation_id, 'unknown') AS value,
        CASE WHEN value = 'unknown' THEN 'unknown' ELSE min(recipient_name) END AS name, count(*) AS awards
      FROM award GROUP BY value""",
}
NAMED_FIELDS = tuple(_NAMED)
_FOLDED_NAME, _FOLDED_TEXT = "strip_accents(lower(name))", "strip_accents(lower($text))"


def names_like(release: Release, field: str, text: str, most: int) -> tuple[list[Row], int]:
    """Return value, name and awards of what a typed name may mean, best first, and how many there are in all.

    `field` is one of NAMED_FIELDS. What is called exactly so comes first, then what begins so, then what has it within.
    """
    question = f"""
    WITH named AS ({_NAMED[field]})
    SELECT value, name, awards, {_FOLDED_NAME} = {_FOLDED_TEXT} OR value = $text AS is_exact, count(*) OVER () AS found
    FROM named WHERE contains({_FOLDED_NAME}, {_FOLDED_TEXT}) OR value = $text
    ORDER BY is_exact DESC, starts_with({_FOLDED_NAME}, {_FOLDED_TEXT}) DESC, awards DESC, name, value
    LIMIT $most"""  # noqa: S608 - pieces of this file, no value from outside
    rows = release.query(question, {"text": text, "most": most})
    return rows, int(rows[0]["found"]) if rows else 0


@once_a_release
def group_choices(release: Release) -> dict[str, list[Row]]:
    """Return `value`, `name` and number of `awards` of each funders' region and each category.

    An award stands at every category of the infrastructures that it names. A release never changes: it is asked once.
    """
    codes = {name: code for code, name in REGION_CODES.items()}
    release.narrow()
    regions = release.query("""
    SELECT coalesce(CAST(funder_region AS VARCHAR), 'unknown') AS name, count(*) AS awards
    FROM narrow_award GROUP BY name ORDER BY name = 'unknown', name""")
    categories = release.query("""
    WITH of_category AS (SELECT infrastructure_id, unnest(category_codes) AS value FROM infrastructure)
    SELECT value, upper(value[1]) || replace(value[2:], '_', ' ') AS name, count(DISTINCT award_no) AS awards
    FROM of_category LEFT JOIN narrow_pair ON narrow_pair.infrastructure_id = of_category.infrastructure_id
    GROUP BY value ORDER BY value""")
    return {
        "region": [row | {"value": codes.get(row["name"], UNKNOWN)} for row in regions],
        "category": categories,
    }
