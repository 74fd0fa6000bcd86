"""Finds the infrastructure that a row of a foreign file is about."""

import re

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.claims.organisations import slug_of
from infracommons.web.catalogue.models import FormerSlug, Infrastructure

_BRACKETS = re.compile(r"\(([^()]*)\)")


class Ambiguous(ValueError):  # noqa: N818 - it describes input, not a failure of the program
    """A name stands for several infrastructures; `ids` are theirs."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        super().__init__(", ".join(ids))


class Matcher:
    """Every infrastructure by identifier, id, name and alias, read once."""

    def __init__(self) -> None:
        self._by_external: dict[str, int] = {}
        self._by_slug: dict[str, int] = {
            former.slug: former.infrastructure_id for former in FormerSlug.objects.iterator()
        }
        self._by_name: dict[str, set[int]] = {}
        for infrastructure in Infrastructure.objects.iterator():
            self.add(infrastructure)

    def add(self, infrastructure: Infrastructure) -> None:
        """Let later rows find an infrastructure too."""
        if infrastructure.external_id:
            self._by_external[infrastructure.external_id] = infrastructure.pk
        self._by_slug[infrastructure.infrastructure_id] = infrastructure.pk
        for name in known_names(infrastructure):
            self._by_name.setdefault(name, set()).add(infrastructure.pk)

    def find(self, identifier: str, name: str) -> Infrastructure | None:
        """Return the infrastructure of this identifier, else of this name as id, name or alias; None for a new one.

        Raises Ambiguous where several have the name.
        """
        found = self._by_external.get(identifier) if identifier else None
        found = found or self._by_slug.get(slug_of(name)) or self._named([name]) or self._named(brackets_apart(name))
        return Infrastructure.objects.get(pk=found) if found else None

    def _named(self, names: list[str]) -> int | None:
        found = set[int]().union(*(self._by_name.get(normal_name(name), set()) for name in names))
        if len(found) > 1:
            ids = Infrastructure.objects.filter(pk__in=found).values_list("infrastructure_id", flat=True)
            raise Ambiguous(sorted(ids))
        return next(iter(found), None)


def known_names(infrastructure: Infrastructure) -> set[str]:
    """Return the name and the aliases in the form in which names are compared."""
    aliases = (infrastructure.profile.get("aliases") or {}).get("value") or []
    return {normal_name(name) for name in (infrastructure.name, *aliases)}


def brackets_apart(name: str) -> list[str]:
    """Return what stands outside and inside the brackets of a name such as "Open Journal Systems (OJS)"."""
    inside = _BRACKETS.findall(name)
    return [part for part in (_BRACKETS.sub(" ", name), *inside) if normal_name(part)] if inside else []
