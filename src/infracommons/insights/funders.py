"""What a release says of one funder."""

from infracommons.insights.release import Release, Row


def funder_facts(release: Release, organisation_id: str) -> Row | None:
    """Return its row of table organisation with parent_name; None where it gives no award of this release."""
    return release.one(
        """
        SELECT organisation.*, parent.name AS parent_name
        FROM organisation LEFT JOIN organisation AS parent ON parent.organisation_id = organisation.parent_id
        WHERE organisation.organisation_id = $id
          AND organisation.organisation_id IN (SELECT funder_organisation_id FROM award)""",
        {"id": organisation_id},
    )
