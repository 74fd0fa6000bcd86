"""The character zero, which PostgreSQL refuses, is answered at the desk as any other wrong value."""

import pytest
from django.test import Client

from infracommons.web.catalogue.models import Infrastructure, Proposal

pytestmark = pytest.mark.django_db


def test_a_comment_on_a_field_that_cannot_be_is_refused(at_desk: Client, changed: Proposal) -> None:
    sent = {"text": "Why?", "audience": "proposer", "field": "a\0b"}
    assert at_desk.post(f"/desk/proposals/{changed.public_id}/comment/", sent).status_code == 400
    assert not changed.comments.exists()


def test_a_successor_that_cannot_be_is_refused(at_desk: Client, rich: Infrastructure) -> None:
    sent = {"listing": "withdrawn", "reason": "Merged.", "successor": "a\0b", "version": str(rich.version)}
    path = f"/desk/infrastructures/{rich.infrastructure_id}/listing/"
    assert at_desk.post(path, sent).status_code == 400


@pytest.mark.parametrize("code", ["%00", "a%00b"])
def test_a_term_that_cannot_be_is_not_found(at_desk: Client, terms: None, code: str) -> None:  # noqa: ARG001
    assert at_desk.get(f"/desk/terms/categories/term/{code}/").status_code == 404
