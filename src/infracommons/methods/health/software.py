"""How much software hangs on few people, how fresh it is, and how critical: from tables of commits and contributors."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import isfinite, log

from infracommons.methods.result import refuse

HALF = Fraction(1, 2)
# Weight and threshold of each signal, as published by the Open Source Security Foundation, after an idea of R. Pike.
CRITICALITY: Mapping[str, tuple[float, float]] = {
    "created_since": (1, 120),  # months since the project began
    "updated_since": (-1, 120),  # months since the last change
    "contributor_count": (2, 5000),
    "org_count": (1, 10),  # organisations of contributors
    "commit_frequency": (1, 1000),  # commits a week, over the last year
    "recent_releases_count": (0.5, 26),  # in the last year
    "closed_issues_count": (0.5, 5000),  # in the last 90 days
    "updated_issues_count": (0.5, 5000),  # in the last 90 days
    "comment_frequency": (1, 15),  # comments an issue, over the last 90 days
    "dependents_count": (2, 500_000),  # mentions of the project in messages of commits
}


@dataclass(frozen=True)
class Commit:
    """One commit: who made it, for which organisation ("" where nobody knows), and when."""

    contributor: str
    organisation: str
    day: date


@dataclass(frozen=True)
class Factor:
    """The fewest who together made at least the part asked for, and who they are; 0 where nothing was made."""

    number: int
    names: tuple[str, ...]
    part: Fraction


def smallest_group(counts: Mapping[str, int], part: Fraction = HALF) -> Factor:
    """Return the fewest who made at least `part` of all; ties go to the name that comes first.

    >>> smallest_group({"a": 1000, "b": 202, "c": 90, "d": 33, "e": 332, "f": 343, "g": 42, "h": 433}).number
    2
    """
    if not 0 < part <= 1:
        refuse("part", part, "must be above 0 and at most 1")
    for name, count in counts.items():
        if count < 0:
            refuse(f"counts.{name}", count, "negative")
    whole, running, names = sum(counts.values()), 0, list[str]()
    for name in sorted(counts, key=lambda one: (-counts[one], one)):
        if running >= part * whole:
            break
        names.append(name)
        running += counts[name]
    return Factor(len(names), tuple(names), Fraction(running, whole) if whole else Fraction(0))


def contributor_absence_factor(commits: Iterable[Commit], part: Fraction = HALF) -> Factor:
    """Return the fewest contributors who made at least half of the commits.

    Source: CHAOSS, Contributor Absence Factor (once called bus factor).
    """
    return smallest_group(Counter(commit.contributor for commit in commits), part)


def elephant_factor(commits: Iterable[Commit], part: Fraction = HALF) -> Factor:
    """Return the fewest organisations whose people made at least half of the commits that have an organisation.

    Source: CHAOSS, Elephant Factor.
    """
    return smallest_group(Counter(commit.organisation for commit in commits if commit.organisation), part)


def release_age(releases: Sequence[date], as_of: date) -> int | None:
    """Return the days from the latest release to `as_of`, later releases left out; None where there was none yet."""
    known = [day for day in releases if day <= as_of]
    return (as_of - max(known)).days if known else None


def criticality(signals: Mapping[str, float]) -> float:
    """Return the criticality score, 0 to 1, to five places, by the weights and thresholds of CRITICALITY.

    One over the sum of weights, times the sum of weight x log(1 + s) / log(1 + max(s, threshold)). All ten signals are
    needed: the score of fewer is another score. Source: Open Source Project Criticality Score, OpenSSF.
    """
    for name in signals:
        if name not in CRITICALITY:
            refuse(f"signals.{name}", signals[name], f"not a signal; known are {', '.join(CRITICALITY)}")
    total = 0.0
    for name, (weight, threshold) in CRITICALITY.items():
        if name not in signals:
            refuse(f"signals.{name}", None, "is missing; the score needs all signals")
        value = signals[name]
        if not isfinite(value) or value < 0:
            refuse(f"signals.{name}", value, "must be a number of at least zero")
        total += weight * log(1 + value) / log(1 + max(value, threshold))
    score = total / sum(weight for weight, _ in CRITICALITY.values())
    return round(min(max(score, 0.0), 1.0), 5)
