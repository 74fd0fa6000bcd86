"""The profile that a file is written of: its infrastructure, its public facts, and where it stands on the web."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from infracommons.web.catalogue.exchange.facts import Facts
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure


@dataclass(frozen=True)
class Subject:
    """One infrastructure for the functions that write files of it; `root` is this site's address."""

    infrastructure: Infrastructure
    book: TermBook
    root: str

    @cached_property
    def facts(self) -> Facts:
        """Return the public part of its profile."""
        return Facts(self.infrastructure.profile, self.book)

    @cached_property
    def page(self) -> str:
        """Return the whole address of its profile page."""
        return self.root + reverse("profile", args=[self.infrastructure.infrastructure_id])
