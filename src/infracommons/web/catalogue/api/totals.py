"""Counts long lists exactly, once for each state of the catalogue, and keeps what is not public out of them."""

import hashlib
from functools import lru_cache
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest

from infracommons.web.catalogue.api.rows import open_fields
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Change, Claim, Infrastructure

_KEPT_SECONDS = 600
_Listed = TypeVar("_Listed", bound=Model)
_Logged = TypeVar("_Logged", Change, Claim)


def counted(request: HttpRequest, rows: QuerySet[_Listed]) -> int:
    """Return how many rows there are; for those who walk through the pages of a list they are counted once."""
    asked = f"{rows.query}\n{request.api_state}"  # type: ignore[attr-defined]  # from the door
    key = f"api:total:{hashlib.sha256(asked.encode()).hexdigest()}"
    return int(cache.get_or_set(key, rows.count, _KEPT_SECONDS) or 0)


def with_ids(rows: QuerySet[_Logged]) -> QuerySet[_Logged]:
    """Return rows by id, each with the id of its infrastructure, and without the profile, which is long."""
    return rows.select_related("infrastructure").defer("infrastructure__profile").order_by("id")


def listed_otherwise(*listings: str) -> QuerySet[Infrastructure]:
    """Return the infrastructures with another listing: few, which is why lists are made by leaving these out."""
    return Infrastructure.objects.exclude(listing__in=listings).order_by()


def hidden_fields() -> list[str]:
    """Return the codes, in claims, of fields that are not public or that no definition has any longer."""
    return _hidden(Claim.objects.aggregate(last=Max("id"))["last"], frozenset(fields()), frozenset(open_fields()))


@lru_cache(maxsize=4)
def _hidden(_last: int | None, defined: frozenset[str], public: frozenset[str]) -> list[str]:
    """Claims only come, so that the id of the last one says whether there may be further codes."""
    undefined = Claim.objects.exclude(field__in=defined).order_by().values_list("field", flat=True).distinct()
    return sorted((defined - public) | set(undefined))
