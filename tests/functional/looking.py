"""Goes to a page as a visit says, and asks the browser about it."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from tests.functional.conftest import Site, sign_in
from tests.functional.visits import Visit

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all of axe's rules of these levels that ask for a colour
# Fills the form of the button, presses it, and tells when the next page is there.
_SUBMIT = """
const [selector, fill] = arguments;
const button = document.querySelector(selector);
for (const [name, value] of Object.entries(fill)) {
  const inputs = [...button.form.elements].filter((e) => e.name === name || e.name.endsWith("." + name));
  if (!inputs.length) throw new Error("no field " + name);
  const box = inputs.find((e) => ["checkbox", "radio"].includes(e.type) && e.value === value);
  if (box) box.checked = true;
  else inputs[0].value = value;
}
button.click();
"""
_TEMPLATES = "return performance.getEntriesByType('navigation')[0].serverTiming.map((entry) => entry.description)"
_AXE = """
const [options, sampled, done] = arguments;
const behind = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
};
const sample = () => {
  const found = new Map();
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!text && !element.matches("input, select, textarea")) continue;
    const linked = element.matches("a") ? getComputedStyle(element.parentElement).color : "";
    const key = [style.color, behind(element), style.fontSize, style.fontWeight, style.opacity, linked].join();
    if (element.checkVisibility() && !found.has(key)) found.set(key, element);
  }
  return { include: [...found.values()] };
};
axe.run(sampled ? sample() : document, options).then((found) => done(found.violations.map((one) => ({
  rule: one.id, help: one.help, at: one.nodes.map((node) => [node.target.join(" "), node.failureSummary]),
}))), (error) => done(String(error)));
"""
_OPEN_ALL = "for (const part of document.querySelectorAll('details')) part.open = true"
_LOADED = """
return performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
  .map((one) => [one.name, one.initiatorType, one.encodedBodySize])
"""
# Gives each thing that takes the focus the focus; returns those where nothing shows it, or something lies above it.
_FOCUS = """
const things = document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
const wrong = [];
for (const thing of things) {
  if (!thing.checkVisibility({visibilityProperty: true}) || thing.disabled || thing.tabIndex < 0) continue;
  thing.focus();
  if (document.activeElement !== thing) continue;
  const name = thing.tagName + " " + (thing.textContent.trim().slice(0, 30) || thing.name || thing.id);
  const style = getComputedStyle(thing);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(name + ": focus not shown");
  const seen = [...thing.getClientRects()].some((box) => [0.05, 0.5, 0.95].some((x) => [0.1, 0.5, 0.9].some((y) => {
    const above = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    return above && (thing.contains(above) || above.contains(thing) || [...(thing.labels || [])].includes(above));
  })));
  if (!seen) wrong.push(name + ": focus hidden");
}
return wrong;
"""


@dataclass(frozen=True)
class Loaded:
    """What a page loaded: addresses, and the compressed size of its scripts in bytes."""

    addresses: list[str]
    script_bytes: int


def visit(browser: webdriver.Chrome, site: Site, page: Visit) -> None:
    """Go to the page, and take the steps that lead on."""
    if page.person:
        sign_in(browser, site, page.person)
    start = site.address + page.path.format(**site.places)
    browser.get(start)
    for step in page.steps:
        time.sleep(step.seconds)
        submit(browser, step.press, step.fill)


def submit(browser: webdriver.Chrome, press: str, fill: Mapping[str, str]) -> None:
    """Fill in the form of a button and press it; a link is followed. Returns on the next page."""
    if browser.find_element(By.CSS_SELECTOR, press).tag_name == "a":
        browser.find_element(By.CSS_SELECTOR, press).click()
    else:
        browser.execute_script(_SUBMIT, press, dict(fill))


def templates(browser: webdriver.Chrome) -> list[str]:
    """Return the templates that made the page, as the served site names them."""
    return list(browser.execute_script(_TEMPLATES))


def barriers(browser: webdriver.Chrome, *, colours: bool = True) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA in light, in words; an empty list is good.

    Without `colours`, contrast is left out: most of the time goes there, and no colour depends on the width.
    """
    rules = {"color-contrast": {"enabled": colours}}
    return _found(browser, "light", {"runOnly": {"type": "tag", "values": LEVELS}, "rules": rules})


def barriers_in_dark(browser: webdriver.Chrome) -> list[str]:
    """Return what axe finds against WCAG in the colours of dark, which alone differ from light.

    It looks at one element of each pair of colours, size and weight: the others are seen as that one is.
    """
    return _found(browser, "dark", {"runOnly": {"type": "rule", "values": COLOURS}}, sampled=True)


def _found(browser: webdriver.Chrome, scheme: str, options: dict[str, Any], *, sampled: bool = False) -> list[str]:
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(_axe())
    found = browser.execute_async_script(_AXE, options | {"resultTypes": ["violations"], "preload": False}, sampled)
    assert isinstance(found, list), found
    return [f"{scheme}, {one['rule']} ({one['help']}) at {json.dumps(one['at'][:5])}" for one in found]


def faults_when_narrow(browser: webdriver.Chrome, pixels: int) -> list[str]:
    """Return how the page does not fit a screen this wide."""
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    open_filters = browser.find_elements(By.CSS_SELECTOR, "details.filters[open]")
    faults = [f"{wide} pixels wide"] if wide > pixels else []
    return faults + (["the filters come before the results"] if open_filters else [])


def open_all(browser: webdriver.Chrome) -> None:
    """Open everything that can be opened, so that nothing is left out."""
    browser.execute_script(_OPEN_ALL)


def loaded(browser: webdriver.Chrome) -> Loaded:
    """Return what the page has loaded."""
    rows = browser.execute_script(_LOADED)
    return Loaded([row[0] for row in rows], sum(row[2] for row in rows if row[1] == "script"))


def faults_of_focus(browser: webdriver.Chrome) -> list[str]:
    """Return what does not show that it has the focus, or is hidden while it has it."""
    return list(browser.execute_script(_FOCUS))


def complaints(browser: webdriver.Chrome, address: str) -> list[str]:
    """Return what the browser complained of, but for the status of the page itself."""
    said = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    return [message for message in said if not message.startswith(f"{address} - Failed to load")]


@cache
def _axe() -> str:
    package = resources.files("axe_playwright_python")
    path = next(iter(package.rglob("axe.min.js")))  # type: ignore[attr-defined]  # it is a Path
    return str(path.read_text("utf-8"))
