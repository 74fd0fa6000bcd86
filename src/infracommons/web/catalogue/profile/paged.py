"""Cuts a list that is in memory into pages, each with its own address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page: its rows, where it is, and the addresses around; the names are those of `shared/pages.html`."""

    rows: Sequence[T]
    count: int
    number: int
    last: int
    before: str
    after: str
    end: str
    size: int

    @property
    def is_beyond(self) -> bool:
        """Whether the page lies after the last one."""
        return self.number > self.last

    @property
    def first_row(self) -> int:
        """Number of the first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self) -> int:
        """Number of the last row."""
        return self.first_row + len(self.rows) - 1


def paged(rows: Sequence[T], number: int, size: int, address: Callable[[int], str]) -> Page[T]:
    """Return page `number`, counted from 1; beyond the last it has no rows."""
    last = max(1, -(-len(rows) // size))

    def to(wanted: int) -> str:
        return address(wanted) if 1 <= wanted <= last else ""

    start = (number - 1) * size
    shown = rows[start : start + size]
    return Page(shown, len(rows), number, last, to(number - 1), to(number + 1), to(last), size)
