"""What a release says of one organisation: what it is, what is part of it, and which infrastructures it runs."""

from infracommons.insights.release import Release, Row

_FACTS = """
SELECT organisation.*, parent.name AS parent_name
FROM organisation LEFT JOIN organisation AS parent ON parent.organisation_id = organisation.parent_id
WHERE organisation.organisation_id = $id"""
# A part of a part is a part; a circle of parents, which a registry may hold, ends where it began.
_PARTS = """
WITH RECURSIVE part AS (
  SELECT organisation_id FROM organisation WHERE organisation_id = $id
  UNION SELECT organisation.organisation_id FROM organisation JOIN part ON organisation.parent_id = part.organisation_id
)
SELECT organisation_id, name, country_code, kind FROM organisation SEMI JOIN part USING (organisation_id)
WHERE organisation_id <> $id ORDER BY lower(name), organisation_id"""
_RUN = """
SELECT infrastructure_id, name, summary, steward_organisation_id FROM infrastructure
WHERE list_contains($ids::VARCHAR[], steward_organisation_id) ORDER BY lower(name), infrastructure_id"""


def organisation_facts(release: Release, organisation_id: str) -> Row | None:
    """Return its row of table organisation with parent_name; None where the release has none of that id."""
    return release.one(_FACTS, {"id": organisation_id})


def organisation_parts(release: Release, organisation_id: str) -> list[Row]:
    """Return organisation_id, name, country_code and kind of all that is below it, however deep, by name."""
    return release.query(_PARTS, {"id": organisation_id})


def infrastructures_run_by(release: Release, ids: list[str]) -> list[Row]:
    """Return infrastructure_id, name, summary and steward_organisation_id of those that these organisations run."""
    return release.query(_RUN, {"ids": ids})


def organisation_names(release: Release, ids: tuple[str, ...]) -> dict[str, str]:
    """Return the names of organisations by id; without those that the release does not have."""
    question = "SELECT organisation_id, name FROM organisation WHERE list_contains($ids::VARCHAR[], organisation_id)"
    return {row["organisation_id"]: row["name"] for row in release.query(question, {"ids": list(ids)})} if ids else {}
