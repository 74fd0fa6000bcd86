"""Pages of a release are for everyone, but for their head, which is the reader's own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User

pytestmark = pytest.mark.django_db
AWARDS = "/funding/awards/"


def page(client: Client, **headers: str) -> Any:
    return client.get(AWARDS, headers=headers)


def varies(answer: Any) -> set[str]:
    return {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")}


def test_a_reader_without_a_session_gets_the_page_that_any_cache_may_keep(site: Client) -> None:
    answer = page(site)
    assert set(answer.headers["Cache-Control"].split(", ")) == {"no-cache", "public"}
    assert "cookie" not in varies(answer)
    assert not answer.cookies
    assert "Sign in</a>" in answer.content.decode()
    assert page(site, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_one_who_signed_in_gets_a_page_that_only_their_browser_keeps(site: Client, ada: User, password: str) -> None:
    before = page(site).headers["ETag"]
    site.post(reverse("account_login"), {"login": ada.email, "password": password})
    answer = page(site, **{"If-None-Match": before})
    assert answer.status_code == 200, "not the page with another head"
    assert "Your account</a>" in answer.content.decode()
    assert set(answer.headers["Cache-Control"].split(", ")) == {"no-cache", "private"}
    assert "cookie" in varies(answer)
    mine = answer.headers["ETag"]
    again = page(site, **{"If-None-Match": mine})
    assert again.status_code == 304
    assert set(again.headers["Cache-Control"].split(", ")) == {"no-cache", "private"}

    site.post(reverse("account_logout"))
    answer = page(site, **{"If-None-Match": mine})
    assert answer.status_code == 200
    assert "Sign in</a>" in answer.content.decode()
    assert answer.headers["ETag"] == before


def test_two_people_never_share_a_tag(site: Client, person: Any, password: str) -> None:
    tags = set()
    for email in ("ada@example.org", "grace@example.org"):
        person(email)
        site.post(reverse("account_login"), {"login": email, "password": password})
        tags.add(page(site).headers["ETag"])
        site.post(reverse("account_logout"))
    assert len(tags) == 2


def test_a_message_that_waits_is_shown_on_the_next_page_and_not_kept(site: Client) -> None:
    from django.contrib.messages import SUCCESS  # noqa: PLC0415
    from django.contrib.messages.storage.base import Message  # noqa: PLC0415
    from django.contrib.messages.storage.cookie import CookieStorage  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    before = page(site).headers["ETag"]
    storage: Any = CookieStorage(RequestFactory().get("/"))
    site.cookies["messages"] = storage._encode([Message(SUCCESS, "A thing was stored.")])
    answer = page(site, **{"If-None-Match": before})
    assert "A thing was stored." in answer.content.decode()
    assert "private" in answer.headers["Cache-Control"]
    assert page(site).headers["ETag"] == before


@pytest.mark.parametrize("path", ["/", "/infrastructures/", "/suggested/", "/notices/", "/desk/", "/no-such/"])
def test_a_page_that_says_nothing_of_caches_is_kept_by_the_readers_own_alone(
    client: Client, person: Any, path: str
) -> None:
    client.force_login(person(role="curator"))
    assert "private" in client.get(path).headers["Cache-Control"]
