"""SMAA-2: how often each option takes each rank when weights and values are drawn from all that are possible."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.table import TIE, Floats, Table
from infracommons.methods.result import refuse

CELLS = 250_000  # of the tables that go with one draw of weights: another number gives other draws by the same seed
NEAR = 50_000  # of drawn tables held at a time: few enough to stay near the processor
MOST_DRAWS = 10_000_000  # more would take hours and tell nothing more
MOST_VALUES = 1000  # draws of values behind a confidence factor


@dataclass(frozen=True)
class Acceptability:
    """Shares of draws, by option; arrays are (options, ranks) and (options, criteria).

    `central_weights`: the mean of the weights under which the option comes first, None where it never does.
    `confidence`: how often it comes first under those weights when only values are drawn, None likewise.
    `pairwise`: how often the option of the row is ahead of that of the column, a draw level counting half.
    """

    options: tuple[str, ...]
    ranks: Floats
    central_weights: tuple[tuple[float, ...] | None, ...]
    confidence: tuple[float | None, ...]
    pairwise: Floats
    draws: int
    weights: str
    seed: int


def draw_weights(generator: np.random.Generator, draws: int, number: int, order: Sequence[int] = ()) -> Floats:
    """Return weights (draws, number), uniform among all that are not negative and sum to 1.

    `order` are places of criteria, the most important first: uniform among weights that fall in that order.
    """
    weights = generator.standard_exponential((draws, number))
    weights /= weights.sum(axis=1, keepdims=True)
    if order:
        sorted_down = -np.sort(-weights, axis=1)
        weights = np.empty_like(weights)
        weights[:, list(order)] = sorted_down
    return np.asarray(weights)


def draw_values(generator: np.random.Generator, table: Table, draws: int) -> Floats:
    """Return values (draws, options, criteria), uniform within each interval; one table where all is known."""
    if table.is_known:
        return table.low[None]
    values = generator.random((draws, *table.low.shape))
    values *= table.high - table.low
    values += table.low
    return values


def smaa(model: Model, table: Table, *, draws: int, seed: int, order: Sequence[int] = (),
         fixed: Floats | None = None) -> Acceptability:  # fmt: skip
    """Return rank acceptabilities, central weights and confidence factors of `draws` draws.

    Weights are drawn over the whole simplex, or in the given `order` of importance, or stay `fixed`. Options that are
    level share their ranks. Source: Lahdelma & Salminen, SMAA-2, Operations Research 49 (2001).
    """
    if draws < 1:
        refuse("sensitivity.smaa.draws", draws, "at least 1")
    if order and sorted(order) != list(range(len(table.criteria))):
        refuse("sensitivity.smaa.order", list(order), "names every criterion once")
    number, criteria = len(table.options), len(table.criteria)
    generator = np.random.Generator(np.random.PCG64(seed))
    taken, first, ahead = np.zeros((number, number)), np.zeros((number, criteria)), np.zeros((number, number))
    for count in _portions(draws, number * criteria):
        weights = draw_weights(generator, count, criteria, order) if fixed is None else np.tile(fixed, (count, 1))
        _count(_merits(model, table, generator, weights), weights, taken, first, ahead)
    leads = taken[:, 0]
    central = [tuple(float(part) for part in first[i] / leads[i]) if leads[i] else None for i in range(number)]
    confidence = _confidence(model, table, central, draws, seed)
    how = "fixed" if fixed is not None else "drawn in order of importance" if order else "drawn over the whole simplex"
    return Acceptability(table.options, taken / draws, tuple(central), confidence, ahead / draws, draws, how, seed)


def _merits(model: Model, table: Table, generator: np.random.Generator, weights: Floats) -> Floats:
    """Return the merits (draws, options) under each row of weights, values drawn anew for each."""
    if table.is_known:
        return model.merits(table, draw_values(generator, table, 1), weights)
    most = max(1, NEAR // table.low.size)
    parts = (weights[start : start + most] for start in range(0, len(weights), most))
    return np.concatenate([model.merits(table, draw_values(generator, table, len(part)), part) for part in parts])


def _confidence(
    model: Model, table: Table, central: list[tuple[float, ...] | None], draws: int, seed: int
) -> tuple[float | None, ...]:
    """Return how often each comes first, alone or level, under its central weights when only values are drawn."""
    generator = np.random.Generator(np.random.PCG64([seed, 1]))
    wins, done = np.zeros(len(central)), 0
    for count in _portions(1 if table.is_known else min(draws, MOST_VALUES), table.low.size):
        values = draw_values(generator, table, count)
        parts = model.parts(table, values) if model.is_linear else None
        for place, weights in enumerate(central):
            if weights is not None:
                own = np.array(weights)
                merits = model.merits(table, values, np.tile(own, (count, 1))) if parts is None else parts @ own
                wins[place] += np.sum(merits[:, place] >= merits.max(axis=1) - TIE)
        done += count
    return tuple(None if own is None else float(won / done) for own, won in zip(central, wins, strict=True))


def _portions(draws: int, cells: int) -> list[int]:
    """Return how many draws go at a time, so that memory stays bounded."""
    most = max(1, CELLS // cells)
    return [most] * (draws // most) + ([draws % most] if draws % most else [])


def _count(merits: Floats, weights: Floats, taken: Floats, first: Floats, ahead: Floats) -> None:
    """Add the draws to who takes which rank, to the weights under which each is first, and to who is ahead of whom."""
    number = merits.shape[1]
    order = np.argsort(-merits, axis=1, kind="stable")
    falling = np.take_along_axis(merits, order, axis=1)
    slack = TIE * np.maximum(1.0, np.abs(falling).max(axis=1, keepdims=True))
    level = (falling[:, :-1] - falling[:, 1:] <= slack).any(axis=1)
    clear = order[~level]
    for rank in range(number):
        taken[:, rank] += np.bincount(clear[:, rank], minlength=number)
    places = np.empty(clear.shape, dtype=np.int16)
    np.put_along_axis(places, clear, np.arange(number, dtype=np.int16)[None], axis=1)
    np.add.at(first, clear[:, 0], weights[~level])
    by_option = np.ascontiguousarray(places.T)
    for one in range(number):
        # Packed into bits, draws are counted eight at a time.
        ahead[one] += np.bitwise_count(np.packbits(by_option[one] < by_option, axis=1)).sum(axis=1)
    for line in np.flatnonzero(level):
        shares = _shared(order[line], falling[line], float(slack[line, 0]))
        taken += shares
        first += shares[:, :1] * weights[line]
        gap = merits[line][:, None] - merits[line][None, :]
        ahead += (gap > slack[line]) + 0.5 * ((np.abs(gap) <= slack[line]) & ~np.eye(number, dtype=bool))


def _shared(order: npt.NDArray[np.intp], falling: Floats, slack: float) -> Floats:
    """Return each option's part of each rank in one draw; those that are level fill their ranks in equal parts."""
    shares = np.zeros((len(order), len(order)))
    start = 0
    for end in range(1, len(falling) + 1):
        if end == len(falling) or falling[end - 1] - falling[end] > slack:
            shares[np.ix_(order[start:end], np.arange(start, end))] = 1 / (end - start)
            start = end
    return shares
