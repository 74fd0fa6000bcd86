"""Finds or makes the organisation that a steward claim names."""

from typing import Any

from django.utils.text import slugify

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.models.infrastructure import Organisation


def organisation_for(value: dict[str, Any] | None) -> Organisation | None:
    """Return the organisation with this ROR id, else with this name; a new one where there is none."""
    if not value:
        return None
    name, ror = value["name"], value["ror"]
    if ror and (known := Organisation.objects.filter(ror=ror).first()):
        return known
    slug = slug_of(name) or "organisation"
    known = _of_name(name, ror, slug)
    if known is not None:
        if ror and not known.ror:
            known.ror = ror
            known.save(update_fields=["ror"])
        return known
    return Organisation.objects.create(organisation_id=free_slug(slug, Organisation), name=name, ror=ror)


def _of_name(name: str, ror: str, slug: str) -> Organisation | None:
    """Return the first organisation of this name; names in other letters than ours share the beginning of a slug."""
    alike = Organisation.objects.filter(organisation_id__startswith=slug).order_by("pk")
    same = (one for one in alike if normal_name(one.name) == normal_name(name))
    return next((one for one in same if not ror or one.ror in {"", ror}), None)


def slug_of(name: str) -> str:
    """Return a name as a slug without accents, at most 150 characters."""
    return slugify(normal_name(name))[:150].strip("-")


def free_slug(slug: str, model: Any) -> str:  # noqa: ANN401 - a model class with an id column of its own name
    """Return the slug, or the slug with the first number that no row has yet."""
    column = f"{model.__name__.lower()}_id"
    taken = set(model.objects.filter(**{f"{column}__startswith": slug}).values_list(column, flat=True))
    number = 2
    found = slug
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found
