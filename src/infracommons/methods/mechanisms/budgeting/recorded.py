"""Makes an election of a .pb file: the record of a vote that has been held, counted as it stands.

What no rule can count is refused. What is only odd, such as a ballot beyond the file's own limits, is counted, and the
election says so, for the certificate to show.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from infracommons.methods.mechanisms.budgeting.election import Ballot, BallotKind, Election, Project
from infracommons.methods.mechanisms.budgeting.pabulib import PabulibFile, Row
from infracommons.methods.result import refuse

_KINDS: Mapping[str, BallotKind] = {
    "approval": "approval",
    "choose-1": "approval",
    "knapsack": "approval",
    "ordinal": "ranked",
    "cumulative": "points",
    "scoring": "points",
}
_NUMBER = re.compile(r"\d{1,18}(?:[.,]\d{1,18})?")
_CATEGORIES = ("category", "categories")
_LOCATIONS = ("neighborhood", "subunit", "district", "target")  # the closest that the file has
_WEIGHTS = ("weight", "vote_strength")  # columns that say how much a voter weighs

Measure = Callable[[Election, Ballot], Iterable[Fraction | int]]
_LIMITS: tuple[tuple[str, str, Measure], ...] = (
    ("length", "projects", lambda _, ballot: [len(ballot.names)]),
    ("sum_cost", "cost in all", lambda election, ballot: [Fraction(election.total(ballot.names), election.scale)]),
    ("points", "points for a project", lambda _, ballot: ballot.points.values()),
    ("sum_points", "points in all", lambda _, ballot: [sum(ballot.points.values(), Fraction(0))]),
)


def election_of(file: PabulibFile) -> Election:
    """Return the vote that a file describes; MethodInputError names the place and value that cannot be used."""
    kind = _kind(file)
    projects, budget = file.project_rows(), file.value("budget")
    if "project_id" not in file.project_columns or "cost" not in file.project_columns:
        refuse("PROJECTS", ";".join(file.project_columns), "needs the columns project_id and cost")
    costs = [_number(f"PROJECTS row {place}, cost", row.get("cost", "")) for place, row in enumerate(projects, 1)]
    money = [_number("META, budget", budget), *costs]
    scale = 1 if all(amount.denominator == 1 for amount in money) else 100
    whole = [amount * scale for amount in money]
    for place, amount in enumerate(whole):
        if amount.denominator != 1:
            refuse("META, budget" if not place else f"PROJECTS row {place}, cost", str(money[place]), "part of a cent")
    odd: list[str] = []
    ballots = tuple(_ballots(file, kind, odd))
    election = Election(
        int(whole[0]),
        tuple(_project(row, int(cost)) for row, cost in zip(projects, whole[1:], strict=True)),
        ballots,
        kind,
        scale=scale,
    )
    odd += [*_miscounted(file), *_beyond_limits(file, election)]
    return replace(election, odd=tuple(odd))


def _kind(file: PabulibFile) -> BallotKind:
    name = file.value("vote_type").strip().lower()
    if name not in _KINDS:
        refuse("META, vote_type", name, f"not one of {', '.join(_KINDS)}")
    return _KINDS[name]


def _project(row: Row, cost: int) -> Project:
    return Project(row["project_id"], cost, _listed(_first(row, _CATEGORIES)), _first(row, _LOCATIONS))


def _first(row: Row, columns: tuple[str, ...]) -> str:
    return next((row[one] for one in columns if row.get(one)), "")


def _ballots(file: PabulibFile, kind: BallotKind, odd: list[str]) -> Iterator[Ballot]:
    """Yield a ballot a row; a project named twice counts once, and each row of one voter is a ballot of its own."""
    voters: set[str] = set()
    default = file.value("default_score") if file.value("vote_type").strip().lower() == "scoring" else ""
    unnamed = _number("META, default_score", default) if default else Fraction(0)
    everything = dict.fromkeys((row.get("project_id", "") for row in file.project_rows()), unnamed) if unnamed else {}
    for place, row in enumerate(file.vote_rows(), 1):
        voter = row.get("voter_id") or str(place)
        if voter in voters:
            odd.append(f"VOTES row {place}: voter {voter} has another row; both are counted")
            voter = f"{voter} (row {place})"
        voters.add(voter)
        yield _ballot(row, kind, place, voter, everything, odd)


def _ballot(
    row: Row, kind: BallotKind, place: int, voter: str, everything: Mapping[str, Fraction], odd: list[str]
) -> Ballot:
    where = f"VOTES row {place}"
    named = _listed(row.get("vote", ""))
    once = tuple(dict.fromkeys(named))
    if len(once) < len(named):
        if kind == "points":
            refuse(f"{where}, vote", row.get("vote", ""), "gives points to a project twice")
        odd.append(f"{where}: voter {voter} names a project twice; it is counted once")
    said = next((key for key in _WEIGHTS if row.get(key)), None)
    weight = _number(f"{where}, {said}", row[said]) if said else Fraction(1)
    if kind == "ranked":
        return Ballot(voter, ranking=once, weight=weight)
    if kind == "approval":
        return Ballot(voter, dict.fromkeys(once, Fraction(1)), weight=weight)
    points = _listed(row.get("points", ""))
    if len(points) != len(named):
        refuse(f"{where}, points", row.get("points", ""), f"{len(points)} points for {len(named)} projects")
    read_points = [_number(f"{where}, points", one) for one in points]
    return Ballot(voter, {**everything, **dict(zip(named, read_points, strict=True))}, weight=weight)


def _miscounted(file: PabulibFile) -> Iterator[str]:
    """Yield where META counts other projects or votes than the file holds."""
    for key, number in (("num_projects", len(file.projects)), ("num_votes", len(file.votes))):
        said = file.value(key).strip()
        if said and said != str(number):
            yield f"META, {key}: says {said}; the file has {number}"
    for name, columns, rows in (
        ("PROJECTS", file.project_columns, file.projects),
        ("VOTES", file.vote_columns, file.votes),
    ):
        for place, row in enumerate(rows, 1):
            if len(row) > len(columns):
                yield f"{name} row {place}: {len(row)} cells for {len(columns)} columns; those beyond are not used"


def _beyond_limits(file: PabulibFile, election: Election) -> Iterator[str]:
    """Yield the ballots that say more or less than META allows, as far as it does so with a number."""
    for key, words, measure in _LIMITS:
        least, most = (_limit(file, f"{end}_{key}") for end in ("min", "max"))
        if (least is None and most is None) or ("points" in key and election.kind != "points"):
            continue
        for place, ballot in enumerate(election.ballots, 1):
            for value in measure(election, ballot):
                if (least is not None and value < least) or (most is not None and value > most):
                    allowed = f"at least {least}" if least is not None and value < least else f"at most {most}"
                    yield f"VOTES row {place}: voter {ballot.voter} has {value} {words}; allowed is {allowed}"


def _limit(file: PabulibFile, key: str) -> Fraction | None:
    said = file.value(key).strip()
    return Fraction(said.replace(",", ".")) if _NUMBER.fullmatch(said) else None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(where: str, text: str) -> Fraction:
    if not _NUMBER.fullmatch(text.strip()):
        refuse(where, text, "not a number, such as 1200 or 1200.50")
    return Fraction(text.strip().replace(",", "."))
