"""The journeys of signing up and in, as a browser without JavaScript makes them."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infracommons.web.accounts import terms
from infracommons.web.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = {"email": "Grace@Example.org", "password1": "nine green pans hum", "name": "Grace Example", "agrees": "on"}


def sign_up(client: Client, **changed: str) -> Any:
    return client.post(reverse("account_signup"), NEW | changed)


def is_signed_in(client: Client) -> bool:
    return bool(client.get(reverse("account")).status_code == 200)


def test_one_signs_up_confirms_the_address_and_signs_in(
    client: Client, sign_in: Callable[..., Any], link_of_mail: Callable[..., str]
) -> None:
    assert sign_up(client, shows_name="on").headers["Location"] == reverse("account_email_verification_sent")
    assert mail.outbox[0].to == ["grace@example.org"]
    grace = User.objects.get(email="grace@example.org")
    assert (grace.name, grace.shows_name, grace.role) == ("Grace Example", True, "member")
    assert grace.agreed_version == terms.VERSION
    assert grace.agreed_at is not None

    sign_in(grace.email, NEW["password1"])
    assert not is_signed_in(client), "before the address is confirmed"

    page = client.get(link_of_mail(0))
    assert "Confirm the address" in page.content.decode()
    assert not EmailAddress.objects.get(user=grace).verified, "a mail program that opens links confirms nothing"
    client.post(link_of_mail(0))
    assert EmailAddress.objects.get(user=grace).verified

    client.logout()
    assert sign_in(grace.email, NEW["password1"]).headers["Location"] == reverse("account")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"agrees": ""}, "Agree to the terms of contributing"),
        ({"email": "nobody"}, "valid email address"),
        ({"email": "a" * 300 + "@example.org"}, "at most"),
        ({"password1": "short"}, "at least 12 characters"),
        ({"password1": "123456789012345"}, "entirely numeric"),
        ({"password1": "qwerty123456"}, "too common"),
        ({"password1": "grace@example.org"}, "too similar"),
        ({"name": "x" * 10_000}, "at most 120 characters"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_at_the_field_and_keeps_what_was_typed(
    client: Client, changed: dict[str, str], said: str
) -> None:
    answer = sign_up(client, **changed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert 'role="alert"' in page
    assert not User.objects.exists()
    assert not mail.outbox
    for field, value in (NEW | changed).items():
        if field in ("email", "name"):
            assert value in page


def test_signing_up_with_an_address_that_has_an_account_looks_the_same_and_tells_its_owner(
    client: Client, ada: User
) -> None:
    answer = sign_up(client, email=ada.email)
    other = Client().post(reverse("account_signup"), NEW)
    assert (answer.status_code, answer.headers["Location"]) == (other.status_code, other.headers["Location"])
    assert [message.to for message in mail.outbox] == [[ada.email], ["grace@example.org"]]
    assert "There is one already" in mail.outbox[0].body
    assert User.objects.count() == 2


def test_of_two_same_forms_at_once_the_second_hears_what_the_first_hears(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(client)
    # The second was checked before the first was stored.
    monkeypatch.setattr("allauth.account.forms.BaseSignupForm.validate_unique_email", lambda _, email: email)
    answer = sign_up(Client())
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1


def test_a_wrong_password_and_an_unknown_address_read_the_same(
    client: Client, ada: User, sign_in: Callable[..., Any]
) -> None:
    def shown(answer: Any) -> str:
        return re.sub(r'(value|content)="[^"]*"', "", answer.content.decode())

    wrong, unknown = sign_in(ada.email, "not the password"), sign_in("nobody@example.org", "not the password")
    assert (wrong.status_code, shown(wrong)) == (unknown.status_code, shown(unknown))
    assert "do not belong together" in shown(wrong)
    assert not is_signed_in(client)


def test_asking_for_a_code_or_a_new_password_never_says_whether_there_is_an_account(client: Client, ada: User) -> None:
    for name in ("account_reset_password", "account_request_login_code"):
        there = client.post(reverse(name), {"email": ada.email})
        not_there = Client().post(reverse(name), {"email": "nobody@example.org"})
        assert (there.status_code, there.headers["Location"]) == (not_there.status_code, not_there.headers["Location"])
    assert [message.to[0] for message in mail.outbox] == [ada.email, "nobody@example.org"] * 2
    assert "There is no account with it" in mail.outbox[1].body


def test_after_many_wrong_passwords_even_the_right_one_has_to_wait(
    client: Client, ada: User, sign_in: Callable[..., Any]
) -> None:
    for _ in range(5):
        sign_in(ada.email, "not the password")
    assert "Wait a few minutes" in sign_in(ada.email).content.decode()
    assert not is_signed_in(client)


def test_too_many_requests_get_a_page_that_says_to_wait(sign_in: Callable[..., Any]) -> None:
    answers = [sign_in(f"{number}@example.org", "not the password") for number in range(31)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "60"
    assert "Wait a minute" in answers[-1].content.decode()


def test_one_signs_in_by_a_code_that_was_sent(client: Client, ada: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None, mail.outbox[0].body
    confirm = reverse("account_confirm_login_code")
    wrong = client.post(confirm, {"code": "AAAAAA"})
    assert "This is not the code" in wrong.content.decode()
    assert not is_signed_in(client)
    client.post(confirm, {"code": code[0]})
    assert is_signed_in(client)


def test_a_sign_in_code_stops_working_after_a_few_wrong_ones_and_with_time(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm = reverse("account_confirm_login_code")
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    for _ in range(4):
        client.post(confirm, {"code": "AAAAAA"})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None
    client.post(confirm, {"code": code[0]})
    assert not is_signed_in(client), "after wrong ones"

    client.post(reverse("account_request_login_code"), {"email": ada.email})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    import time  # noqa: PLC0415 - the moment is moved

    later = time.time() + 200
    monkeypatch.setattr("time.time", lambda: later)
    client.post(confirm, {"code": code[0]})
    monkeypatch.undo()
    assert not is_signed_in(client), "after three minutes"


def test_a_confirming_link_that_is_too_old_or_broken_says_so_and_confirms_nothing(
    client: Client, link_of_mail: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(client)
    link = link_of_mail(0)
    key = link.rstrip("/").rsplit("/", 1)[1]
    for broken in (key[:-1], f"{key}x", "x"):
        page = client.get(reverse("account_confirm_email", args=[broken])).content.decode()
        assert "too old, or not complete" in page
    later = timezone.now() + timedelta(days=4)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert EmailConfirmationHMAC.from_key(key) is None
    client.post(link)
    assert not EmailAddress.objects.get(email="grace@example.org").verified


def test_one_sets_a_new_password_by_a_link_that_works_once(
    client: Client, ada: User, sign_in: Callable[..., Any], link_of_mail: Callable[..., str]
) -> None:
    client.post(reverse("account_reset_password"), {"email": ada.email})
    link = link_of_mail()
    form = client.get(link).headers["Location"]
    said = client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    assert "at least 12 characters" in said
    client.post(form, {"password1": "eleven red cups ring", "password2": "eleven red cups ring"})
    assert sign_in(ada.email, "eleven red cups ring").headers["Location"] == reverse("account")

    again = Client().get(link, follow=True).content.decode()
    assert "used already, or is too old" in again


def test_a_link_for_a_new_password_dies_when_its_owner_signs_in(
    client: Client, ada: User, sign_in: Callable[..., Any], link_of_mail: Callable[..., str]
) -> None:
    client.post(reverse("account_reset_password"), {"email": ada.email})
    sign_in(ada.email)
    assert "used already, or is too old" in Client().get(link_of_mail(), follow=True).content.decode()


def test_after_signing_in_one_is_back_where_one_was_but_never_on_another_site(
    client: Client, ada: User, sign_in: Callable[..., Any]
) -> None:
    assert sign_in(ada.email, next="/funding/awards/?q=open").headers["Location"] == "/funding/awards/?q=open"
    for foreign in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        client.logout()
        assert sign_in(ada.email, next=foreign).headers["Location"] == reverse("account")


def test_signing_in_gives_a_new_session_that_scripts_and_other_sites_do_not_get(
    client: Client, ada: User, sign_in: Callable[..., Any], settings: Any
) -> None:
    client.get(reverse("account_login"))
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else"
    cookie = sign_in(ada.email).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != "chosen-by-somebody-else"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_this_browsers_token_is_refused_with_what_to_do(ada: User, password: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("account_login"), {"login": ada.email, "password": password})
    assert answer.status_code == 403
    assert "reload the page and send the form again" in answer.content.decode()
    page = strict.get(reverse("account_login")).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sent = {"login": ada.email, "password": password, "csrfmiddlewaretoken": token[1]}
    assert strict.post(reverse("account_login"), sent).headers["Location"] == reverse("account")


def test_signing_out_takes_a_form_and_ends_the_session(signed_in: Client) -> None:
    signed_in.get(reverse("account_logout"))
    assert is_signed_in(signed_in), "a link or picture on another site cannot sign anybody out"
    signed_in.post(reverse("account_logout"))
    assert not is_signed_in(signed_in)


def test_the_old_address_holds_until_the_new_one_is_confirmed(
    signed_in: Client, ada: User, link_of_mail: Callable[..., str], password: str
) -> None:
    signed_in.post(reverse("account_reauthenticate"), {"password": password})
    signed_in.post(reverse("account_email"), {"email": "ada.new@example.org", "action_add": ""})
    page = signed_in.get(reverse("account_email")).content.decode()
    assert "until you follow the link" in page
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    signed_in.post(link_of_mail())
    ada.refresh_from_db()
    assert ada.email == "ada.new@example.org"
    assert [address.email for address in EmailAddress.objects.filter(user=ada)] == ["ada.new@example.org"]


def test_no_log_line_of_any_level_names_anybody(
    client: Client,
    ada: User,
    sign_in: Callable[..., Any],
    link_of_mail: Callable[..., str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    sign_up(client)
    client.post(link_of_mail(0))
    client.logout()
    sign_in(ada.email, "not the password")
    client.post(reverse("account_reset_password"), {"email": ada.email})
    sign_in(ada.email)
    client.post(reverse("account_email"), {"email": "ada.new@example.org", "action_add": ""})
    client.get(reverse("people"), {"q": "ada@example.org"})
    client.get(reverse("account_login") + "nothing/?email=ada@example.org")
    assert "a sign-in by password failed" in caplog.text
    assert "example.org" not in caplog.text
    assert "Example" not in caplog.text
