"""What an address of the policies asks for, and which of them match: values widen, fields narrow."""

from dataclasses import dataclass, replace
from datetime import date

from infracommons.insights.policies.effect import begins, holds_on
from infracommons.insights.policies.load import Policies
from infracommons.insights.query_string import QueryProblem, many, matching, one
from infracommons.vocabulary.policies import Instrument

_CODE = matching(r"[a-z0-9_-]{1,80}"), "a code of the list on the page"
_FORM = matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTS = {"region": "regions", "kind": "kinds", "requirement": "requirements", "category": "categories"}


def _day(text: str) -> date:
    return date.fromisoformat(_FORM(text))


_DAY = _day, "a day such as 2026-05-31"


@dataclass(frozen=True)
class PolicyFilters:
    """Which policies: by region, kind, requirement, category affected, and the day on which they hold."""

    region: tuple[str, ...] = many(*_CODE)
    kind: tuple[str, ...] = many(*_CODE)
    requirement: tuple[str, ...] = many(*_CODE)
    category: tuple[str, ...] = many(*_CODE)
    in_force_on: date | None = one(None, *_DAY)  # noqa: RUF009 - gives a field, as dataclasses.field does

    def changed(self, field: str, values: tuple[str, ...]) -> "PolicyFilters":
        """Return these filters with other values in one of the lists."""
        return replace(self, **{field: values})  # type: ignore[arg-type]  # of one of the lists, never the day


@dataclass(frozen=True)
class Matched:
    """The policies that match, and those of which it is not known whether they hold on the day asked for."""

    instruments: tuple[Instrument, ...]
    undecided: tuple[Instrument, ...] = ()


def not_listed(policies: Policies, asked: PolicyFilters) -> tuple[PolicyFilters, tuple[QueryProblem, ...]]:
    """Return the filters without the codes that no list has, and a problem for each of those."""
    problems: list[QueryProblem] = []
    for field, list_name in _LISTS.items():
        known = getattr(policies, list_name)
        given = getattr(asked, field)
        problems += [QueryProblem(field, value, "one of " + ", ".join(known)) for value in given if value not in known]
        asked = asked.changed(field, tuple(value for value in given if value in known))
    return asked, tuple(problems)


def matched(policies: Policies, asked: PolicyFilters) -> Matched:
    """Return what matches, newest first; those of unknown days come last."""
    found = sorted((one for one in policies.instruments.values() if _matches(one, asked)), key=_newest_first)
    if asked.in_force_on is None:
        return Matched(tuple(found))
    held = {one.code: holds_on(one, asked.in_force_on) for one in found}
    return Matched(tuple(one for one in found if held[one.code]), tuple(one for one in found if held[one.code] is None))


def _matches(one: Instrument, asked: PolicyFilters) -> bool:
    has = {
        "region": {one.region},
        "kind": {one.kind},
        "requirement": {code for clause in one.clauses for code in clause.requirements},
        "category": set(one.categories),
    }
    return all(not getattr(asked, field) or has[field] & set(getattr(asked, field)) for field in has)


def _newest_first(one: Instrument) -> tuple[int, str]:
    since = begins(one)
    return (-since.first.toordinal() if since else 0, one.code)
