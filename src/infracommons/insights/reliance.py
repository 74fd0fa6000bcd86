"""What relies on what, by the integrations that the catalogue knows of, and the money behind each infrastructure."""

from dataclasses import asdict

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.concentration import funders_of_each
from infracommons.insights.release import Release, Row, once_a_release
from infracommons.methods.network import Place, places

_EDGES = """
SELECT characteristic.infrastructure_id, infrastructure.name, other_infrastructure_id AS other_id,
  other.name AS other_name, link, checked_date
FROM characteristic JOIN infrastructure USING (infrastructure_id)
JOIN infrastructure AS other ON other.infrastructure_id = other_infrastructure_id
WHERE field = 'integrations' AND characteristic.infrastructure_id <> other_infrastructure_id
ORDER BY characteristic.infrastructure_id, other_id"""


def edges(release: Release) -> list[Row]:
    """Return infrastructure_id and name of one that works with another (other_id, other_name), link, checked_date."""
    return release.query(_EDGES)


@once_a_release
def network(release: Release) -> dict[str, Place]:
    """Return the place of every infrastructure of which an integration is known, whatever the filters."""
    return places((edge["infrastructure_id"], edge["other_id"]) for edge in edges(release))


def reliance(release: Release, filters: AwardFilters) -> list[Row]:
    """Return every infrastructure in the network that the filters ask for, the most relied on first.

    Columns: infrastructure_id, name, those of `Place`, and of the matched awards counted_usd, funders, top_funder_name,
    top_share (None where no award is known).
    """
    if not network(release):
        return []
    shown = {row["infrastructure_id"]: row["name"] for row in _shown(release, filters)}
    money = {row["infrastructure_id"]: row for row in funders_of_each(release, filters)}
    nothing = {"counted_usd": None, "funders": None, "top_funder_name": None, "top_share": None}
    rows = [
        {"infrastructure_id": slug, "name": shown[slug], **asdict(place)}
        | {name: money.get(slug, nothing)[name] for name in nothing}
        for slug, place in network(release).items()
        if slug in shown
    ]
    return sorted(rows, key=lambda row: (-row["relied_on_by"], -row["dependants"], row["name"].lower(), row["name"]))


def most_relied_on(release: Release) -> list[tuple[str, str]]:
    """Return infrastructure_id and name of all that another relies on, the most relied on first."""
    names = {edge["other_id"]: edge["other_name"] for edge in edges(release)}
    places = network(release)
    order = sorted(names, key=lambda slug: (-places[slug].relied_on_by, -places[slug].dependants, names[slug]))
    return [(slug, names[slug]) for slug in order]


def touched(release: Release, gone: tuple[str, ...]) -> list[Row]:
    """Return the infrastructures that would be touched if those `gone` went away, the nearest first.

    Columns: infrastructure_id, name, steps (1: relies on one of them directly), through (name of the one it relies on,
    on the shortest way), link (where that is said).
    """
    by_other: dict[str, list[Row]] = {}
    for edge in edges(release):
        by_other.setdefault(edge["other_id"], []).append(edge)
    found: dict[str, Row] = {}
    here, steps = list(gone), 0
    while here:
        steps += 1
        following = []
        for slug in here:
            for edge in by_other.get(slug, []):
                one = edge["infrastructure_id"]
                if one not in found and one not in gone:
                    found[one] = {
                        "infrastructure_id": one,
                        "name": edge["name"],
                        "steps": steps,
                        "through": edge["other_name"],
                        "link": edge["link"],
                    }
                    following.append(one)
        here = following
    return list(found.values())


def _shown(release: Release, filters: AwardFilters) -> list[Row]:
    return release.query(
        """
        SELECT infrastructure_id, name FROM infrastructure
        WHERE (len($infrastructure::VARCHAR[]) = 0 OR list_contains($infrastructure::VARCHAR[], infrastructure_id))
          AND (len($category::VARCHAR[]) = 0 OR list_has_any($category::VARCHAR[], category_codes))""",
        {"infrastructure": list(filters.infrastructure), "category": list(filters.category)},
    )
