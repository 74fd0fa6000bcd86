"""What a vote on projects is: a budget, projects with costs, ballots, and the conditions that an outcome must keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from infracommons.methods.result import refuse

BallotKind = Literal["approval", "points", "ranked"]  # points: scores and cumulative ballots


@dataclass(frozen=True)
class Project:
    """One project: `cost` in whole units of the election; categories and location as quotas name them."""

    id: str
    cost: int
    categories: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True)
class Ballot:
    """What one voter said: projects with points (1 each for approval), or projects in order, the best first."""

    voter: str
    points: Mapping[str, Fraction] = field(default_factory=dict)
    ranking: tuple[str, ...] = ()
    weight: Fraction = Fraction(1)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the projects that the voter supports."""
        return self.ranking or tuple(project for project, points in self.points.items() if points > 0)


@dataclass(frozen=True)
class Constraints:
    """Conditions on an outcome beside the budget. Money in units of the election.

    quotas: most money for a category; floors: least money for a location, as far as its projects cost so much;
    exclusive: groups of projects of which at most one may win; minimum_votes: supporters that a project needs.
    """

    quotas: Mapping[str, int] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)
    exclusive: tuple[tuple[str, ...], ...] = ()
    minimum_votes: int = 0


@dataclass(frozen=True)
class Election:
    """A vote. Costs and budget are whole numbers of 1/`scale` of the currency unit that the file speaks of.

    `odd` tells what the record of the vote says against itself, such as ballots beyond its limits, that were counted.
    """

    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    kind: BallotKind = "approval"
    constraints: Constraints = Constraints()
    scale: int = 1
    odd: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise MethodInputError for what no rule can answer: bad money, unknown or double projects, odd ballots."""
        _check_projects(self)
        known = {project.id for project in self.projects}
        voters: set[str] = set()
        for place, ballot in enumerate(self.ballots):
            _check_ballot(f"ballots[{place}]", ballot, known, voters)
            voters.add(ballot.voter)

    @cached_property
    def cost(self) -> dict[str, int]:
        """The cost of each project."""
        return {project.id: project.cost for project in self.projects}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each project in the list, by which ties end."""
        return {project.id: place for place, project in enumerate(self.projects)}

    @cached_property
    def supporters(self) -> dict[str, int]:
        """How many ballots name each project, whatever their weight."""
        counts = dict.fromkeys(self.cost, 0)
        for ballot in self.ballots:
            for project in ballot.names:
                counts[project] += 1
        return counts

    @cached_property
    def votes(self) -> dict[str, Fraction]:
        """The sum of weighted points of each project; for ranked ballots, of Borda points."""
        sums = dict.fromkeys(self.cost, Fraction(0))
        for ballot in self.ballots:
            for project, points in points_of(self, ballot).items():
                sums[project] += ballot.weight * points
        return sums

    def counted_by(self, utility: str) -> "Election":
        """Return the vote as a utility counts it: the places of a ranking count for `borda` alone."""
        return self.of_approvals() if self.kind == "ranked" and utility != "borda" else self

    def of_approvals(self) -> "Election":
        """Return the vote with every project that a ballot supports simply approved."""
        plain = (replace(one, points=dict.fromkeys(one.names, Fraction(1)), ranking=()) for one in self.ballots)
        return self if self.kind == "approval" else replace(self, ballots=tuple(plain), kind="approval")

    def total(self, chosen: Sequence[str]) -> int:
        """Return what the chosen projects cost together."""
        return sum(self.cost[project] for project in chosen)

    def with_budget(self, budget: int) -> "Election":
        """Return the same vote on another budget."""
        return replace(self, budget=budget)

    def allows(self, chosen: Sequence[str], project: str) -> bool:
        """Return whether the project may still be chosen beside these: budget, minimum votes, quotas, exclusions."""
        fits = project not in chosen and self.total(chosen) + self.cost[project] <= self.budget
        return fits and not self.bars(chosen, project)

    def bars(self, chosen: Sequence[str], project: str) -> bool:
        """Return whether conditions other than the budget keep the project from being chosen beside these."""
        rules = self.constraints
        if self.supporters[project] < rules.minimum_votes:
            return True
        return bool(rules.quotas or rules.exclusive) and not self.keeps_rules([*chosen, project])

    def keeps_rules(self, chosen: Sequence[str]) -> bool:
        """Return whether quotas and exclusions hold of these projects; floors are about a whole outcome."""
        rules, inside = self.constraints, set(chosen)
        if any(len(inside.intersection(group)) > 1 for group in rules.exclusive):
            return False
        spent = self.spent_by_category(chosen)
        return all(spent.get(category, 0) <= most for category, most in rules.quotas.items())

    def spent_by_category(self, chosen: Sequence[str]) -> dict[str, int]:
        """Return the money of these projects in each category; a project of two categories counts in both."""
        inside, spent = set(chosen), dict[str, int]()
        for project in self.projects:
            if project.id in inside:
                for category in project.categories:
                    spent[category] = spent.get(category, 0) + project.cost
        return spent


def points_of(election: Election, ballot: Ballot) -> Mapping[str, Fraction]:
    """Return the points of a ballot; ranked ones by Borda: the last named of k has 1, the first k."""
    if election.kind != "ranked":
        return {project: points for project, points in ballot.points.items() if points > 0}
    named = len(ballot.ranking)
    return {project: Fraction(named - place) for place, project in enumerate(ballot.ranking)}


def _check_projects(election: Election) -> None:
    if election.budget < 0:
        refuse("budget", election.budget, "negative")
    seen: set[str] = set()
    for number, project in enumerate(election.projects):
        place = f"projects[{number}]"
        if project.id in seen:
            refuse(f"{place}.id", project.id, "another project has this id")
        if project.cost < 0:
            refuse(f"{place}.cost", project.cost, "negative")
        seen.add(project.id)
    for number, group in enumerate(election.constraints.exclusive):
        for project_id in group:
            if project_id not in seen:
                refuse(f"constraints.exclusive[{number}]", project_id, "no such project")


def _check_ballot(place: str, ballot: Ballot, known: set[str], voters: set[str]) -> None:
    if ballot.voter in voters:
        refuse(f"{place}.voter", ballot.voter, "another ballot is of this voter")
    if ballot.weight <= 0:
        refuse(f"{place}.weight", ballot.weight, "must be more than zero")
    for project in (*ballot.points, *ballot.ranking):
        if project not in known:
            refuse(f"{place}.vote", project, "no such project")
    for project, points in ballot.points.items():
        if points < 0:
            refuse(f"{place}.vote.{project}", points, "negative points")
    if len(set(ballot.ranking)) < len(ballot.ranking):
        refuse(f"{place}.vote", ballot.ranking, "names a project twice")
