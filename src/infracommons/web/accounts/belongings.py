"""What in the database belongs to a person, read off the models that point to people.

A foreign key to a person says by its `related_name` and `on_delete` what the row is to them: `+` is not theirs (they
decided or commented on another's), `CASCADE` is theirs and goes with the account, anything else is theirs and stays.
"""

# ruff: noqa: SLF001 - `_meta` and `_base_manager` are Django's documented names

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from infracommons.web.accounts.models import User

_SIGN_IN_APPS = frozenset({"account", "socialaccount", "mfa"})  # allauth's: addresses, services, second factors
_SECRET = ("password", "secret", "token", "key", "hash")


@dataclass(frozen=True, slots=True)
class Belongings:
    """The rows of one model that belong to one person."""

    name: str
    rows: models.QuerySet[Any]
    goes: bool

    @property
    def count(self) -> int:
        """How many rows."""
        return self.rows.count()

    def facts(self) -> Iterator[dict[str, object]]:
        """Yield each row as plain values, without anything secret."""
        fields = [field for field in self.rows.model._meta.concrete_fields if _is_told(field)]
        for row in self.rows.order_by("pk").iterator():
            yield {field.attname: field.value_from_object(row) for field in fields}


def belongings(person: User, *, of_sign_in: bool = False) -> list[Belongings]:
    """Return what belongs to the person: of the site's own models, or of those for signing in."""
    return [
        Belongings(_name(model, relation.get_accessor_name()), _rows(model, relation, person), _goes(relation))
        for model, relation in _pointing()
        if (model._meta.app_label in _SIGN_IN_APPS) is of_sign_in
    ]


def _pointing() -> Iterator[tuple[type[models.Model], Any]]:
    """Yield each model that points to people by a name, and how it does."""
    for relation in User._meta.related_objects:
        if isinstance(relation.related_model, type):
            yield relation.related_model, relation


def _rows(model: type[models.Model], relation: models.ManyToOneRel, person: User) -> models.QuerySet[Any]:
    return model._base_manager.filter(**{relation.field.name: person})


def _goes(relation: models.ManyToOneRel) -> bool:
    return relation.on_delete is models.CASCADE


def _name(model: type[models.Model], accessor: str) -> str:
    """Return the model's name in the plural, and the relation's where that says more."""
    plural = str(model._meta.verbose_name_plural)
    said = accessor.replace("_", " ").removesuffix(" set")
    return plural if said in (plural, str(model._meta.model_name)) else f"{plural} ({said})"


def _is_told(field: "models.Field[Any, Any]") -> bool:
    return not any(word in field.name.split("_") for word in _SECRET)
