"""What the categories of infrastructures are called, as the catalogue has handed it over."""

from infracommons.insights.release import Release


def category_names(release: Release) -> dict[str, str]:
    """Return the name of each category that an infrastructure of the release has, by its code."""
    rows = release.query(
        "SELECT value, min(label) AS label FROM characteristic WHERE field = 'categories' GROUP BY value"
    )
    return {row["value"]: row["label"] for row in rows}
