"""Builds a comparison: rows by section with one cell for each infrastructure, and how many of them differ."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from infracommons.insights.release import Release
from infracommons.web.catalogue.claims.flags import Flag, flags_of
from infracommons.web.catalogue.claims.profile import Profile, end_of, replay
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.compare.asked import ComparisonAsked
from infracommons.web.catalogue.compare.awards import award_rows
from infracommons.web.catalogue.compare.cells import Cell, cell_of
from infracommons.web.catalogue.compare.compared import AWARDS, OPENNESS, compared_fields, section_labels
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Claim, Infrastructure


@dataclass(frozen=True)
class Row:
    """One row of a comparison; it differs where two of its cells do not read the same."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    meaning: str = ""

    @property
    def differs(self) -> bool:
        """Whether two cells read otherwise; unknown is one more way to read."""
        return len({cell.reads for cell in self.cells}) > 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any infrastructure."""
        return all(cell.is_unknown for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """The rows of one section."""

    code: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Column:
    """One infrastructure; `is_there` is false where it had no claims yet on the day asked for."""

    infrastructure: Infrastructure
    is_there: bool = True


@dataclass(frozen=True)
class Comparison:
    """What is on screen; the counts are of all rows of the sections asked for, shown or not."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    rows: int
    differing: int
    empty: int

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return sum(len(group.rows) for group in self.groups)


def compare(columns: tuple[Infrastructure, ...], asked: ComparisonAsked, release: Release | None) -> Comparison:
    """Return the comparison of these infrastructures: of today, or as their claims were at the end of a past day."""
    profiles = [_public(profile) for profile in _profiles(columns, asked.as_of)]
    groups = list(_groups(columns, profiles, asked, release))
    every = [row for group in groups for row in group.rows]
    with_rows = [replace(group, rows=_wanted(group.rows, asked, len(columns))) for group in groups]
    return Comparison(
        columns=tuple(
            Column(one, asked.as_of is None or bool(profile)) for one, profile in zip(columns, profiles, strict=True)
        ),
        groups=tuple(group for group in with_rows if group.rows),
        rows=len(every),
        differing=sum(row.differs for row in every),
        empty=sum(row.is_empty for row in every),
    )


def _profiles(columns: tuple[Infrastructure, ...], day: date | None) -> list[Profile]:
    if day is None:
        return [one.profile for one in columns]
    claims: dict[int, list[Claim]] = {one.pk: [] for one in columns}
    for claim in Claim.objects.filter(infrastructure__in=columns, at__lte=end_of(day)).order_by("id"):
        claims[claim.infrastructure_id].append(claim)
    return [replay(claims[one.pk]) for one in columns]


def _public(profile: Profile) -> Profile:
    return {one.code: profile[one.code] for one in public_fields() if one.code in profile}


def _groups(
    columns: tuple[Infrastructure, ...], profiles: list[Profile], asked: ComparisonAsked, release: Release | None
) -> Iterable[Group]:
    book, today = term_book(), asked.as_of or timezone.now().date()
    fields = compared_fields()
    for code, label in section_labels().items():
        if asked.sections and code not in asked.sections:
            continue
        if code == OPENNESS:
            rows = _flag_rows(profiles, book)
        elif code == AWARDS:
            rows = [Row(row.code, row.label, row.cells, row.meaning) for row in award_rows(columns, release)]
        else:
            rows = [_field_row(one, profiles, book, today) for one in fields[code]]
        yield Group(code, label, tuple(rows))


def _field_row(definition: FieldDefinition, profiles: list[Profile], book: TermBook, today: date) -> Row:
    cells = tuple(cell_of(definition, profile.get(definition.code), book, today) for profile in profiles)
    return Row(definition.code, definition.label, cells, definition.question)


def _flag_rows(profiles: list[Profile], book: TermBook) -> list[Row]:
    found = [flags_of(profile, book) for profile in profiles]
    return [
        Row(flags[0].code, flags[0].label, tuple(map(_flag_cell, flags)), f"Rule version {flags[0].rule_version}")
        for flags in zip(*found, strict=True)
    ]


def _flag_cell(flag: Flag) -> Cell:
    return Cell((flag.verdict,), flag.verdict, flag.verdict, because=flag.reason)


def _wanted(rows: tuple[Row, ...], asked: ComparisonAsked, columns: int) -> tuple[Row, ...]:
    """Return the rows to show; one infrastructure alone differs from nothing, so all of its rows are shown."""
    only_differing = asked.differences and columns > 1
    return tuple(
        row for row in rows if not (only_differing and not row.differs) and not (asked.hide_empty and row.is_empty)
    )
