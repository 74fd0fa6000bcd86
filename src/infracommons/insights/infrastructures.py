"""What the catalogue of a release says of each infrastructure."""

from dataclasses import dataclass

from infracommons.insights.award_filters import PAGE
from infracommons.insights.query_string import one
from infracommons.insights.release import Release, Row, once_a_release

_FACTS = """
SELECT infrastructure.*, organisation.name AS steward_organisation_name, organisation.ror_id AS steward_ror_id
FROM infrastructure LEFT JOIN organisation ON organisation_id = steward_organisation_id
WHERE infrastructure_id = $id"""
_NAMED = """
SELECT infrastructure_id, name FROM infrastructure
WHERE contains(strip_accents(lower(concat_ws(' ', name, array_to_string(aliases, ' ')))), strip_accents(lower($text)))
ORDER BY lower(name), infrastructure_id LIMIT $limit"""
MOST_NAMED = 5


@dataclass(frozen=True)
class CatalogueFilters:
    """What a list of the catalogue's infrastructures is narrowed to: a page of it."""

    page: int = one(1, *PAGE)


def infrastructure_facts(release: Release, infrastructure_id: str) -> Row | None:
    """Return its row of table infrastructure with steward_organisation_name and steward_ror_id; None if not there."""
    return release.one(_FACTS, {"id": infrastructure_id})


@once_a_release
def infrastructures(release: Release) -> list[Row]:
    """Return every infrastructure with the number of awards by decision, by name; asked once, so change none."""
    release.narrow()
    return release.query("""
    SELECT infrastructure.infrastructure_id, name, summary, steward_name, country_code,
      coalesce(supports, 0) AS supports, coalesce(needs_review, 0) AS needs_review, coalesce(rejected, 0) AS rejected
    FROM infrastructure LEFT JOIN (
      SELECT infrastructure_id, count(*) FILTER (decision = 'supports') AS supports,
        count(*) FILTER (decision = 'needs_review') AS needs_review, count(*) FILTER (decision = 'rejected') AS rejected
      FROM narrow_pair GROUP BY infrastructure_id
    ) AS named ON named.infrastructure_id = infrastructure.infrastructure_id
    ORDER BY lower(name), infrastructure.infrastructure_id""")


def infrastructures_named(release: Release, text: str) -> list[Row]:
    """Return infrastructure_id and name of up to five whose name or alias has the text in it."""
    return release.query(_NAMED, {"text": text, "limit": MOST_NAMED}) if text else []
