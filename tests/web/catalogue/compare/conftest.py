"""Comparisons over a small catalogue, without a release of awards unless a test makes one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from infracommons.web.catalogue.compare.asked import ComparisonAsked
from infracommons.web.catalogue.compare.cells import Cell
from infracommons.web.catalogue.compare.comparison import Comparison, compare
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.shared.published import releases

Compare = Callable[..., Comparison]


@pytest.fixture(autouse=True)
def _no_release(tmp_path: Path) -> Iterator[None]:
    with override_settings(INFRACOMMONS_RELEASES=tmp_path / "none"):
        releases.cache_clear()
        yield
    releases.cache_clear()


@pytest.fixture
def comparison() -> Compare:
    """Return a function that compares infrastructures by their ids."""

    def make(*ids: str, **asked: Any) -> Comparison:
        found = Infrastructure.objects.in_bulk(ids, field_name="infrastructure_id")
        return compare(tuple(found[one] for one in ids), ComparisonAsked(ids=ids, **asked), None)

    return make


def cells(comparison: Comparison, code: str) -> tuple[Cell, ...]:
    """Return the cells of the row of a field."""
    return next(row.cells for group in comparison.groups for row in group.rows if row.code == code)


def read(client: Client, query: str, status: int = 200) -> str:
    """Return the page that an address gives, and check its status."""
    response = client.get(f"/compare{query}")
    assert response.status_code == status, response.content.decode()
    return response.content.decode()
