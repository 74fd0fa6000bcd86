"""Criteria as JSON has them: direction, bounds, value function, preference function."""

from collections.abc import Mapping
from typing import Any

from infracommons.methods.decisions import promethee
from infracommons.methods.decisions.form_parts import array, mapping, number, only, text, words
from infracommons.methods.decisions.table import Criterion, Preference
from infracommons.methods.result import refuse


def read_criterion(form: Mapping[str, Any], where: str) -> Criterion:
    """Return one criterion, its bounds checked."""
    only(form, f"{where}.", {"id", "direction", "unit", "worst", "best", "bounds", "points", "preference", "expected",
                              "label"})  # fmt: skip
    name = text(form.get("id"), f"{where}.id")
    direction = form.get("direction")
    if direction not in ("max", "min"):
        refuse(f"{where}.direction", direction, 'say which way is better: "max" or "min"')
    points = _points(form.get("points", []), direction, where)
    worst, best = _bounds(form, direction, points, where)
    expected = None if form.get("expected") is None else number(form["expected"], f"{where}.expected")
    if expected is not None and (worst is None or best is None or not min(worst, best) <= expected <= max(worst, best)):
        refuse(f"{where}.expected", expected, "lies within `worst` and `best`, which are needed for it")
    shape = _preference(mapping(form.get("preference", {}), f"{where}.preference"), f"{where}.preference")
    unit, _ = (words(form.get(key, ""), f"{where}.{key}") for key in ("unit", "label"))
    return Criterion(name, direction, unit, worst, best, points, shape, expected)


def _bounds(form: Mapping[str, Any], direction: str, points: tuple[tuple[float, float], ...],
            where: str) -> tuple[float | None, float | None]:  # fmt: skip
    """Return worst and best, from those, from `bounds` (low, high), or from the ends of the value function."""
    worst, best = form.get("worst"), form.get("best")
    if "bounds" in form:
        if worst is not None or best is not None:
            refuse(f"{where}.bounds", form["bounds"], "give either `bounds` or `worst` and `best`")
        pair = array(form["bounds"], f"{where}.bounds")
        if len(pair) != 2:  # noqa: PLR2004
            refuse(f"{where}.bounds", form["bounds"], "two numbers were expected, the lower first")
        worst, best = pair if direction == "max" else pair[::-1]
    elif points and worst is None and best is None:
        worst, best = (points[0][0], points[-1][0]) if direction == "max" else (points[-1][0], points[0][0])
    if worst is None and best is None:
        return None, None
    worst, best = number(worst, f"{where}.worst"), number(best, f"{where}.best")
    if (best - worst) * (1 if direction == "max" else -1) <= 0:
        refuse(f"{where}.best", best, f"is not better than worst, {worst:g}, when the direction is {direction}")
    if points and (points[0][0] > min(worst, best) or points[-1][0] < max(worst, best)):
        refuse(f"{where}.points", points, "do not reach from `worst` to `best`")
    return worst, best


def _points(form: object, direction: str, where: str) -> tuple[tuple[float, float], ...]:
    """Return the points of a value function by rising value; worth is 0 to 1 and never falls as values get better."""
    found = []
    for place, pair in enumerate(array(form, f"{where}.points")):
        here = f"{where}.points[{place}]"
        if len(array(pair, here)) != 2:  # noqa: PLR2004
            refuse(here, pair, "a value and its worth were expected")
        value, worth = number(pair[0], f"{here}[0]"), number(pair[1], f"{here}[1]")
        if not 0 <= worth <= 1:
            refuse(f"{here}[1]", worth, "worth is from 0 to 1")
        found.append((value, worth))
    found.sort()
    worths = [worth for _, worth in found]
    if len({value for value, _ in found}) < len(found):
        refuse(f"{where}.points", found, "a value comes twice")
    if len(found) == 1 or worths != sorted(worths, reverse=direction == "min"):
        refuse(f"{where}.points", found, "two points at least, and worth never falls as values get better")
    return tuple(found)


def _preference(form: Mapping[str, Any], where: str) -> Preference:
    """Return a preference function with the thresholds its shape needs."""
    only(form, f"{where}.", {"shape", "q", "p", "s"})
    shape = text(form.get("shape", "usual"), f"{where}.shape")
    if shape not in promethee.SHAPES:
        refuse(f"{where}.shape", shape, f"not one of {', '.join(promethee.SHAPES)}")
    needs = {"u_shape": "q", "v_shape": "p", "level": "qp", "linear": "qp", "gaussian": "s"}.get(shape, "")
    if unused := sorted(key for key in set(form) - {"shape"} - set(needs) if form[key]):
        refuse(f"{where}.{unused[0]}", form[unused[0]], f"the shape {shape} does not use it")
    found = {key: number(form.get(key), f"{where}.{key}") for key in needs}
    for key, value in found.items():
        if value < 0 or (value == 0 and key == "s") or (value == 0 and shape == "v_shape"):
            refuse(f"{where}.{key}", value, "above zero was expected" if key != "q" else "negative")
    if needs == "qp" and found["p"] < found["q"]:
        refuse(f"{where}.p", found["p"], f"is below q, {found['q']:g}")
    return Preference(shape, **found)
