"""Curators review by single keys, which can be turned off."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from tests.functional.conftest import Site, sign_in
from tests.functional.hands import Keyboard, shown

pytestmark = pytest.mark.browser


def _type(browser: webdriver.Chrome, keys: str) -> None:
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def _chosen(browser: webdriver.Chrome) -> list[str | None]:
    return [one.get_attribute("id") for one in browser.find_elements(By.CSS_SELECTOR, "input[type=radio]:checked")][:-1]


def test_keys_accept_reject_and_skip_and_can_be_turned_off(browser: webdriver.Chrome, site: Site) -> None:
    sign_in(browser, site, "cleo")
    browser.get(site.address + site.places["desk_clash"])
    _type(browser, "jasr")
    assert _chosen(browser) == ["accept-mission", "reject-bylaws"]
    assert browser.switch_to.active_element.get_attribute("id") == "reason-bylaws"
    _type(browser, "jar")
    assert shown(browser, "#reason-bylaws").get_attribute("value") == "jar", "what is typed is no command"
    Keyboard(browser).press("[data-keys-switch]")
    _type(browser, "ja")
    assert _chosen(browser) == ["accept-mission", "reject-bylaws"]
    Keyboard(browser).press("[data-keys-switch]")


def test_keys_open_what_waits(browser: webdriver.Chrome, site: Site) -> None:
    sign_in(browser, site, "cleo")
    browser.get(f"{site.address}/desk/")
    _type(browser, "jj")
    link = browser.switch_to.active_element.get_attribute("href")
    _type(browser, "o")
    shown(browser, ".claim, .passage")
    assert browser.current_url == link
