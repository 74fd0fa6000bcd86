"""Cuts a list into pages that an address names: the rows of one page, and the addresses of the pages around it."""

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from infracommons.insights.query_string import to_query

M = TypeVar("M", bound=Model)
ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """Where a reader is in a list, for `shared/pages.html` and `shared/beyond.html`; `total` counts all rows."""

    number: int
    last: int
    total: int
    before: str
    after: str
    end: str

    @property
    def is_beyond(self) -> bool:
        """Whether the page asked for lies behind the last one: the answer is then a 404."""
        return self.number > self.last


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of one page."""

    rows: list[M]
    pages: Pages

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows it."""
        return 404 if self.pages.is_beyond else 200


def address(path: str, asked: object) -> str:
    """Return the address of a page with these filters."""
    query = to_query(asked)
    return f"{path}?{query}" if query else path


def page_of(rows: QuerySet[M], path: str, asked: Any) -> Page[M]:  # noqa: ANN401 - any dataclass with a `page`
    """Return the page that the filters ask for; one beyond the last has no rows."""
    total = rows.count()
    last = max(1, -(-total // ROWS_A_PAGE))

    def to(number: int) -> str:
        return address(path, replace(asked, page=number)) if 1 <= number <= last else ""

    pages = Pages(asked.page, last, total, to(asked.page - 1), to(asked.page + 1), to(last))
    start = (asked.page - 1) * ROWS_A_PAGE
    return Page([] if pages.is_beyond else list(rows[start : start + ROWS_A_PAGE]), pages)
