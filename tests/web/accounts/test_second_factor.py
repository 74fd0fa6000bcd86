"""Authenticator apps, recovery codes and keys."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User

pytestmark = pytest.mark.django_db
Code = Callable[..., str]
SECOND = "/account/2fa/authenticate/"


def is_signed_in(client: Client) -> bool:
    return bool(client.get(reverse("account")).status_code == 200)


def set_up(client: Client, password: str) -> str:
    """Go to the page on which an app is set up, and return the secret that it shows."""
    activate = reverse("mfa_activate_totp")
    asked = client.get(activate)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked.headers["Location"], {"password": password})
    found = re.search(r'class="secret">([A-Z2-7]+)<', client.get(activate).content.decode())
    assert found is not None
    return found[1]


@pytest.mark.django_db(transaction=True)  # the mail leaves when the change is committed
def test_with_an_app_signing_in_asks_for_its_code(
    signed_in: Client,
    password: str,
    code_of: Code,
    sign_in: Callable[..., Any],
) -> None:
    secret = set_up(signed_in, password)
    assert signed_in.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert "Authenticator" in mail.outbox[-1].subject, "a change to how one signs in is told by mail"
    assert "authenticator app, 10 unused recovery codes" in signed_in.get(reverse("account")).content.decode()

    signed_in.logout()
    assert sign_in().headers["Location"] == SECOND
    assert not is_signed_in(signed_in), "the password alone"
    wrong = signed_in.post(SECOND, {"code": "000000"})
    assert "This is not the code" in wrong.content.decode()
    assert not is_signed_in(signed_in), "a wrong code"
    signed_in.post(SECOND, {"code": code_of(secret, 1)})
    assert is_signed_in(signed_in)


def test_a_wrong_code_sets_up_no_app_and_keeps_the_secret(signed_in: Client, password: str, ada: User) -> None:
    secret = set_up(signed_in, password)
    page = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "This is not the code" in page
    assert secret in page
    assert not Authenticator.objects.filter(user=ada).exists()


def test_a_code_works_once(ada: User, password: str, app_of: Callable[[User], str], code_of: Code) -> None:
    secret = app_of(ada)
    browsers = [Client(), Client()]
    code = code_of(secret)
    for browser in browsers:
        browser.post(reverse("account_login"), {"login": ada.email, "password": password})
        browser.post(SECOND, {"code": code})
    assert [is_signed_in(browser) for browser in browsers] == [True, False]


def test_guessing_codes_is_stopped(
    client: Client, ada: User, app_of: Callable[[User], str], code_of: Code, sign_in: Callable[..., Any]
) -> None:
    secret = app_of(ada)
    sign_in(ada.email)
    for _ in range(10):
        client.post(SECOND, {"code": "000000"})
    page = client.post(SECOND, {"code": code_of(secret)})
    assert "Wait a few minutes" in page.content.decode()
    assert not is_signed_in(client)


def test_a_recovery_code_opens_the_account_once(
    client: Client, ada: User, app_of: Callable[[User], str], sign_in: Callable[..., Any]
) -> None:
    app_of(ada)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415 - needs the registry

    code = RecoveryCodes.activate(ada).get_unused_codes()[0]
    sign_in(ada.email)
    client.post(SECOND, {"code": code})
    assert is_signed_in(client)
    client.logout()
    sign_in(ada.email)
    client.post(SECOND, {"code": code})
    assert not is_signed_in(client)


def test_the_second_factor_cannot_be_skipped(
    client: Client, ada: User, app_of: Callable[[User], str], sign_in: Callable[..., Any]
) -> None:
    app_of(ada)
    sign_in(ada.email)
    for name in ("account", "mfa_index", "account_email", "people", "account_export", "account_close"):
        assert "/account/login/" in client.get(reverse(name)).headers["Location"], name


def test_signing_in_by_a_code_that_was_sent_asks_for_the_second_factor_too(
    client: Client, ada: User, app_of: Callable[[User], str]
) -> None:
    app_of(ada)
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None
    assert client.post(reverse("account_confirm_login_code"), {"code": code[0]}).headers["Location"] == SECOND


def test_turning_the_app_off_asks_again_who_one_is(signed_in: Client, ada: User, app_of: Callable[[User], str]) -> None:
    app_of(ada)
    session = signed_in.session
    session["account_authentication_methods"] = []
    session.save()
    assert "reauthenticate" in signed_in.post(reverse("mfa_deactivate_totp")).headers["Location"]
    assert Authenticator.objects.filter(user=ada).exists()


def test_a_passkey_is_asked_for_with_a_challenge_of_this_site(client: Client) -> None:
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    options = answer.json()["request_options"]["publicKey"]
    assert options["rpId"] == "testserver"
    assert len(options["challenge"]) >= 43


@pytest.mark.parametrize("sent", ["", "{}", "not json", '{"id": "x", "response": {}}', "[" * 1000])
def test_a_passkey_that_was_not_made_by_a_key_is_refused(client: Client, sent: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert answer.status_code < 500
    assert not is_signed_in(client)


def test_one_who_decides_for_others_is_told_to_set_up_a_second_factor(
    signed_in: Client, ada: User, app_of: Callable[[User], str]
) -> None:
    said = "your account has no second factor"
    assert said not in signed_in.get(reverse("account")).content.decode()
    User.objects.update(role="curator")
    assert said in signed_in.get(reverse("account")).content.decode()
    app_of(ada)
    assert said not in signed_in.get(reverse("account")).content.decode()
