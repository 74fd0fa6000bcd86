"""A second factor in a real browser: codes from an app, and a passkey in the browser's own virtual device."""

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from selenium import webdriver
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from tests.functional.conftest import Site
from tests.functional.hands import Keyboard, arrive, said, scripts, shown
from tests.functional.world.known import APP_SECRET, PHRASE

pytestmark = pytest.mark.browser


@pytest.fixture
def hand(browser: webdriver.Chrome) -> Keyboard:
    return Keyboard(browser)


@pytest.fixture
def home(site: Site) -> str:
    """The site by a name: browsers give passkeys to names, not to numbers."""
    return site.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(browser: webdriver.Chrome) -> Iterator[None]:
    """A device that keeps passkeys and knows its owner."""
    options = VirtualAuthenticatorOptions()
    options.transport = VirtualAuthenticatorOptions.Transport.INTERNAL
    options.has_resident_key = options.has_user_verification = options.is_user_verified = True
    browser.add_virtual_authenticator(options)
    yield
    browser.remove_virtual_authenticator()


def _code(secret: str, steps: int = 0) -> str:
    """Return what the app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def _sign_in(browser: webdriver.Chrome, hand: Keyboard, home: str, person: str) -> None:
    browser.get(f"{home}/account/login/?next=/account/")
    hand.write("#id_login", f"{person}@example.org")
    hand.write("#id_password", PHRASE)
    hand.press("form.own button.main")


@pytest.mark.parametrize(("run", "steps"), [(True, 0), (False, 1)], ids=["keyboard", "without scripts"])
def test_who_has_an_app_signs_in_with_its_code_and_not_with_another(
    browser: webdriver.Chrome, hand: Keyboard, home: str, *, run: bool, steps: int
) -> None:
    """A code counts once; so each run has its own, within the half minute that clocks may differ."""
    scripts(browser, run=run)
    try:
        _sign_in(browser, hand, home, "tom")
        arrive(browser, "/account/2fa/authenticate/")
        hand.write("#id_code", _code(APP_SECRET, steps=40))
        hand.press("form.own button.main")
        shown(browser, "#id_code[aria-invalid=true]")
        hand.write("#id_code", _code(APP_SECRET, steps))
        hand.press("form.own button.main", to="/account/$")
        assert "tom@example.org" in said(browser)
    finally:
        scripts(browser, run=True)


@pytest.mark.usefixtures("device")
def test_a_passkey_is_added_and_signs_in_without_a_password(
    browser: webdriver.Chrome, hand: Keyboard, home: str
) -> None:
    _sign_in(browser, hand, home, "pia")
    arrive(browser, "/account/$")
    browser.get(f"{home}/account/2fa/webauthn/add/")
    hand.write("#id_password", PHRASE)  # before what changes how one signs in
    hand.press("form.own button.main", to="/webauthn/add/$")
    hand.write("#id_name", "Laptop of Pia")
    hand.tick("#id_passwordless")
    hand.press("#mfa_webauthn_add")
    arrive(browser, "/account/2fa/(recovery-codes|webauthn)/")
    browser.get(f"{home}/account/2fa/webauthn/")
    assert "Laptop of Pia" in said(browser, "table")
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
    browser.get(f"{home}/account/login/?next=/account/")
    hand.press("#passkey_login", to="/account/$")
    assert "pia@example.org" in said(browser)
