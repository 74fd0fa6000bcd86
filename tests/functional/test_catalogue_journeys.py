"""What people come to the catalogue for, done by the keyboard alone, and again in a browser without scripts."""

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait
from tests.functional.conftest import Site, sign_in
from tests.functional.hands import Hand, Keyboard, Mouse, arrive, said, scripts, shown
from tests.functional.world.known import MISSION, PHRASE

pytestmark = pytest.mark.browser
NEW_MISSION = "To keep examples open, and to say why."
REASON = "No page says so."
_GATE_SECONDS = 3.5  # what is sent quicker is taken for a program's


@pytest.fixture(params=[Keyboard, Mouse], ids=["keyboard", "without scripts"])
def hand(browser: webdriver.Chrome, request: pytest.FixtureRequest) -> Iterator[Hand]:
    used: Hand = request.param(browser)
    scripts(browser, run=used.has_scripts)
    yield used
    scripts(browser, run=True)


@pytest.fixture
def mail_of(site: Site, browser: webdriver.Chrome) -> Callable[[str], str]:
    """Return a function that waits for the newest mail with this address in it, and gives its link's path."""

    def path(to: str) -> str:
        def newest(_: Any) -> str | None:
            return next((mail for mail in reversed(site.mails()) if f"To: {to}" in mail), None)

        mail = str(WebDriverWait(browser, 20).until(newest))
        found = re.search(r"https?://[^/\s]+(/proposals/\S+)", mail)
        assert found is not None, mail
        return found[1]

    return path


def test_from_a_search_and_a_filter_to_a_profile_and_in_two_clicks_to_the_source_of_an_award(
    browser: webdriver.Chrome, hand: Hand, address: str
) -> None:
    browser.get(address)
    hand.write("#search", "zenodo repository")
    hand.press("form.ask button", to=r"/infrastructures/\?q=zenodo")
    hand.tick("input[name=categories][value=repository_service]")
    if not hand.has_scripts:
        hand.press("#filters .do button")
    arrive(browser, "categories=repository_service")
    assert "Repository" in said(browser, ".chips")
    hand.press(".hits h3 a[href='/infrastructures/zenodo/']", to="/infrastructures/zenodo/$")
    hand.press("main th a[href^='/funding/awards/']", to=r"/funding/awards/[^/]+/$")
    source = shown(browser, "main a[rel~=external]")
    assert str(source.get_attribute("href")).startswith("http")
    assert address not in str(source.get_attribute("href"))


def test_infrastructures_are_compared_added_removed_and_taken_away(
    browser: webdriver.Chrome, hand: Hand, address: str
) -> None:
    browser.get(f"{address}/compare?ids=dspace,zenodo")
    hand.write("#add", "Dryad")
    hand.press("form:has(#add) button", to="dryad")
    hand.press(".compare-options summary")
    hand.tick("#differences")
    if not hand.has_scripts:
        hand.press(".compare-options button.main")
    arrive(browser, "differences=1")
    WebDriverWait(browser, 20).until(lambda _: browser.find_elements("css selector", "td + td + td, .notice"))
    rows = browser.find_elements("css selector", "table.compare tr:not(.group) th[scope=row]")
    assert all("differs" in row.text for row in rows[1:])
    hand.press("tbody.controls td:first-of-type a")
    arrive(browser, r"ids=zenodo(,|%2C)dryad")
    names = [head.text for head in browser.find_elements("css selector", "table.compare thead th a")]
    assert names == ["Zenodo", "Dryad"]
    link = shown(browser, ".take a[href*='/compare.csv']")
    content = httpx.get(str(link.get_attribute("href"))).text
    table = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(table) >= len(browser.find_elements("css selector", "table.compare tr:not(.group) th[scope=row]")) - 1
    assert {"Zenodo", "Dryad"} <= {value for row in table for value in [*row, *row.values()]}


