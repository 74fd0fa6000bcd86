"""Charts in the browser: by key, at every width, without scripts, in other colours, and in a frame of another page."""

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from tests.functional.conftest import width

pytestmark = pytest.mark.browser
YEARS = "/funding/charts/years/"


def seen(browser: webdriver.Chrome) -> list[str]:
    """Return which of the drawings is seen, by its class."""
    return [
        str(one.get_attribute("class"))
        for one in browser.find_elements(By.CSS_SELECTOR, ".drawing > div")
        if one.is_displayed()
    ]


def test_one_key_opens_and_closes_the_table_of_the_chart_that_has_the_focus(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.get(f"{address}/funding/")
    figures = browser.find_elements(By.CSS_SELECTOR, "figure.exhibit")
    first, second = (figure.find_element(By.CSS_SELECTOR, "[data-table]") for figure in figures[:2])
    before = second.get_attribute("open")
    assert first.get_attribute("open") is None
    browser.execute_script("arguments[0].focus()", figures[0])
    browser.switch_to.active_element.send_keys("t")
    assert first.find_element(By.TAG_NAME, "table").is_displayed()
    assert second.get_attribute("open") == before
    browser.switch_to.active_element.send_keys("t")
    assert first.get_attribute("open") is None


@pytest.mark.parametrize(("pixels", "drawing"), [(360, "drawn-narrow"), (768, "drawn-wide"), (1440, "drawn-wide")])
def test_the_drawing_fits_the_room_and_its_words_are_large_enough(
    browser: webdriver.Chrome, address: str, pixels: int, drawing: str
) -> None:
    width(browser, pixels)
    browser.get(f"{address}/funding/charts/funders/")
    assert seen(browser) == [drawing]
    assert browser.execute_script("return document.documentElement.scrollWidth") <= pixels
    shown = browser.find_element(By.CSS_SELECTOR, f".{drawing} svg")
    left, right = shown.rect["x"], shown.rect["x"] + shown.rect["width"]
    words = [text for text in shown.find_elements(By.TAG_NAME, "text") if text.text]
    assert words
    for text in words:
        assert left - 1 <= text.rect["x"], text.text
        assert text.rect["x"] + text.rect["width"] <= right + 1, text.text
        lines = 1 + text.text.count("\n")
        assert text.rect["height"] / lines >= 10, "letters of at least ten pixels"


def test_colours_follow_the_reader(browser: webdriver.Chrome, address: str) -> None:
    fill = "return getComputedStyle(document.querySelector('.drawn-wide svg text')).fill"
    width(browser, 1440)
    found = set()
    for feature, value in (
        ("prefers-color-scheme", "light"),
        ("prefers-color-scheme", "dark"),
        ("forced-colors", "active"),
    ):
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": feature, "value": value}]})
        browser.get(f"{address}{YEARS}")
        found.add(browser.execute_script(fill))
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert {"rgb(28, 29, 31)", "rgb(236, 234, 228)"} < found
    for theme, colour in (("light", "rgb(28, 29, 31)"), ("dark", "rgb(236, 234, 228)")):
        browser.get(f"{address}{YEARS}embed/?theme={theme}")
        assert browser.execute_script(fill) == colour


def test_without_scripts_the_table_and_the_snippet_open_all_the_same(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/funding/")
        figure = browser.find_element(By.CSS_SELECTOR, "figure.exhibit")
        figure.find_element(By.CSS_SELECTOR, "[data-table] summary").send_keys(Keys.ENTER)
        assert figure.find_element(By.TAG_NAME, "table").is_displayed()
        figure.find_element(By.CSS_SELECTOR, ".embed summary").send_keys(Keys.ENTER)
        assert figure.find_element(By.TAG_NAME, "textarea").is_displayed()
        assert not any(button.is_displayed() for button in figure.find_elements(By.TAG_NAME, "button"))
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of another site, and the folder of its pages."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path))  # type: ignore[arg-type]  # as the server calls it

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("localhost", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", tmp_path
        server.shutdown()


def test_the_snippet_shows_the_chart_on_another_site_which_learns_its_height(
    browser: webdriver.Chrome, address: str, elsewhere: tuple[str, Path]
) -> None:
    site, folder = elsewhere
    browser.get(f"{address}{YEARS}?rule=full")
    snippet = str(browser.find_element(By.CSS_SELECTOR, ".embed textarea").get_attribute("value"))
    heard = (
        "<script>addEventListener('message', (e) => { document.title = e.data.type + ' ' + e.data.height })</script>"
    )
    folder.joinpath("page.html").write_text(f"<!DOCTYPE html><title>none</title>{heard}{snippet}", encoding="utf-8")
    browser.get(f"{site}/page.html")
    WebDriverWait(browser, 10).until(lambda b: b.title.startswith("infracommons:height"))
    height = int(re.fullmatch(r"infracommons:height (\d+)", browser.title)[1])  # type: ignore[index]  # else it fails
    browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
    assert browser.find_element(By.TAG_NAME, "h1").text
    assert seen(browser)
    assert abs(height - browser.execute_script("return document.documentElement.offsetHeight")) <= 1
    browser.switch_to.default_content()
    browser.get("about:blank")
