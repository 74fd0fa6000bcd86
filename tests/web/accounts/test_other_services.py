"""Signing in by ORCID or an organisation's own service."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from infracommons.config.sign_in import providers
from infracommons.web.accounts.models import User

pytestmark = pytest.mark.django_db
Travel = Callable[..., Any]
LOGIN, CALLBACK = "/account/oidc/oidc/login/", "/account/oidc/oidc/login/callback/"


def test_nothing_is_offered_where_nothing_is_set_up(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "With another service" not in page
    for address in (reverse("orcid_login"), LOGIN, "/account/oidc/nowhere/login/", reverse("orcid_callback")):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address


def test_what_is_set_up_is_offered_by_name(client: Client, settings: Any) -> None:
    environment = {"ORCID_CLIENT_ID": "i", "ORCID_SECRET": "s", "OIDC_NAME": "Example University"}
    environment |= {"OIDC_SERVER_URL": "https://id.example.org", "OIDC_CLIENT_ID": "i", "OIDC_SECRET": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = providers(environment)
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in with ORCID" in page
    assert "Sign in with Example University" in page


def test_the_form_leads_to_the_service_by_a_page_that_the_content_policy_allows(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers({"ORCID_CLIENT_ID": "the-id", "ORCID_SECRET": "s"})
    assert "Go to ORCID" in client.get(reverse("orcid_login")).content.decode(), "a link alone signs nobody in"
    answer = client.post(reverse("orcid_login"))
    assert answer.status_code == 200
    assert "form-action 'self';" in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert '<meta http-equiv="refresh" content="0; url=https://orcid.org/oauth/authorize?' in page
    assert "client_id=the-id" in page
    assert ">go to orcid.org</a>" in page


def test_one_makes_an_account_with_a_service_agreeing_to_the_terms(
    client: Client, go_and_come_back: Travel, service: Any, link_of_mail: Callable[..., str]
) -> None:
    form = go_and_come_back(client).headers["Location"]
    assert "code_verifier=" in service.asked[0], "the code is of no use to who reads it on the way"
    assert not User.objects.exists()
    page = client.get(form).content.decode()
    assert 'value="Grace Example"' in page
    assert 'value="grace@example.org"' in page
    refused = client.post(form, {"email": "grace@example.org", "name": "Grace Example"})
    assert "Agree to the terms" in refused.content.decode()
    client.post(form, {"email": "grace@example.org", "name": "Grace Example", "agrees": "on"})
    grace = User.objects.get()
    assert (grace.name, grace.agreed_version, grace.has_usable_password()) == ("Grace Example", "1", False)
    assert client.get(reverse("account")).status_code == 302, "the address is not confirmed yet"
    client.post(link_of_mail())
    assert EmailAddress.objects.get().verified
    assert go_and_come_back(client, next="/funding/").headers["Location"] == "/funding/"
    assert "Example University" in client.get(reverse("account")).content.decode()


def test_a_service_that_names_somebodys_address_does_not_open_their_account(
    client: Client, go_and_come_back: Travel, service: Any, ada: User
) -> None:
    service.says |= {"email": ada.email, "email_verified": True}
    form = go_and_come_back(client).headers["Location"]
    assert client.get(reverse("account")).status_code == 302
    client.post(form, {"email": ada.email, "agrees": "on"})
    assert client.get(reverse("account")).status_code == 302
    assert not SocialAccount.objects.filter(user=ada).exists()


def test_one_connects_a_service_and_disconnects_it(
    signed_in: Client, ada: User, go_and_come_back: Travel, password: str
) -> None:
    signed_in.post(reverse("account_reauthenticate"), {"password": password})
    go_and_come_back(signed_in, process="connect")
    linked = SocialAccount.objects.get(user=ada)
    page = signed_in.get(reverse("socialaccount_connections")).content.decode()
    assert "Disconnect Example University" in page
    signed_in.post(reverse("socialaccount_connections"), {"account": linked.pk})
    assert not SocialAccount.objects.exists()


def test_a_service_that_is_no_longer_set_up_is_named_and_breaks_no_page(signed_in: Client, ada: User) -> None:
    SocialAccount.objects.create(user=ada, provider="orcid", uid="0000-0002-1825-0097")
    for name in ("account", "socialaccount_connections"):
        assert "orcid, no longer offered here" in signed_in.get(reverse(name)).content.decode(), name


def test_coming_back_with_another_browsers_state_or_none_signs_nobody_in(
    client: Client, go_and_come_back: Travel, ada: User
) -> None:
    go_and_come_back(Client())
    for sent in ({}, {"code": "a code"}, {"code": "a code", "state": "x"}, {"error": "access_denied", "state": "x"}):
        answer = client.get(CALLBACK, sent)
        assert answer.status_code in (401, 302), sent
        assert client.get(reverse("account")).status_code == 302
    assert User.objects.get() == ada


def test_stopping_at_the_service_is_said_plainly(client: Client, service: Any) -> None:  # noqa: ARG001
    leaving = client.post(LOGIN).content.decode()
    state = leaving.split("state=")[1].split("&")[0]
    answer = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert "You were not signed in" in answer.content.decode()


@pytest.mark.parametrize("answer", [b"<html>we moved</html>", b"[" * 50_000, b""])
def test_a_service_that_answers_nonsense_gives_a_page_that_says_so(
    client: Client, go_and_come_back: Travel, service: Any, answer: bytes
) -> None:
    service.says = answer
    page = go_and_come_back(client)
    assert page.status_code in (401, 502)
    assert "did not sign you in" in page.content.decode()


@pytest.mark.parametrize("says", [{}, {"sub": None}, {"sub": "x" * 1000, "name": ["Grace"]}, {"sub": "g", "email": 3}])
def test_a_service_that_tells_of_a_person_oddly_is_no_error_of_ours(
    client: Client, go_and_come_back: Travel, service: Any, says: dict[str, Any]
) -> None:
    service.says = says
    answer = go_and_come_back(client)
    assert answer.status_code < 500 or answer.status_code == 502


def test_a_service_that_is_down_gives_a_page_that_says_so_and_names_no_secret(
    client: Client,
    service: Any,  # noqa: ARG001 - is set up
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:1"
    answer = client.post(LOGIN)
    assert answer.status_code == 502
    assert "Try again or choose another way" in answer.content.decode()
    assert "did not answer as it should: ConnectionError" in caplog.text
    assert "not a secret" not in caplog.text
