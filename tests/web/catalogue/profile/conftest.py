"""The pages of the catalogue over no release of awards, unless a test brings one; pages as the text that is read."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from infracommons.web.shared.published import releases

Read = Callable[..., "Page"]


class Page:
    """An answer and the text that a reader sees."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.markup = response.content.decode()
        tree: Any = html.fromstring(self.markup) if self.markup else html.Element("html")
        for unread in tree.xpath("//script | //head"):
            unread.drop_tree()
        self.tree = tree
        self.text = " ".join(tree.text_content().split())

    def links(self) -> list[str]:
        return [str(one) for one in self.tree.xpath("//a/@href")]

    def field(self, code: str) -> str:
        """Return the text of one field of a profile."""
        found = self.tree.xpath(f"//*[@id='field-{code}']")
        return " ".join(found[0].text_content().split())


@pytest.fixture(autouse=True)
def no_release(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Pages read no release that happens to lie on this machine."""
    settings.INFRACOMMONS_RELEASES = tmp_path / "none"
    releases.cache_clear()
    yield
    releases.cache_clear()


@pytest.fixture
def read(client: Client) -> Read:
    """Return a function that reads a page."""

    def page(path: str, **headers: str) -> Page:
        return Page(client.get(path, headers=headers or None))

    return page


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that sets the clock to noon (UTC) of a day."""

    def clock(year: int, month: int, day: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(year, month, day, 12, tzinfo=UTC))

    return clock
