"""No page keeps anyone out: axe, the focus, narrow screens, light and dark; nor loads what it should not."""

import pytest
from selenium import webdriver
from tests.functional import looking
from tests.functional.conftest import Site, width
from tests.functional.visits import NARROW, VISITS, Visit

pytestmark = pytest.mark.browser
MOST_SCRIPT = 60 * 1024  # bytes, compressed
FAULTY = """data:text/html,<!doctype html><html lang=en><title>Faulty</title>
<meta name=viewport content="width=device-width"><style>
body { color: black; background: white; margin: 0 } input { outline: none } a:focus { outline: 3px solid }
@media (prefers-color-scheme: dark) { p { color: %23999 } }
</style><main><h1>Faulty</h1><p>In dark this is grey on white.<p style="width: 500px">Wide.
<p><a href="/x" style="position: absolute; top: 20px">Hidden link</a>
<b style="position: absolute; top: 0; background: white; width: 100%25; height: 60px">Lid</b><input></main>"""


@pytest.mark.parametrize("page", VISITS, ids=str)
def test_nothing_on_the_page_keeps_anyone_out(browser: webdriver.Chrome, site: Site, page: Visit) -> None:
    width(browser, 360)
    looking.visit(browser, site, page)
    assert page.template in looking.templates(browser)
    here = browser.current_url
    faults = looking.faults_when_narrow(browser, 360)
    faults += looking.barriers(browser, colours=False) if page in NARROW else []
    width(browser, 1440)
    looking.open_all(browser)
    faults += looking.barriers(browser) + looking.barriers_in_dark(browser)
    faults += looking.faults_of_focus(browser)
    faults += looking.complaints(browser, here)
    loaded = looking.loaded(browser)
    faults += [f"foreign: {one}" for one in loaded.addresses if not one.startswith(site.address)]
    assert faults == []
    assert loaded.script_bytes <= MOST_SCRIPT


def test_the_checks_see_what_is_wrong(browser: webdriver.Chrome) -> None:
    width(browser, 360)
    browser.get(FAULTY)
    assert looking.faults_when_narrow(browser, 360) == ["500 pixels wide"]
    assert [fault.partition(" (")[0] for fault in looking.barriers(browser)] == ["light, label"]
    assert [fault.partition(" (")[0] for fault in looking.barriers_in_dark(browser)] == ["dark, color-contrast"]
    assert looking.faults_of_focus(browser) == ["A Hidden link: focus hidden", "INPUT : focus not shown"]
