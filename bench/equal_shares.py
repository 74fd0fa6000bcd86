"""How long equal shares takes on a vote as large as a town's: 6,500 voters, 64 projects, completion by one."""

import time
from fractions import Fraction

import numpy as np

from infracommons.methods.mechanisms.budgeting.completions import add_one, starting_endowment
from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares

VOTERS, PROJECTS, BUDGET = 6_500, 64, 1_000_000
LIMIT_SECONDS = 15


def measure_equal_shares() -> dict[str, float]:
    """Return seconds of one exact count, its steps of one unit a voter, and which part of the limit it takes."""
    vote = _vote()
    began, busy = time.perf_counter(), time.process_time()
    done = add_one(EqualShares(vote, "cost", "listed"), starting_endowment(vote, "floor"), Fraction(1), "overspend")
    seconds, own = time.perf_counter() - began, time.process_time() - busy
    return {
        "voters": VOTERS,
        "projects": PROJECTS,
        "steps": done.steps,
        "seconds": round(seconds, 2),
        "processor_seconds": round(own, 2),
        "processor_part_of_limit": round(own / LIMIT_SECONDS, 2),
    }


def _vote() -> Election:
    """Return a made-up vote: costs between 2,000 and 100,000, 3 to 13 approvals a ballot, some projects loved more."""
    draw = np.random.Generator(np.random.PCG64(7))
    projects = tuple(Project(f"p{place}", int(draw.integers(2_000, 100_000))) for place in range(PROJECTS))
    loved = draw.random(PROJECTS) ** 2 + 0.05
    loved /= loved.sum()
    ballots = []
    for voter in range(VOTERS):
        names = draw.choice(PROJECTS, size=int(draw.integers(3, 14)), replace=False, p=loved)
        ballots.append(Ballot(str(voter), {f"p{place}": Fraction(1) for place in sorted(names.tolist())}))
    return Election(BUDGET, projects, tuple(ballots))
