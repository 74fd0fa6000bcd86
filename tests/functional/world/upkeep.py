"""Rounds of upkeep over the invented catalogue: values grow old, a link breaks, a term is merged."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.desk.terms.actions import By, add, merge
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.upkeep.reach import Finding
from infracommons.web.catalogue.upkeep.round import run

BROKEN = "https://archive.example.org/conduct"
_ROUNDS = (20, 18, 14)  # days ago: three failures break a link
_MOST = 2_000


def _answers(urls: Sequence[str]) -> dict[str, Finding]:
    missing = Finding(LinkOutcome.BROKEN, 404, "There is nothing at this address.")
    return {url: missing if url == BROKEN else Finding(LinkOutcome.OK, 200, "") for url in urls}


def keep_up(curator: User) -> dict[str, str]:
    """Run the rounds, merge a term into another, and return the paths of the pages that show it."""
    for days in _ROUNDS:
        run(timezone.now() - timedelta(days=days), most=_MOST, visit_all=_answers)
    by = By(curator, "Two names of one language.")
    add("programming_languages", "Example Script", "For examples.", by=by)
    term = add("programming_languages", "ExampleScript 2", "", by=by)
    merge(term, "example_script", by=by)
    return {"merged_term": reverse("desk_term", args=["programming_languages", term.code])}
