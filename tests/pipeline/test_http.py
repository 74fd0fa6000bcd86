"""The client asks politely and patiently, and says what is wrong where patience does not help."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from infracommons.pipeline.http import Client, Request
from infracommons.vocabulary.problems import UnusableInputError

WHOLE = json.dumps({"results": [1, 2, 3]}).encode()


class Clock:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.pauses = 100.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fetch(loopback: Any, clock: Clock, *, path: str = "/page", timeout: float = 5.0, **request: Any) -> bytes:
    with Client(0.0, timeout=timeout, sleep=clock.sleep, clock=clock) as client:
        return client.fetch(Request(loopback.url + path, "page.json", **request), json.loads)


def test_a_page_is_asked_for_with_who_we_are_and_what_we_take(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.answer = lambda _: answer(WHOLE)
    assert fetch(loopback, clock, params={"page": "1"}) == WHOLE
    (asked,) = loopback.asked
    assert asked.headers["User-Agent"].startswith("infracommons/")
    assert asked.headers["User-Agent"].endswith("(open funding evidence)")
    assert (asked.headers["Accept"], asked.query, clock.pauses) == ("application/json", {"page": "1"}, [])


def test_whoever_harvests_can_be_reached_where_the_environment_says_how(
    loopback: Any, clock: Clock, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFRACOMMONS_CONTACT", "data@library.example\r\nX-Evil: 1")
    loopback.answer = lambda _: answer(WHOLE)
    fetch(loopback, clock)
    said = loopback.asked[0].headers
    assert said["User-Agent"].endswith("(open funding evidence; data@library.example X-Evil: 1)")
    assert "X-Evil" not in said


def test_a_request_with_a_body_is_posted(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.answer = lambda _: answer(WHOLE)
    fetch(loopback, clock, json={"offset": 500})
    assert (loopback.asked[0].method, loopback.asked[0].json) == ("POST", {"offset": 500})


def test_what_stands_in_the_base_address_wins_over_the_sources_own_parameters(
    loopback: Any, clock: Clock, answer: Any
) -> None:
    loopback.answer = lambda _: answer(WHOLE)
    fetch(loopback, clock, path="/awards?filter=funder:F1", params={"filter": "all", "cursor": "*"})
    assert loopback.asked[0].query == {"filter": "funder:F1", "cursor": "*"}


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_fault_that_may_pass_is_asked_again_with_growing_pauses(
    loopback: Any, clock: Clock, answer: Any, status: int
) -> None:
    loopback.faults = [answer(status=status)] * 3
    loopback.answer = lambda _: answer(WHOLE)
    assert fetch(loopback, clock) == WHOLE
    assert len(loopback.asked) == 4
    for pause, longest in zip(clock.pauses, [1, 2, 4], strict=True):
        assert longest / 2 <= pause <= longest


def test_the_pause_that_a_server_asks_for_is_kept(loopback: Any, clock: Clock, answer: Any) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=120), usegmt=True)
    loopback.faults = [
        answer(status=429, headers={"Retry-After": "17"}),
        answer(status=503, headers={"Retry-After": later}),
    ]
    loopback.answer = lambda _: answer(WHOLE)
    fetch(loopback, clock)
    assert clock.pauses[0] == 17
    assert 110 <= clock.pauses[1] <= 121


def test_an_unreadable_retry_after_is_taken_as_none(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.faults = [answer(status=429, headers={"Retry-After": "soon"})]
    loopback.answer = lambda _: answer(WHOLE)
    fetch(loopback, clock)
    assert 0.5 <= clock.pauses[0] <= 1


def test_a_server_that_wants_us_gone_for_a_day_ends_the_harvest_and_says_so(
    loopback: Any, clock: Clock, answer: Any
) -> None:
    loopback.answer = lambda _: answer(status=429, headers={"Retry-After": "86400"})
    with pytest.raises(UnusableInputError, match="answered 429; run the harvest again"):
        fetch(loopback, clock)
    assert (len(loopback.asked), clock.pauses) == (1, [])


def test_a_body_cut_off_before_its_length_is_fetched_again(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.faults = [answer(WHOLE, keep=5)]
    loopback.answer = lambda _: answer(WHOLE)
    assert fetch(loopback, clock) == WHOLE
    assert len(loopback.asked) == 2


def test_a_body_that_is_whole_in_length_and_broken_in_content_is_fetched_again(
    loopback: Any, clock: Clock, answer: Any
) -> None:
    loopback.faults = [answer(WHOLE[:-4]), answer(b"<html>busy</html>")]
    loopback.answer = lambda _: answer(WHOLE)
    assert fetch(loopback, clock) == WHOLE
    assert len(loopback.asked) == 3


def test_a_server_that_does_not_answer_in_time_is_asked_again(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.faults = [answer(WHOLE, stall=30)]
    loopback.answer = lambda _: answer(WHOLE)
    assert fetch(loopback, clock, timeout=0.3) == WHOLE
    assert len(loopback.asked) == 2


def test_patience_ends_after_some_attempts_with_the_page_and_the_fault_named(
    loopback: Any, clock: Clock, answer: Any
) -> None:
    loopback.answer = lambda _: answer(status=500)
    with pytest.raises(UnusableInputError, match=r"page\.json \(http://127.*/page\): answered 500"):
        fetch(loopback, clock, params={"api_key": "secret"})
    assert len(loopback.asked) == 6


def test_a_key_in_the_address_is_in_no_message(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.answer = lambda _: answer(status=403)
    with pytest.raises(UnusableInputError) as error:
        fetch(loopback, clock, path="/page?api_key=secret")
    assert "secret" not in str(error.value)
    assert loopback.asked[0].query == {"api_key": "secret"}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(loopback: Any, clock: Clock, answer: Any, status: int) -> None:
    loopback.answer = lambda _: answer(status=status)
    with pytest.raises(UnusableInputError, match=f"answered {status}"):
        fetch(loopback, clock)
    assert len(loopback.asked) == 1


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "not an address"])
def test_only_http_addresses_are_asked(clock: Clock, address: str) -> None:
    with Client(0, sleep=clock.sleep, clock=clock) as client, pytest.raises(UnusableInputError, match="not an http"):
        client.fetch(Request(address, "page.json"), lambda _: None)


def test_an_endless_page_is_refused(loopback: Any, clock: Clock, answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infracommons.pipeline.http._MOST_BYTES", 10)
    loopback.answer = lambda _: answer(WHOLE)
    with pytest.raises(UnusableInputError, match="a page of more than 10 bytes"):
        fetch(loopback, clock)


def test_a_server_that_leads_round_in_circles_is_left(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.answer = lambda _: answer(status=302, headers={"Location": "/page"})
    with pytest.raises(UnusableInputError, match="TooManyRedirects"):
        fetch(loopback, clock)


def test_requests_keep_the_distance_they_are_told(loopback: Any, clock: Clock, answer: Any) -> None:
    loopback.answer = lambda _: answer(WHOLE)
    with Client(2.5, sleep=clock.sleep, clock=clock) as client:
        for number in range(3):
            client.fetch(Request(f"{loopback.url}/{number}", f"{number}.json"), lambda _: None)
            clock.now += 1
    assert clock.pauses == [1.5, 1.5]
