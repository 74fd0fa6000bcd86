"""How long a large matching round takes to pay, and a large panel to rank, in processor time; with their limits."""

import time
from fractions import Fraction
from typing import Any

import numpy as np

from infracommons.methods.mechanisms.panels.calibration import Model
from infracommons.methods.mechanisms.panels.funding_line import standings
from infracommons.methods.mechanisms.panels.reviews import Panel, Review
from infracommons.methods.mechanisms.quadratic.gifts import Gift, Round, Rules
from infracommons.methods.mechanisms.quadratic.rounds import allocate

GIFTS, PROJECTS, DONORS = 100_000, 300, 20_000
PROPOSALS, REVIEWERS = 100, 10
LIMITS = {"quadratic_seconds": 1.0, "ranking_seconds": 10.0}


def measure_rounds() -> dict[str, Any]:
    """Return seconds of both, their limits, and whether they are kept."""
    random = np.random.Generator(np.random.PCG64(1))
    donors, projects = random.integers(0, DONORS, GIFTS), random.integers(0, PROJECTS, GIFTS)
    cents = random.integers(100, 100_000, GIFTS)
    names = tuple(f"p{number}" for number in range(PROJECTS))
    gifts = tuple(
        Gift(f"d{donor}", f"p{project}", int(amount))
        for donor, project, amount in zip(donors, projects, cents, strict=True)
    )
    rules = Rules("quadratic", saturate=True, minimum_gift=100, cap=10**7, cap_excess="to_others")
    round_ = Round(10**8, names, gifts)
    began = time.process_time()
    paid = allocate(round_, rules)
    quadratic = time.process_time() - began
    reviews = tuple(
        Review(f"p{row}", f"r{column}", float(random.integers(1, 10)))
        for row in range(PROPOSALS)
        for column in range(REVIEWERS)
    )
    model = Model(severity_spread=1.0, largest_spread=3.0, by_pair=True, draws=5_000, burn_in=1_000, chains=4, seed=1)
    began = time.process_time()
    _, told = standings(Panel(reviews), model, Fraction(1, 2))
    ranking = time.process_time() - began
    seconds = {"quadratic_seconds": round(quadratic, 2), "ranking_seconds": round(ranking, 2)}
    return {
        "gifts": GIFTS,
        "paid_of_pool": paid.total / round_.pool,
        "proposals": PROPOSALS,
        "draws": model.draws * model.chains,
        "worst_r_hat": round(told["worst_r_hat"], 4),
        **seconds,
        "limits": LIMITS,
        "kept": all(value < LIMITS[name] for name, value in seconds.items()),
    }
