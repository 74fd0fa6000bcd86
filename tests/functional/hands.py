"""Two ways to use a page: by the keyboard alone with scripts, and by the mouse without scripts."""

from typing import Protocol

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import url_matches
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 20  # seconds
_MOST_TABS = 400
_KEYS = {"Tab": 9, "ArrowDown": 40}


class Hand(Protocol):
    """What a person does; `where` is a CSS selector, of which the first thing that is shown is meant."""

    name: str
    has_scripts: bool

    def press(self, where: str, to: str = "") -> None:
        """Follow a link or press a button; with `to`, wait until the address matches it."""

    def write(self, where: str, text: str) -> None:
        """Replace what a text field holds."""

    def tick(self, where: str) -> None:
        """Tick a box."""

    def choose(self, where: str) -> None:
        """Choose one of a set of radio buttons."""


class Keyboard:
    """Tab, Enter, Space, arrows and typing; never a click."""

    name, has_scripts = "keyboard", True

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def press(self, where: str, to: str = "") -> None:
        self._go(shown(self.browser, where))
        self._send(Keys.ENTER)
        arrive(self.browser, to)

    def write(self, where: str, text: str) -> None:
        self._go(shown(self.browser, where))
        self._send(Keys.CONTROL + "a")
        self._send(text)

    def tick(self, where: str) -> None:
        self._go(shown(self.browser, where))
        self._send(" ")

    def choose(self, where: str) -> None:
        wanted = shown(self.browser, where)
        group = wanted.get_attribute("name")
        self._tab_until("return document.activeElement.name === arguments[0]", group)
        self._send(" ")
        for _ in range(20):
            if wanted.is_selected():
                return
            self._key("ArrowDown")
        message = f"the arrows do not reach {where}"
        raise AssertionError(message)

    def _go(self, wanted: WebElement) -> None:
        self._tab_until("return document.activeElement === arguments[0]", wanted)

    def _tab_until(self, is_there: str, wanted: object) -> None:
        for _ in range(_MOST_TABS):
            if self.browser.execute_script(is_there, wanted):
                return
            self._key("Tab")
        message = f"{_MOST_TABS} presses of Tab do not reach {wanted}"
        raise AssertionError(message)

    def _key(self, key: str) -> None:
        pressed = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        for kind in ("rawKeyDown", "keyUp"):
            self.browser.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, **pressed})

    def _send(self, keys: str) -> None:
        self.browser.switch_to.active_element.send_keys(keys)


class Mouse:
    """Clicks and typing, on pages that run no scripts."""

    name, has_scripts = "no scripts", False

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def press(self, where: str, to: str = "") -> None:
        shown(self.browser, where).click()
        arrive(self.browser, to)

    def write(self, where: str, text: str) -> None:
        field = shown(self.browser, where)
        field.clear()
        field.send_keys(text)

    def tick(self, where: str) -> None:
        shown(self.browser, where).click()

    choose = tick


def shown(browser: webdriver.Chrome, where: str) -> WebElement:
    """Return the first thing of this selector that can be seen, once there is one."""

    def first(driver: webdriver.Chrome) -> WebElement | None:
        return next((one for one in driver.find_elements(By.CSS_SELECTOR, where) if one.is_displayed()), None)

    found = _patient(browser).until(first, f"nothing to see at {where}")
    assert found is not None
    return found


def said(browser: webdriver.Chrome, where: str = "main") -> str:
    """Return the text of the first thing of this selector."""
    return str(_patient(browser).until(lambda driver: shown(driver, where).text, f"nothing said at {where}"))


def arrive(browser: webdriver.Chrome, to: str) -> None:
    """Wait until the address matches: a key, unlike a click, does not wait for the page it leads to."""
    if to:
        _patient(browser).until(url_matches(to), f"not at {to}")
        _patient(browser).until(lambda driver: driver.execute_script("return document.readyState") == "complete")


def _patient(browser: webdriver.Chrome) -> WebDriverWait[webdriver.Chrome]:
    """Return what waits, also while one page takes the place of another."""
    return WebDriverWait(browser, PATIENCE, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException])


def scripts(browser: webdriver.Chrome, *, run: bool) -> None:
    """Let pages run scripts, or not."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not run})
