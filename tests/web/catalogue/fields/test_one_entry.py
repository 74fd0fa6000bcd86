"""Adding a field is one entry: forms, profile, comparison, search, files and the API follow without other edits."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as used
from django.test import Client

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.exports.infrastructure_table import infrastructure_table
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.document import fields_page
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.shared.published import releases

pytestmark = pytest.mark.django_db
ENTRY = """
  - code: quiet_hours
    label: Quiet hours policy
    kind: practice
    question: Is there a public policy on quiet hours?
    help: It counts if it says when nobody is expected to answer.
    vocabulary: status
    is_facet: true
    search_weight: 1
"""
LABEL, QUESTION, LINK = "Quiet hours policy", "Is there a public policy on quiet hours?", "https://example.org/quiet"


@pytest.fixture
def _one_more_field(rich: Infrastructure, settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(Path(used.INFRACOMMONS_DEFINITIONS), folder)
    with (folder / "fields" / "community.yaml").open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    settings.INFRACOMMONS_DEFINITIONS = folder
    settings.INFRACOMMONS_RELEASES = tmp_path / "none"
    releases.cache_clear()
    raw = RawClaim(status="in_progress", evidence=[{"url": LINK, "label": ""}])
    claim = checked_claim(field("quiet_hours"), raw, term_book())
    append_claims(rich, [claim], by=Author(AuthorKind.STEWARD, "its team"))


@pytest.mark.usefixtures("_one_more_field")
def test_one_entry_in_a_definition_is_on_every_page_and_in_every_file(client: Client) -> None:
    profile = client.get("/infrastructures/example-archive/").content.decode()
    assert LABEL in profile
    assert LINK in profile
    assert LABEL in client.get("/infrastructures/arxiv/").content.decode()  # where it is unknown
    assert QUESTION in client.get("/infrastructures/arxiv/correct/?field=quiet_hours").content.decode()
    compared = client.get("/compare.csv?ids=example-archive,arxiv").content.decode()
    assert LABEL in compared
    found = client.get("/infrastructures/?quiet_hours=in_progress").content.decode()
    assert "Example Archive" in found
    assert "arXiv" not in found
    assert "quiet_hours_status" in {column.name for column in infrastructure_table().columns}
    assert client.get("/api/v1/infrastructures?quiet_hours=in_progress").json()["meta"]["total"] == 1
    assert LINK in client.get("/infrastructures/example-archive.json").content.decode()
    assert LABEL in fields_page(Path(used.INFRACOMMONS_DEFINITIONS))
