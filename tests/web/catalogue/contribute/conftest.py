"""What tests of contributing share: one rich infrastructure, a filled-in suggestion, and forms that people send."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client

from infracommons.web.catalogue.contribute import gate
from infracommons.web.catalogue.contribute.forms.typed import Typed
from infracommons.web.catalogue.models import Infrastructure

SUGGESTION = {
    "name.value": "Open Examples",
    "website.value": "https://examples.example.org/",
    "summary.value": "Keeps examples of everything for everyone.",
    "categories.terms": ["repository_service"],
    "name.url": ["https://examples.example.org/about"],
    "name.label": ["About"],
    "message": "Many archives rely on it, and its code is open.",
    "email": "ada@example.org",
    "consent": "yes",
}


@pytest.fixture
def small_catalogue(terms: None) -> None:
    """No others beside the rich one: seeding a dozen for each test takes its time."""


@pytest.fixture(autouse=True)
def _own(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Pictures of this test alone, and no counts of earlier ones."""
    settings.INFRACOMMONS_MEDIA = tmp_path / "media"
    cache.clear()
    yield
    cache.clear()


def stamp(seconds_ago: float = 60) -> str:
    """Return the stamp of a form that was opened so long ago."""
    with patch("time.time", return_value=time.time() - seconds_ago):
        return gate.new_stamp()


@pytest.fixture
def suggestion() -> dict[str, Any]:
    """A suggestion as a visitor's browser sends it."""
    return {**SUGGESTION, "opened": stamp()}


@pytest.fixture
def path_of() -> Callable[..., str]:
    """Return a function that gives the address of one of an infrastructure's pages."""
    return lambda infrastructure, page: f"/infrastructures/{infrastructure.infrastructure_id}/{page}"


def posted(forms: Any) -> dict[str, Any]:
    """Return the fields of a page as a browser sends them when nothing is typed."""
    sent: dict[str, Any] = {}
    for form in forms:
        sent |= {f"{form.code}.{part}": said for part, said in form.typed.items() if part not in ("base", "revision")}
        sent[f"{form.code}.base"] = form.base
    return sent


@pytest.fixture
def opened(client: Client) -> Callable[[str], dict[str, Any]]:
    """Return a function that opens a page and gives what its form would send unchanged."""

    def form_at(path: str) -> dict[str, Any]:
        context = client.get(path).context
        sent = posted(context["forms"])
        if "revision" in context:
            sent["revision"] = str(context["revision"])
        return sent

    return form_at


def typed_of(infrastructure: Infrastructure, code: str, **parts: Any) -> dict[str, Typed]:
    """Return one field as it stands, with some parts typed anew."""
    from infracommons.web.catalogue.contribute.changes import claim_id  # noqa: PLC0415
    from infracommons.web.catalogue.contribute.forms.typed import typed_from_entry  # noqa: PLC0415
    from infracommons.web.catalogue.fields.registry import field  # noqa: PLC0415

    entry = infrastructure.profile.get(code)
    return {code: typed_from_entry(field(code), entry) | {"base": claim_id(entry)} | parts}
