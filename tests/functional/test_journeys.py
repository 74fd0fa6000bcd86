"""What readers come to do, done with a browser."""

import csv
import io
import re
from decimal import Decimal

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import url_to_be
from selenium.webdriver.support.ui import Select, WebDriverWait

pytestmark = pytest.mark.browser


def the(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def focused(browser: webdriver.Chrome) -> WebElement:
    element: WebElement = browser.switch_to.active_element
    return element


def press(browser: webdriver.Chrome, *keys: str) -> None:
    focused(browser).send_keys(*keys)


def arrive(browser: webdriver.Chrome, address: str) -> None:
    """Wait until the browser shows the address: a key, unlike a click, does not wait for the page it leads to."""
    WebDriverWait(browser, 10).until(url_to_be(address))


def test_from_the_release_to_an_infrastructure_to_an_award_to_its_evidence(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.get(f"{address}/funding/")
    assert "USD" in the(browser, ".answer .big").text
    the(browser, "nav[aria-label=Funding]").find_element(By.LINK_TEXT, "Infrastructures").click()
    assert "Listed is not endorsed" in the(browser, "main").text
    browser.find_element(By.LINK_TEXT, "Zenodo").click()
    assert the(browser, "h1").text == "Who funds Zenodo?"
    the(browser, "main a.button").click()
    the(browser, "main tbody th a").click()
    assert the(browser, "mark").text
    assert re.search(r"Its SHA-256\s+[0-9a-f]{64}", the(browser, "main").text)


def test_filtered_awards_download_as_they_are_shown(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/funding/awards/")
    Select(the(browser, "#f-infrastructure")).select_by_value("zenodo")
    Select(the(browser, "#f-rule")).select_by_value("full")
    the(browser, ".filters button.main").click()
    arrive(browser, f"{address}/funding/awards/?infrastructure=zenodo&rule=full")
    shown = [th.text for th in browser.find_elements(By.CSS_SELECTOR, "main tbody th")]
    content = httpx.get(str(browser.find_element(By.LINK_TEXT, "CSV").get_attribute("href"))).text
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(rows) == len(shown) > 0
    assert all(row["title"] in text for row, text in zip(rows, shown, strict=True))
    total = sum(Decimal(row["counted_usd"] or 0) for row in rows)
    assert the(browser, ".answer .big").get_attribute("title") == f"USD {total:,.2f}"
    the(browser, ".chips a").click()
    arrive(browser, f"{address}/funding/awards/?rule=full")


def test_the_keyboard_alone_reaches_content_search_and_tables(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/funding/infrastructures/")
    press(browser, Keys.TAB)
    assert focused(browser).text == "Skip to the content"
    assert focused(browser).rect["y"] >= 0, "seen while it has the focus"
    press(browser, Keys.ENTER)
    assert focused(browser).get_attribute("id") == "main"
    press(browser, "/")
    assert focused(browser).get_attribute("id") == "search"
    press(browser, "a/b")
    assert focused(browser).get_attribute("value") == "a/b", "a slash that is typed stays a slash"
    press(browser, Keys.CONTROL + "a")
    press(browser, "open", Keys.ENTER)
    arrive(browser, f"{address}/funding/awards/?q=open")
    reached = set()
    for _ in range(80):
        press(browser, Keys.TAB)
        reached.add(focused(browser).get_attribute("class"))
    assert "scroll" in reached, "a wide table can be scrolled with the keyboard"


def test_focus_can_be_seen(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/funding/")
    for _ in range(5):
        press(browser, Keys.TAB)
        assert focused(browser).value_of_css_property("outline-style") == "solid"
        assert focused(browser).value_of_css_property("outline-width") == "3px"


def test_the_page_is_whole_without_scripts(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/funding/awards/?infrastructure=zenodo")
        assert browser.find_elements(By.CSS_SELECTOR, "main tbody tr")
        assert the(browser, ".filters form").is_displayed()
        assert not the(browser, "[data-copy-link]").is_displayed(), "a button that could do nothing is not shown"
        the(browser, "#search").send_keys("open", Keys.ENTER)
        arrive(browser, f"{address}/funding/awards/?q=open")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
