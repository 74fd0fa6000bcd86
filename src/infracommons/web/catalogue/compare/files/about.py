"""What a file says of itself: what was asked for, when, of which day, from which release, under which licence."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from infracommons.insights.release import Release
from infracommons.vocabulary.figures import day
from infracommons.web.catalogue.compare.asked import ComparisonAsked, address
from infracommons.web.catalogue.compare.awards import RULE_WORDS
from infracommons.web.catalogue.compare.compared import section_labels
from infracommons.web.catalogue.compare.comparison import Comparison
from infracommons.web.catalogue.exchange.licences import LICENCE, LICENCE_NAME, LICENCE_URL, licence_of


@dataclass(frozen=True)
class About:
    """Lines of (about, text), and the whole address of each infrastructure's page in the order of the columns."""

    lines: tuple[tuple[str, str], ...]
    profiles: tuple[str, ...]
    absolute: Callable[[str], str]


def about(
    asked: ComparisonAsked, comparison: Comparison, release: Release | None, absolute: Callable[[str], str]
) -> About:
    """Return what the file says of itself; `absolute` makes a whole address of a path."""
    now = timezone.now()
    claims = f"as they were at the end of {day(asked.as_of)} (UTC)" if asked.as_of else f"of {day(now.date())}"
    lines = [
        ("Comparison", ", ".join(column.infrastructure.name for column in comparison.columns)),
        ("Address", absolute(address(asked))),
        ("Made", f"{now.isoformat(timespec='seconds')}, claims {claims}"),
        ("Rows", _rows(asked, comparison)),
        ("Reading", "Unknown means that nobody has said; it never means no. Listed is not endorsed."),
        ("Awards", _awards(release)),
        ("Licence", _licence(comparison)),
    ]
    if early := [column.infrastructure.name for column in comparison.columns if not column.is_there]:
        lines.insert(3, ("Not in the catalogue yet on that day", ", ".join(early)))
    profiles = [reverse("profile", args=[column.infrastructure.infrastructure_id]) for column in comparison.columns]
    return About(tuple(lines), tuple(map(absolute, profiles)), absolute)


def _rows(asked: ComparisonAsked, comparison: Comparison) -> str:
    labels = section_labels()
    of = ", ".join(labels[code] for code in asked.sections) if asked.sections else "all sections"
    narrowed = [
        words
        for is_on, words in (
            (asked.differences and len(comparison.columns) > 1, "only those that differ"),
            (asked.hide_empty, "without those unknown of all"),
        )
        if is_on
    ]
    which = f"; {', '.join(narrowed)}" if narrowed else ""
    return f"{comparison.shown} of {comparison.rows}; {comparison.differing} differ; {of}{which}"


def _awards(release: Release | None) -> str:
    return f"Release {release.release_id}, {RULE_WORDS}" if release else "There is no release of awards: unknown"


def _licence(comparison: Comparison) -> str:
    cells = (cell for group in comparison.groups for row in group.rows for cell in row.cells)
    others = sorted({licence_of(cell.source) for cell in cells if cell.source} - {LICENCE})
    told = f"{LICENCE} ({LICENCE_NAME}), {LICENCE_URL}"
    if not others:
        return told
    return f"{told}; claims imported from elsewhere {', '.join(others)}: the source of each is on its profile"
