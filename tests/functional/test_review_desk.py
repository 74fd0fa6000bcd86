"""A reviewer clears fifty items by keyboard alone, and the next release, built by the site, carries the fifty."""

import json
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from tests.functional.conftest import ROOT, Site, served, sign_in
from tests.functional.hands import Keyboard

from infracommons.insights.release import Release, Releases
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_queue import review_queue
from infracommons.pipeline.run import Job, make_release

pytestmark = pytest.mark.browser
SECONDS_TO_BUILD = 180
FIFTY = 50
QUEUE = "/funding/review/?kind=support"


@pytest.fixture
def review_site(tmp_path: Path) -> Iterator[Site]:
    """The site over a release of the starter's real awards, whose raw files it can build from."""
    shutil.copytree(ROOT / "starter", tmp_path / "raw")
    make_release(Job(tmp_path / "raw", tmp_path / "releases", ROOT / "definitions"))
    with served(tmp_path, tmp_path / "releases") as site:
        yield site


def _release(site: Site) -> Release:
    return Releases(site.work / "releases").current()


def _press(browser: webdriver.Chrome, key: str) -> str:
    """Press one key, wait for the page that it leads to, and return its path."""
    return _led_on(browser, lambda: browser.switch_to.active_element.send_keys(key))


def _click(browser: webdriver.Chrome, where: str) -> str:
    """Click one button, wait for the page that it leads to, and return its path."""
    return _led_on(browser, browser.find_element(By.CSS_SELECTOR, where).click)


def _led_on(browser: webdriver.Chrome, act: Callable[[], None]) -> str:
    before = browser.find_element(By.TAG_NAME, "html")
    act()
    WebDriverWait(browser, 20).until(lambda _: browser.find_element(By.TAG_NAME, "html") != before)
    WebDriverWait(browser, 20).until(lambda b: b.execute_script("return document.readyState") == "complete")
    return urlsplit(browser.current_url).path


def _item(path: str) -> str:
    return path.split("/item/")[1].strip("/").replace("/", "|")


def _build(browser: webdriver.Chrome, site: Site) -> Release:
    """Let an administrator build by the button, and wait for the end as the page tells it."""
    sign_in(browser, site, "bea")
    browser.get(f"{site.address}/funding/review/release/")
    builds = len(browser.find_elements(By.CSS_SELECTOR, "section.record"))
    Keyboard(browser).press("main form button.main")

    def is_done(_: webdriver.Chrome) -> bool:
        found = httpx.get(browser.current_url, cookies={"sessionid": site.sessions["bea"]}, timeout=30).text
        assert ": failed" not in found, found
        return found.count("<section") == builds + 1 and ": done" in found.split("<section")[1]

    WebDriverWait(browser, SECONDS_TO_BUILD, 1).until(is_done)
    release = _release(site)
    WebDriverWait(browser, 20).until(lambda b: release.release_id in b.page_source, "the page looks again by itself")
    return release


def _decided(release: Release) -> dict[str, str]:
    rows = release.query("SELECT award_id, infrastructure_id, decision FROM support WHERE decided_by = 'person'")
    return {f"support|{row['award_id']}|{row['infrastructure_id']}": row["decision"] for row in rows}


def _totals(release: Release) -> dict[str, Decimal]:
    return {rule: Decimal(amount) for rule, amount in release.manifest["totals_usd"].items()}


def test_fifty_items_by_keyboard_alone_are_in_the_next_release_and_undoing_one_restores_its_total(
    browser: webdriver.Chrome, review_site: Site
) -> None:
    site = review_site
    rows = {row["item"]: row for row in review_queue(_release(site), ReviewFilters(kind="support"), [], rows=200)}
    assert len(rows) >= FIFTY
    sign_in(browser, site, "cleo")
    browser.get(site.address + QUEUE)
    path = _press(browser, "n")
    given: dict[str, str] = {}
    while len(given) < FIFTY - 1:
        item = _item(path)
        assert item not in given
        given[item] = "supports" if len(given) % 2 else "rejected"
        path = _press(browser, "y" if given[item] == "supports" else "n")
    before = _build(browser, site)
    assert _decided(before) == given

    sign_in(browser, site, "cleo")
    browser.get(site.address + QUEUE)
    path = _press(browser, "n")
    while not rows[_item(path)]["is_stake_known"]:
        path = _press(browser, "j")
    last = _item(path)
    _press(browser, "y")
    assert browser.find_element(By.ID, "last").text.startswith("Stored: Yes for ")
    carried = _build(browser, site)
    assert len(_decided(carried)) == FIFTY
    assert _decided(carried) == {**given, last: "supports"}
    assert _totals(carried)["full"] == _totals(before)["full"] + rows[last]["stake_usd"]

    sign_in(browser, site, "cleo")
    browser.get(site.address + QUEUE)
    assert _item(_press(browser, "z")) == last
    after = _build(browser, site)
    assert _totals(after) == _totals(before)
    assert _decided(after) == given
    log = [json.loads(line) for line in httpx.get(f"{site.address}/funding/review/log.jsonl").text.splitlines()]
    assert len(log) == FIFTY + 1
    assert sum(row["is_in_force"] for row in log) == FIFTY - 1


def test_keys_type_into_the_note_and_can_be_turned_off(browser: webdriver.Chrome, site: Site) -> None:
    sign_in(browser, site, "cleo")
    browser.get(site.address + QUEUE)
    path = _press(browser, "n")
    browser.switch_to.active_element.send_keys("e")
    for key in "yes, n":
        browser.switch_to.active_element.send_keys(key)
    note = browser.switch_to.active_element
    assert note.get_attribute("value") == "yes, n", "what is typed is no command"
    Keyboard(browser).press("[data-keys-switch]")
    assert not browser.find_element(By.CSS_SELECTOR, "[data-key] kbd").is_displayed()
    browser.switch_to.active_element.send_keys("y")
    assert urlsplit(browser.current_url).path == path
    Keyboard(browser).press("[data-keys-switch]")
    assert _press(browser, "j") != path


def test_the_desk_works_without_scripts(browser: webdriver.Chrome, site: Site) -> None:
    sign_in(browser, site, "cleo")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(site.address + QUEUE)
        path = _click(browser, "main form button.main")
        assert "/item/" in path
        assert not browser.find_elements(By.CSS_SELECTOR, "kbd:not([hidden], [hidden] *)")
        _click(browser, "[name=answer][value=supports]")
        assert "Stored: Yes" in browser.find_element(By.TAG_NAME, "main").text
        assert _click(browser, "form[action$='/undo/'] button") == path
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
