"""Every page of signing in and of one's account, rendered in the state in which people meet it."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import lxml.html
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from infracommons.web.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "seven blue kettles sing"  # noqa: S105 - of invented people
OPEN = (
    "account_login account_signup account_reset_password account_reset_password_done account_request_login_code "
    "account_email_verification_sent account_reset_password_from_key_done account_inactive account_terms "
    "account_closed socialaccount_login_cancelled socialaccount_login_error orcid_login"
).split()
OWN = (
    "account account_email account_change_password account_logout account_close account_reauthenticate "
    "mfa_index mfa_activate_totp mfa_list_webauthn mfa_add_webauthn socialaccount_connections people"
).split()
SECOND = "mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes mfa_reauthenticate".split()
BY_KEY = "mfa_reauthenticate_webauthn mfa_list_webauthn"
# These answer with a redirect, a file, data, or a page that needs what only another service can send.
NO_PAGE = set(
    "account_export person_role mfa_download_recovery_codes mfa_login_webauthn orcid_callback openid_connect_login "
    "openid_connect_callback".split()
)


@pytest.fixture
def seen(
    service: Any,  # noqa: ARG001 - is offered
    settings: Any,
    ada: User,
    app_of: Callable[[User], str],
    go_and_come_back: Callable[..., Any],
) -> dict[str, bytes]:
    """Each page by the name of its address, and some by what one did before."""
    orcid = {"APPS": [{"client_id": "id", "secret": "not a secret", "name": "ORCID"}]}
    settings.SOCIALACCOUNT_PROVIDERS = {**settings.SOCIALACCOUNT_PROVIDERS, "orcid": orcid}
    completing = Client()
    went = {"leaving": completing.post(reverse("orcid_login")).content}
    form = go_and_come_back(completing).headers["Location"]
    return went | {"socialaccount_signup": completing.get(form).content} | dict(_walk(ada, app_of))


def _walk(ada: User, app_of: Callable[[User], str]) -> Iterator[tuple[str, bytes]]:
    yield from _open_pages()
    yield from _mail_links(ada)
    User.objects.update(role="administrator")
    browser = Client()
    browser.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    SocialAccount.objects.create(user=ada, provider="orcid", uid="0000-0002-1825-0097")
    yield from _get(browser, OWN)
    browser.post(reverse("account_email"), {"email": "ada.new@example.org", "action_add": ""})
    yield "a new address on its way", browser.get(reverse("account_email")).content
    yield "person", browser.get(reverse("person", args=[ada.pk])).content
    yield from _second_factor(browser, ada, app_of)
    User.objects.filter(pk=ada.pk).update(password="!")  # noqa: S106 - Django's mark for none
    browser.force_login(User.objects.get(pk=ada.pk), backend="allauth.account.auth_backends.AuthenticationBackend")
    yield from _get(browser, ["account_set_password"])


def _open_pages() -> Iterator[tuple[str, bytes]]:
    yield from _get(Client(), OPEN)
    for name in ("account_login", "account_signup", "account_reset_password", "account_request_login_code"):
        yield f"{name}, not taken", Client().post(reverse(name), {"email": "no"}).content
    yield "account_confirm_email", Client().get(reverse("account_confirm_email", args=["x"])).content
    yield "no token", Client(enforce_csrf_checks=True).post(reverse("account_login")).content


def _mail_links(ada: User) -> Iterator[tuple[str, bytes]]:
    def last_link() -> str:
        found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
        assert found is not None
        return found[1]

    new = {"email": "grace@example.org", "password1": "nine green pans hum", "agrees": "on"}
    Client().post(reverse("account_signup"), new)
    yield "confirm the address", Client().get(last_link()).content
    Client().post(reverse("account_reset_password"), {"email": ada.email})
    browser = Client()
    yield "account_reset_password_from_key", browser.get(last_link(), follow=True).content
    yield "a link cut short", Client().get(last_link()[:-3] + "/", follow=True).content
    Client().post(reverse("account_request_login_code"), {"email": ada.email})
    asking = Client()
    asking.post(reverse("account_request_login_code"), {"email": ada.email})
    yield "account_confirm_login_code", asking.get(reverse("account_confirm_login_code")).content


def _second_factor(browser: Client, ada: User, app_of: Callable[[User], str]) -> Iterator[tuple[str, bytes]]:
    app_of(ada)
    RecoveryCodes.activate(ada)
    yield from _get(browser, SECOND)
    entering = Client()
    entering.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    yield from _get(entering, ["mfa_authenticate"])
    key = Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Key 1", "credential": {}})
    yield "keys", browser.get(reverse("mfa_list_webauthn")).content
    yield "second factors", browser.get(reverse("mfa_index")).content
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield name, browser.get(reverse(name, args=[key.pk])).content
    key.delete()


def _get(browser: Client, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        answer = browser.get(reverse(name))
        assert answer.status_code in (200, 401), (name, answer.status_code, answer.headers.get("Location"))
        yield name, answer.content


def _named(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def parsed(content: bytes) -> Any:
    """Return the page as a tree."""
    return lxml.html.fromstring(content.decode())


def test_no_address_of_accounts_is_left_out_of_these_tests(seen: dict[str, bytes]) -> None:
    accounts = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and str(pattern.pattern) == "account/"
    )
    without_key = {"mfa_reauthenticate_webauthn"}  # needs a key that a browser made; test_second_factor.py has it
    assert set(_named(accounts.url_patterns)) - set(seen) - NO_PAGE - without_key == set()


def test_every_page_is_ours_and_within_the_content_policy(seen: dict[str, bytes]) -> None:
    for name, content in seen.items():
        page = parsed(content)
        assert page.xpath('//link[contains(@href, "shared/style.css")]'), name
        for script in page.iter("script"):
            assert script.get("src", "").startswith("/static/") or script.get("type") == "application/json", name
        assert not page.xpath("//style | //@style"), name
        assert not [key for tag in page.iter() for key in tag.keys() if key.startswith("on")], name  # noqa: SIM118
        assert not page.xpath('//a[starts-with(@href, "javascript:")]'), name


def test_every_page_says_one_thing_and_labels_every_field(seen: dict[str, bytes]) -> None:
    for name, content in seen.items():
        page = parsed(content)
        assert len(page.xpath("//main//h1")) == 1, name
        assert page.findtext(".//title").split("\N{EN DASH}")[0].strip() not in ("", "Infracommons"), name
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (name, sorted(ids))
        for field in page.xpath('//main//input[not(@type="hidden" or @hidden)] | //main//select | //main//textarea'):
            assert page.xpath(f'//label[@for="{field.get("id")}"]'), (name, field.get("name"))
        for described in page.xpath("//@aria-describedby"):
            assert set(described.split()) <= set(ids), (name, described)
        levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)


def test_every_form_that_changes_something_carries_this_browsers_token(seen: dict[str, bytes]) -> None:
    forms = 0
    for name, content in seen.items():
        for form in parsed(content).xpath('//form[@method="post"]'):
            assert form.xpath('.//input[@name="csrfmiddlewaretoken"]'), name
            forms += 1
    assert forms > len(seen)


def test_links_on_every_page_lead_somewhere(seen: dict[str, bytes], client: Client) -> None:
    addresses = {
        href.split("#")[0].split("?")[0]
        for content in seen.values()
        for href in parsed(content).xpath("//main//a/@href")
        if href.startswith("/")
    }
    assert addresses
    for address in addresses:
        assert client.get(address).status_code != 404, address


def test_words_of_the_library_show_nowhere(seen: dict[str, bytes]) -> None:
    for name, content in seen.items():
        text = " ".join(parsed(content).find(".//main").text_content().split())
        for word in (
            "Sign Up",
            "Sign In",
            "Log In",
            "Two-Factor",
            "third-party",
            "Passwordless",
            "Authenticator code",
            "Remember Me",
            "New Password",
        ):
            assert word not in text, (name, word)