def test_a_visitor_suggests_and_confirms_by_mail(
    browser: webdriver.Chrome, hand: Hand, address: str, mail_of: Callable[[str], str]
) -> None:
    name, mailbox = f"Samples by {hand.name}", f"{hand.name.replace(' ', '-')}@example.org"
    browser.get(f"{address}/suggest/")
    opened = time.monotonic()
    hand.write("#f-name-value", name)
    hand.write("#f-website-value", f"https://{mailbox.partition('@')[0]}.example.net/")
    hand.write("#f-summary-value", "Keeps samples of everything.")
    hand.tick("input[name='categories.terms'][value=repository_service]")
    hand.write("#message", "Many archives rely on it, and its code is open.")
    hand.write("#evidence input[name$='.url']", "https://samples.example.net/about")
    hand.write("#email", mailbox)
    hand.tick("#consent")
    time.sleep(max(0, opened + _GATE_SECONDS - time.monotonic()))
    hand.press("form.claims .do button.main")
    WebDriverWait(browser, 20).until(lambda _: "Look into your mail" in said(browser, "h1"))
    browser.get(address + mail_of(mailbox))
    assert name in said(browser)
    hand.press("main form button.main", to=r"/proposals/[0-9a-f-]+/")
    assert "waiting for a curator" in said(browser)


def test_a_team_proposes_a_curator_decides_claim_by_claim_and_the_past_stays_as_it_was(
    browser: webdriver.Chrome, hand: Hand, site: Site
) -> None:
    steward, one = ("kay", "keyboard-examples") if hand.has_scripts else ("noa", "plain-examples")
    profile = f"{site.address}/infrastructures/{one}/"
    _sign_in(browser, hand, site.address, steward)
    _draft_and_come_back(browser, hand)
    _send(browser, hand)
    sign_in(browser, site, "cleo")
    _decide(browser, hand, site.address, one)
    browser.get(profile)
    assert NEW_MISSION in said(browser)
    assert "Everything, since 2011" not in said(browser)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    browser.get(f"{profile}?as_of={yesterday}")
    assert MISSION in said(browser)
    assert NEW_MISSION not in said(browser)
    sign_in(browser, site, steward)
    browser.get(f"{site.address}/work/")
    hand.press("main a[href^='/proposals/']", to="/proposals/")
    assert "accepted in part" in said(browser)
    assert REASON in said(browser)


def _sign_in(browser: webdriver.Chrome, hand: Hand, address: str, person: str) -> None:
    browser.get(f"{address}/work/")
    arrive(browser, "/account/login/")
    hand.write("#id_login", f"{person}@example.org")
    hand.write("#id_password", PHRASE)
    hand.press("form.own button.main", to="/work/$")


def _draft_and_come_back(browser: webdriver.Chrome, hand: Hand) -> None:
    """Type two values, one of which is saved by the page itself where it can; close the tab; find them again."""
    hand.press("main a[href$='/propose/']", to="/propose/")
    hand.press("nav a[href='?section=mission']", to="section=mission")
    page = browser.current_url
    hand.write("#f-mission-value", NEW_MISSION)
    hand.write("#f-key_achievements-value", "Everything, since 2011.")
    if hand.has_scripts:
        status = "[data-save-status]"
        WebDriverWait(browser, 20).until(lambda _: said(browser, status).startswith("Saved"))
    else:
        hand.press("[name=do][value=save]", to="saved=")
    left = browser.current_window_handle
    browser.switch_to.new_window("tab")
    kept = browser.current_window_handle
    browser.switch_to.window(left)
    browser.close()
    browser.switch_to.window(kept)
    scripts(browser, run=hand.has_scripts)
    browser.get(page)
    assert shown(browser, "#f-mission-value").get_attribute("value") == NEW_MISSION


def _send(browser: webdriver.Chrome, hand: Hand) -> None:
    hand.press("[name=do][value=review]", to="/propose/review/")
    assert NEW_MISSION in said(browser, "table")
    hand.tick("#consent")
    hand.press("[name=do][value=send]", to="/proposals/")
    assert "waiting for a curator" in said(browser)


def _decide(browser: webdriver.Chrome, hand: Hand, address: str, infrastructure: str) -> None:
    name = infrastructure.replace("-", " ").title()
    browser.get(f"{address}/desk/?q={name.split()[0]}")
    link = next(one for one in browser.find_elements("css selector", "main a[data-open]") if name in one.text)
    path = str(link.get_attribute("href")).removeprefix(address)
    hand.press(f"main a[href='{path}']", to=path)
    hand.choose("#accept-mission")
    hand.choose("#reject-key_achievements")
    hand.write("#reason-key_achievements", REASON)
    hand.press("[name=go][value=summary]", to="/decide/")
    assert "publishes 1 claim, rejects 1" in said(browser)
    hand.press("[name=go][value=confirm]", to=f"{path}$")
    assert "accepted in part" in said(browser)
