from collections.abc import Callable, Sequence
from typing import Any

import pytest

Form = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def form() -> Form:
    """Return what makes a decision of a method, rows of values and weights; criteria are c0, c1, options A1, A2."""

    def made(
        method: str,
        rows: Sequence[Sequence[Any]],
        weights: Sequence[float],
        *,
        directions: str = "",
        bounds: Sequence[Sequence[float]] = (),
        preference: dict[str, Any] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        names = [f"c{place}" for place in range(len(weights))]
        criteria: list[dict[str, Any]] = [
            {"id": name, "direction": "min" if directions[place : place + 1] == "-" else "max"}
            for place, name in enumerate(names)
        ]
        for one, pair in zip(criteria, bounds, strict=False):
            one["bounds"] = list(pair)
        for one in criteria if preference else []:
            one["preference"] = preference
        options = [f"A{place}" for place in range(1, len(rows) + 1)]
        cells = {option: dict(zip(names, row, strict=True)) for option, row in zip(options, rows, strict=True)}
        found = {"method": method, "options": options, "criteria": criteria, "performances": cells}
        return found | {"weights": dict(zip(names, weights, strict=True))} | more

    return made
