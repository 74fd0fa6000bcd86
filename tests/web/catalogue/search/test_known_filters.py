"""Whoever comes from the incumbent finds each of its filters and orders again, and more of them."""

import pytest

from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.statuses import AVAILABLE
from infracommons.web.catalogue.search.facets import facets
from infracommons.web.catalogue.search.filters import SORTS

GROUPS = {
    "category": ("categories",),
    "open attributes": ("oss", "open_content", "free_to_use"),
    "technical attributes": (
        "maintenance_status open_api code_repository open_data product_roadmap user_documentation".split()
    ),
    "community engagement": ("code_of_conduct", "community_engagement", "contribution_pathways"),
    "policies": ("bylaws", "equity_and_inclusion", "privacy_policy", "web_accessibility"),
    "business model": ("business_form",),
    "hosting": ("hosting",),
    "location": ("country",),
}


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_of_filters_of_the_incumbent_is_there(group: str) -> None:
    for code in GROUPS[group]:
        facet = facets()[code]
        assert facet.kind != "status" or AVAILABLE in facet.values


def test_what_the_incumbent_computes_and_hides_can_be_filtered_by() -> None:
    assert {facet.code for facet in facets().values() if facet.kind == "flag"} == {
        *GROUPS["open attributes"],
        "transparent_governance",
        "nonprofit_operated",
    }
    assert {"yes", "no", "unknown"} == set(facets()["transparent_governance"].values)


def test_every_public_practice_can_be_filtered_by() -> None:
    practices = {one.code for one in public_fields() if one.kind == "practice"}
    assert practices <= facets().keys()


def test_the_three_orders_of_the_incumbent_are_there() -> None:
    assert {"changed", "name", "-name"} <= SORTS.keys()
