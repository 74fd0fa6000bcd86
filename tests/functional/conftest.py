"""A real browser before a real server, over the golden release and an invented world; skipped without Chromium."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from tests.functional.world.earlier import with_an_earlier

from infracommons.insights.release import Releases
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_queue import review_queue

ROOT = Path(__file__).parents[2]
CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
# Another service by which one could sign in; nothing answers there.
OUTSIDE = {
    "OIDC_NAME": "Example University",
    "OIDC_SERVER_URL": "http://127.0.0.1:9",
    "OIDC_CLIENT_ID": "infracommons",
    "OIDC_SECRET": "not a secret",
}


@dataclass(frozen=True)
class Site:
    """The served site: its address, session cookies of people, paths of pages that have no fixed one, its folder."""

    address: str
    sessions: dict[str, str]
    places: dict[str, str]
    work: Path

    def mails(self) -> list[str]:
        """Return the mails that the site has sent, the newest last."""
        kept = sorted((self.work / "work" / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text("utf-8") for path in kept]


@pytest.fixture(scope="session")
def site(golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Fill a database of its own, and serve the site from a process of its own."""
    releases = with_an_earlier(golden_release, tmp_path_factory.mktemp("earlier") / "releases")
    with served(tmp_path_factory.mktemp("served"), releases) as site:
        yield site


@contextmanager
def served(work: Path, releases: Path) -> Iterator[Site]:
    """Serve the invented world over these releases; raw files for the next one are in the folder `raw` below `work`."""
    (work / "definitions").symlink_to(ROOT / "definitions")
    environment = {
        **os.environ,
        **OUTSIDE,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DATABASE_URL": f"sqlite:///{work / 'app.sqlite3'}",
        "INFRACOMMONS_RELEASES": str(releases),
        "INFRACOMMONS_RAW": str(work / "raw"),
    }
    fill = [sys.executable, "-m", "tests.functional.world.fill"]
    world = json.loads(subprocess.run(fill, cwd=work, env=environment, check=True, capture_output=True).stdout)
    serve = [sys.executable, "-m", "tests.functional.world.served", "0"]
    log = work / "log.txt"
    with (
        log.open("w") as said,
        subprocess.Popen(serve, cwd=work, env=environment, stdout=subprocess.PIPE, stderr=said, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            found = re.search(r"http://[\d.:]+", process.stdout.readline())
            assert found is not None, log.read_text()
            yield Site(
                found[0],
                world["sessions"],
                world["places"] | _of_release(found[0]) | _of_reports(found[0]) | _of_desk(releases),
                work,
            )
        finally:
            process.terminate()


def _of_release(address: str) -> dict[str, str]:
    """Return the paths of one award, one funder, one release and, where there are two, their difference."""
    lists = {
        "award": "/funding/awards/?infrastructure=zenodo", "funder": "/funding/funders/",
        "release": "/funding/releases/", "difference": "/funding/releases/",
    }  # fmt: skip
    links = {
        "award": r"/funding/awards/(?!help/)[^/?\"]+/", "funder": r"/funding/funders/[^/?\"]+/",
        "release": r"/funding/releases/[\w-]+/", "difference": r"/funding/releases/[\w-]+/[\w-]+/",
    }  # fmt: skip
    found = {name: re.search(links[name], httpx.get(address + path, timeout=60).text) for name, path in lists.items()}
    return {name: match[0] for name, match in found.items() if match}


def _of_reports(address: str) -> dict[str, str]:
    """Return the paths of reports and of a comparison, once they are made: who asks first is told to come again."""
    briefing = "/reports/infrastructure_briefing/zenodo/"
    paths = {"report": "/reports/state_of_open_infrastructure/", "briefing": briefing, "compared": f"{briefing}compare"}
    for path in paths.values():
        until = time.monotonic() + 120
        while _is_being_made(address + path) and time.monotonic() < until:
            time.sleep(0.5)
    return paths


def _is_being_made(address: str) -> bool:
    return httpx.get(address, timeout=60, follow_redirects=True).status_code == HTTPStatus.ACCEPTED


def _of_desk(releases: Path) -> dict[str, str]:
    """Return the paths of items of the review desk: an infrastructure, an organisation, and two awards."""
    release = Releases(releases).current()
    first = [
        review_queue(release, ReviewFilters(kind=kind), [], rows=1)[0] for kind in ("support", "same_organisation")
    ]
    one, other = release.query("SELECT award_id FROM award ORDER BY award_id LIMIT 2")
    names = (*(row["item"] for row in first), f"same_award|{one['award_id']}|{other['award_id']}")
    places = ("review_support", "review_organisation", "review_awards")
    paths = (f"/funding/review/item/{name.replace('|', '/')}/" for name in names)
    return dict(zip(places, paths, strict=True))


@pytest.fixture(scope="session")
def address(site: Site) -> str:
    """The address of the served site."""
    return site.address


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    for program, package in ((CHROMIUM, "chromium"), (DRIVER, "chromium-driver")):
        if not program.exists():
            pytest.skip(f"{program} is missing: apt-get install {package}")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # Selenium would ask a proxy of the environment for the way to this machine's own driver.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
    browser = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    browser.set_script_timeout(120)  # axe takes its time over a report of a hundred screens
    yield browser
    browser.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> webdriver.Chrome:
    """The browser, as wide as a desk's screen, without what an earlier test left: pages, cookies, messages."""
    chromium.get("about:blank")
    chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    chromium.get_log("browser")  # type: ignore[no-untyped-call]
    width(chromium, 1440)
    return chromium


def width(browser: webdriver.Chrome, pixels: int) -> None:
    """Show pages this wide; a window has a least width, a device has not."""
    metrics = {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": pixels < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def sign_in(browser: webdriver.Chrome, site: Site, person: str) -> None:
    """Let the browser be this person's, without the form."""
    cookie = {"name": "sessionid", "value": site.sessions[person], "url": site.address, "httpOnly": True}
    browser.execute_cdp_cmd("Network.setCookie", cookie)
