"""Holds a schema against its reader: both take the same, and refuse the same for its shape."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it has no types

from infracommons.methods.result import MethodInputError

ODD: tuple[Any, ...] = (
    None, [], {}, "", " ", "x", -1, 0, 7, 1.5, float("nan"), float("inf"), True, 10**30, [[]], [{}], [None], ["a", "a"],
    {"a": []}, {"a": None}, "1e5", "12.505", "-1", "1/0", "1/3", "0.5",
)  # fmt: skip
# What only the whole of the inputs can tell, so that no schema does.
OF_THE_WHOLE = (
    "no such project", "another project has this id", "another ballot is of this voter", "all ballots must be of one",
    "at most", "more points in all", "more than the", "must look like p1=3", "is in the list twice",
    "the file lacks", "stands before the first section", "no such receiver", "nobody voted", "sums to zero",
    "passes on more", "round in a circle",
)  # fmt: skip


def variants(value: Any) -> Iterator[Any]:
    """Yield the value with one place after the other made odd, left out, unknown, or said twice."""
    yield from deepcopy(ODD)
    if isinstance(value, dict):
        yield {**value, "cheese": 1}
        for key, part in value.items():
            yield from ({**value, key: odd} for odd in variants(part))
            yield {other: own for other, own in value.items() if other != key}
    if isinstance(value, list) and value:
        yield from ([odd] for odd in variants(value[0]))
        yield value + value


def refusal(read: Callable[[Any], Any], value: Any) -> str | None:
    try:
        read(value)
    except MethodInputError as problem:
        return problem.problem
    return None


def agree(schema: Any, read: Callable[[Any], Any], good: Any) -> None:
    validator = jsonschema.Draft202012Validator(dict(schema))
    assert validator.is_valid(good)
    assert refusal(read, good) is None
    for odd in variants(good):
        is_json = "nan" not in repr(odd) and "inf" not in repr(odd)
        fits, problem = is_json and validator.is_valid(odd), refusal(read, odd)
        assert fits or problem, f"taken, though the schema forbids it: {odd}"
        known = problem is None or any(words in problem for words in OF_THE_WHOLE)
        assert not fits or known, f"refused ({problem}), though the schema allows it: {odd}"
