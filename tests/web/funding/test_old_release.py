import gc
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_queue import review_counts, review_sources
from infracommons.web.shared.published import current_release

_VISITED = [
    "/",
    "/funding/",
    "/funding/?year_from=2015&prices=2020",
    "/funding/awards/?q=research",
    "/funding/awards/?funder_country=US&q=open",
    "/funding/infrastructures/",
    "/funding/infrastructures/arxiv/",
    "/funding/risk/?category=preprint_service",
    "/funding/reliance/",
    "/funding/charts/matrix.csv",
    "/api/v1/aggregates?group_by=funder",
]


def _visited(folder: Path) -> weakref.ref[Release]:
    """Return the release that was current, after everything that keeps something of it was asked."""
    client = Client()
    for address in _VISITED:
        response = client.get(address)
        assert response.status_code == 200, address  # what is refused is logged, and the log keeps the request
        assert b"".join(response), address
        response.close()
    release = current_release()
    assert release is not None
    assert release.folder.parent == folder
    for name in exhibit_kinds():
        exhibit(release, name, AwardFilters())
    review_counts(release, ReviewFilters(), [])
    review_sources(release)
    return weakref.ref(release)


@pytest.mark.django_db
def test_a_release_that_is_no_longer_current_is_given_up_with_all_that_was_kept_of_it(
    golden_release: Path, tmp_path: Path, show: Callable[[Path], Client]
) -> None:
    folder = tmp_path / "releases"
    for name in ("first", "second"):
        shutil.copytree((golden_release / "current").resolve(), folder / name)
    (folder / "current").symlink_to("first")
    show(folder)
    old = _visited(folder)
    (folder / "current").unlink()
    (folder / "current").symlink_to("second")
    now = current_release()
    assert now is not None
    assert now.folder.name == "second"
    gc.collect()
    assert old() is None
