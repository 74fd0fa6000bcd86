"""How long a ranking under drawn weights and values takes, and the best portfolio of many candidates."""

import time
from fractions import Fraction

import numpy as np

from infracommons.methods.decisions.additive import Additive
from infracommons.methods.decisions.portfolio import best_portfolio
from infracommons.methods.decisions.portfolio_rules import Candidate, Rules
from infracommons.methods.decisions.smaa import smaa
from infracommons.methods.decisions.table import Criterion, Table

DRAWS, OPTIONS, CRITERIA, CANDIDATES = 10_000, 50, 20, 200


def measure_decisions() -> dict[str, float]:
    """Return seconds of both; targets are 1 for the ranking and 5 for the portfolio."""
    generator = np.random.Generator(np.random.PCG64(1))
    low = generator.random((OPTIONS, CRITERIA)) * 0.8
    criteria = tuple(Criterion(f"c{place}", "max", worst=0.0, best=1.0) for place in range(CRITERIA))
    table = Table(
        tuple(f"o{place}" for place in range(OPTIONS)), criteria, low, low + 0.2 * generator.random(low.shape)
    )
    began = time.perf_counter()
    smaa(Additive(), table, draws=DRAWS, seed=1)
    drawn = time.perf_counter() - began
    candidates = [
        Candidate(
            f"p{place}", int(generator.integers(500_000, 50_000_000)), Fraction(int(generator.integers(1, 1000)), 10),
            f"r{place % 40}", frozenset({f"g{place % 6}"}),
        )
        for place in range(CANDIDATES)
    ]  # fmt: skip
    rules = Rules(1_000_000_000, Fraction(1, 10), {f"g{place}": 3 for place in range(6)})
    began = time.perf_counter()
    found = best_portfolio(candidates, rules)
    seconds = time.perf_counter() - began
    return {"smaa_seconds": round(drawn, 2), "portfolio_seconds": round(seconds, 2), "chosen": len(found.selected),
            "is_proved": found.is_proved}  # fmt: skip
