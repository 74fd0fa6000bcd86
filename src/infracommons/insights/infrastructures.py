"""What the catalogue of a release says of each infrastructure."""

from dataclasses import dataclass
from functools import lru_cache

from infracommons.insights.award_filters import PAGE
from infracommons.insights.query_string import one
from infracommons.insights.release import Release, Row

_FACTS = """
SELECT infrastructure.*, organisation.name AS steward_organisation_name, organisation.ror_id AS steward_ror_id
FROM infrastructure LEFT JOIN organisation ON organisation_id = steward_organisation_id
WHERE infrastructure_id = $id"""
_NAMED = """
SELECT infrastructure_id, name FROM infrastructure
WHERE contains(strip_accents(lower(concat_ws(' ', name, array_to_string(aliases, ' ')))), strip_accents(lower($text)))
ORDER BY lower(name), infrastructure_id LIMIT $limit"""
MOST_NAMED = 5
_RELEASES_KEPT = 2


@dataclass(frozen=True)
class CatalogueFilters:
    """What a list of the catalogue's infrastructures is narrowed to: a page of it."""

    page: int = one(1, *PAGE)


def infrastructure_facts(release: Release, infrastructure_id: str) -> Row | None:
    """Return its row of table infrastructure with steward_organisation_name and steward_ror_id; None if not there."""
    return release.one(_FACTS, {"id": infrastructure_id})


@lru_cache(maxsize=_RELEASES_KEPT)
def infrastructures(release: Release) -> list[Row]:
    """Return every infrastructure with the number of awards by decision, by name; asked once, so change none."""
    return release.query("""
    SELECT infrastructure_id, name, summary, steward_name, country_code,
      count(*) FILTER (decision = 'supports') AS supports,
      count(*) FILTER (decision = 'needs_review') AS needs_review,
      count(*) FILTER (decision = 'rejected') AS rejected
    FROM infrastructure LEFT JOIN support USING (infrastructure_id)
    GROUP BY infrastructure_id, name, summary, steward_name, country_code ORDER BY lower(name), infrastructure_id""")


def infrastructures_named(release: Release, text: str) -> list[Row]:
    """Return infrastructure_id and name of up to five whose name or alias has the text in it."""
    return release.query(_NAMED, {"text": text, "limit": MOST_NAMED}) if text else []
