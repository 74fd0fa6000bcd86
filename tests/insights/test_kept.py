import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from infracommons.insights.kept import Kept


def test_a_value_is_made_once_and_the_oldest_goes_first() -> None:
    kept: Kept[str] = Kept(4, len)
    made: list[str] = []

    def make(value: str) -> str:
        def noted() -> str:
            made.append(value)
            return value

        return kept.get(value, noted)

    for value in ("aa", "bb", "aa", "cc", "aa", "bb"):
        assert make(value) == value
    assert made == ["aa", "bb", "cc", "bb"]


def test_one_that_is_too_large_is_kept_until_the_next() -> None:
    kept: Kept[str] = Kept(2, len)
    first = kept.get("a", lambda: "long")
    assert kept.get("a", lambda: "anew") is first
    kept.get("b", lambda: "b")
    assert kept.get("a", lambda: "anew") == "anew"


def test_a_failure_is_raised_and_not_kept() -> None:
    kept: Kept[int] = Kept(9, lambda _: 1)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 7) == 7


def test_threads_that_ask_the_same_at_once_wait_for_one_answer() -> None:
    kept: Kept[int] = Kept(9, lambda _: 1)
    begun, made = threading.Event(), []

    def make() -> int:
        begun.wait(5)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(kept.get, "a", make) for _ in range(4)]
        begun.set()
        assert [answer.result() for answer in answers] == [1, 1, 1, 1]
