"""What publishers write is shown as text, wherever it stands."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client

Rows = dict[str, list[dict[str, Any]]]
EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'"
PAGES = [
    "/funding/",
    "/funding/awards/",
    "/funding/awards/award-0000/",
    "/funding/infrastructures/",
    "/funding/infrastructures/zenodo/",
    "/funding/funders/",
    "/funding/funders/org:0/",
    "/funding/records/",
    "/funding/exclusions/",
]


@pytest.fixture
def evil(shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]) -> Client:
    texts = {"title": EVIL, "description": f"We use {EVIL} and Zenodo", "funder_name": EVIL, "recipient_name": EVIL}
    rows = many(1, **texts, programme=EVIL, source_url="javascript:alert(1)", licence=EVIL)
    rows["organisation"][0] |= {"name": EVIL, "ror_id": "javascript:alert(1)", "kind": EVIL}
    rows["infrastructure"][0] |= {"name": EVIL, "summary": EVIL, "aliases": [EVIL], "homepage": "javascript:alert(1)"}
    rows["support"][0] |= {"reason": EVIL, "support_reason": EVIL}
    start = rows["award_record"][0]["description"].index("Zenodo")
    rows["mention"] = [
        {
            "mention_id": "m",
            "record_id": "nsf:award-0000",
            "infrastructure_id": "zenodo",
            "field": "description",
            "start": start,
            "end": start + 6,
            "text": "Zenodo",
            "rule": EVIL,
        }
    ]
    rows["exclusion"] = [
        {"record_id": EVIL, "stage": "normalise", "reason_code": "bad_date", "detail": EVIL, "source": "nsf"}
    ]
    return shown_rows(rows)


@pytest.mark.parametrize("address", PAGES)
def test_no_text_of_a_publisher_becomes_markup_or_a_link_that_runs(evil: Client, address: str) -> None:
    response = evil.get(address)
    assert response.status_code == 200
    content = response.content.decode()
    document: Any = lxml.html.fromstring(content)
    assert all(script.get("src", "").startswith("/static/") for script in document.iter("script"))
    assert not list(document.iter("img"))
    for element in document.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not (element.get("href") or "").lower().startswith("javascript")


def test_a_mention_is_marked_in_its_text_and_the_text_around_is_escaped(evil: Client) -> None:
    content = evil.get("/funding/awards/award-0000/").content.decode()
    assert "Zenodo</mark>" in content
    assert "&lt;script&gt;" in content


def test_a_search_is_shown_as_text(site: Client) -> None:
    content = site.get("/funding/awards/", {"q": EVIL}).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content
