"""Money that a location is to get at least: its best projects are set aside first, as few as are needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from infracommons.methods.mechanisms.budgeting.election import Ballot, Constraints, Election, points_of
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, first_of

Rule = Callable[[Election], Sequence[str]]


def set_aside(election: Election, rule: Rule, tie_break: TieBreak) -> tuple[str, ...]:
    """Return the projects that are bought before the rule runs, so that its outcome keeps the floors of locations.

    The rule is run; while a location has less than its floor, its project with the most votes that fits is set aside,
    and the rule is run again on what is left of the budget. What cannot be reached stays short: the certificate says.
    """
    aside: list[str] = []
    if not election.constraints.floors:
        return ()
    while following := _next(election, aside, rule(without(election, aside)), tie_break):
        aside.append(following)
    return tuple(aside)


def _next(election: Election, aside: Sequence[str], chosen: Sequence[str], tie_break: TieBreak) -> str | None:
    spent = spent_by_location(election, [*aside, *chosen])
    for location, least in election.constraints.floors.items():
        if spent.get(location, 0) >= least:
            continue
        own = [
            one.id
            for one in election.projects
            if one.location == location and election.votes[one.id] and one.cost and election.allows(aside, one.id)
        ]
        if own:
            most = max(election.votes[project] for project in own)
            return first_of([project for project in own if election.votes[project] == most], election, tie_break)
    return None


def spent_by_location(election: Election, chosen: Sequence[str]) -> Mapping[str, int]:
    """Return the money of these projects at each location."""
    inside, spent = set(chosen), dict[str, int]()
    for project in election.projects:
        if project.id in inside:
            spent[project.location] = spent.get(project.location, 0) + project.cost
    return spent


def without(election: Election, aside: Sequence[str]) -> Election:
    """Return the vote on the rest: less money, less room in quotas, and nothing that excludes what was set aside.

    Voters keep their points, Borda points too: a ranked ballot is counted as if the projects were still on it.
    """
    if not aside:
        return election
    rules, gone = election.constraints, set(aside)
    for group in rules.exclusive:
        if gone.intersection(group):
            gone = gone.union(group)
    spent, places = election.spent_by_category(aside), spent_by_location(election, aside)
    return Election(
        election.budget - election.total(aside),
        tuple(project for project in election.projects if project.id not in gone),
        tuple(_left_of(election, ballot, gone) for ballot in election.ballots),
        "points",
        Constraints(
            {category: most - spent.get(category, 0) for category, most in rules.quotas.items()},
            {location: max(0, least - places.get(location, 0)) for location, least in rules.floors.items()},
            tuple(group for group in rules.exclusive if not gone.intersection(group)),
            rules.minimum_votes,
        ),
        election.scale,
    )


def _left_of(election: Election, ballot: Ballot, gone: set[str]) -> Ballot:
    points = {project: value for project, value in points_of(election, ballot).items() if project not in gone}
    return replace(ballot, points=points, ranking=())
