"""Reviewers at the desk, over the golden release and over a release that a test builds anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from infracommons.insights.release import Release, Releases
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_item import ReviewItem, review_item
from infracommons.insights.review_queue import review_queue
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk.actions import Seen
from infracommons.web.shared.published import releases


@pytest.fixture
def cleo(db: None) -> User:  # noqa: ARG001
    return User.objects.create(email="cleo@example.org", name="Cleo Example", role="curator")


@pytest.fixture
def bea(db: None) -> User:  # noqa: ARG001
    return User.objects.create(email="bea@example.org", name="Bea Example", role="administrator")


@pytest.fixture
def signed_in(site: Client) -> Callable[[User], Client]:
    """Return a function that gives a client of the site over the golden release, signed in."""

    def client_of(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    del site  # it says which release is shown
    return client_of


@pytest.fixture
def release(site: Client, golden_release: Path) -> Release:
    """The release that the site shows."""
    del site
    assert releases().folder == golden_release
    return Releases(golden_release).current()


@pytest.fixture
def items(release: Release) -> list[ReviewItem]:
    """Every item of the golden release that is about one award and an infrastructure, in the order of the queue."""
    rows = review_queue(release, ReviewFilters(kind="support"), [], rows=100)
    found = [review_item(release, row["kind"], row["subject_id"], row["other_id"]) for row in rows]
    assert len(found) > 10
    return [item for item in found if item]


@pytest.fixture
def seen(release: Release) -> Seen:
    return Seen(release.release_id, machine_was_hidden=True)
