"""Forms are refused where another page sends them, and shown again where ours went stale."""

from typing import Any

import pytest
from django.test import Client

from infracommons.web.catalogue.models import Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def strict() -> Client:
    """A client that is checked as browsers are."""
    return Client(enforce_csrf_checks=True)


def token_of(client: Client, path: str) -> str:
    client.get(path)
    return client.cookies["csrftoken"].value


def test_a_form_with_its_token_is_taken(strict: Client, suggestion: dict[str, Any]) -> None:
    token = token_of(strict, "/suggest/")
    answer = strict.post("/suggest/", suggestion | {"csrfmiddlewaretoken": token}, headers=HERE)
    assert answer.status_code == 200
    assert Proposal.objects.count() == 1


def test_a_form_of_ours_with_an_old_token_is_shown_again_with_all_that_was_typed(
    strict: Client, suggestion: dict[str, Any]
) -> None:
    token_of(strict, "/suggest/")
    answer = strict.post("/suggest/", suggestion | {"csrfmiddlewaretoken": "0" * 64}, headers=HERE)
    assert answer.status_code == 403
    assert not Proposal.objects.exists()
    shown = answer.content.decode()
    assert "Keeps examples of everything for everyone." in shown
    fresh = dict(answer.context["hidden"]) | {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(answer.context["to"], fresh, headers=HERE).status_code == 200
    assert Proposal.objects.get().name == "Open Examples"


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example.org"}, {"Origin": "null"}, {}])
def test_what_another_page_sends_is_neither_taken_nor_shown(
    strict: Client, suggestion: dict[str, Any], headers: dict[str, str]
) -> None:
    answer = strict.post("/suggest/", suggestion, headers=headers)
    assert answer.status_code == 403
    assert "Keeps examples" not in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_body_of_30_megabytes_is_refused_in_words(client: Client, suggestion: dict[str, Any]) -> None:
    answer = client.post("/suggest/", suggestion | {"message": "x" * (30 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "more than we can take" in answer.content.decode()


def test_text_of_more_than_a_form_holds_is_refused_in_words(client: Client) -> None:
    long = f"message={'x' * (3 * 1024 * 1024)}"
    answer = client.post("/suggest/", long, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_more_fields_than_any_form_has_are_refused_in_words(client: Client) -> None:
    many = "&".join(f"a{n}=1" for n in range(20_001))
    answer = client.post("/suggest/", many, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_pages_with_what_somebody_typed_are_not_cached(client: Client) -> None:
    assert "no-store" in client.get("/suggest/").headers["Cache-Control"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client: Client, method: str) -> None:
    assert getattr(client, method)("/suggest/").status_code == 405
