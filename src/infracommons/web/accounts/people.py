"""The people with an account, as administrators look for them."""

import re
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from infracommons.web.accounts.models import Role, User

PER_PAGE = 50
MAX_QUERY = 254
_PAGE = re.compile(r"0{0,9}[1-9][0-9]{0,8}")


class UnreadableError(ValueError):
    """A parameter of the address that cannot be read: its name, its value, what is allowed."""

    def __init__(self, field: str, value: str, allowed: str) -> None:
        super().__init__(field, value, allowed)
        self.field, self.value, self.allowed = field, value, allowed


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for: words in address or name, a role or any, which page."""

    words: str = ""
    role: str = ""
    page: int = 1

    def address(self, page: int) -> dict[str, str]:
        """Return the parameters of another page of the same search."""
        said = {"q": self.words, "role": self.role, "page": str(page) if page > 1 else ""}
        return {name: value for name, value in said.items() if value}


def read_search(parameters: dict[str, str]) -> Search:
    """Return the search of an address. Raises UnreadableError for what cannot be read."""
    words, role, page = (parameters.get(name, "").strip() for name in ("q", "role", "page"))
    if len(words) > MAX_QUERY or "\0" in words:
        raise UnreadableError("q", words[:40], f"at most {MAX_QUERY} characters, none of them null")
    if role and role not in Role.values:
        raise UnreadableError("role", role, ", ".join(Role.values))
    if page and not _PAGE.fullmatch(page):
        raise UnreadableError("page", page[:40], "a number from 1")
    return Search(words, role, int(page or 1))


def found(search: Search) -> Page[User]:
    """Return a page of the people found, oldest account first. Raises UnreadableError past the last page."""
    pages = Paginator(_matching(search), PER_PAGE)
    if search.page > pages.num_pages:
        raise UnreadableError("page", str(search.page), f"a number from 1 to {pages.num_pages}")
    return pages.page(search.page)


def _matching(search: Search) -> QuerySet[User]:
    people = User.objects.filter(closed_at=None).order_by("joined_at", "id")
    for word in search.words.split():
        people = people.filter(Q(email__icontains=word) | Q(name__icontains=word))
    return people.filter(role=search.role) if search.role else people
