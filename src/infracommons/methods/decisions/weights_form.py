"""Weights as JSON has them: given, by swings, by pairwise comparison, or by several stakeholders."""

from collections.abc import Mapping
from typing import Any

from infracommons.methods.decisions import weights
from infracommons.methods.decisions.form_parts import array, mapping, number, only
from infracommons.methods.decisions.weights import Weights
from infracommons.methods.result import refuse

WAYS = ("weights", "swing", "ahp", "stakeholders")


def read_weights(form: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Weights]:
    """Return the weights, by stakeholder where there are several."""
    if len(given := [way for way in WAYS if way in form]) != 1:
        refuse("weights", given, f"give exactly one of {', '.join(WAYS)}")
    if "stakeholders" not in form:
        return {"": _weights(form, names, "")}
    people = mapping(form["stakeholders"], "stakeholders")
    if not people:
        refuse("stakeholders", people, "there are none")
    found = {}
    for name, own in people.items():
        only(mapping(own, f"stakeholders.{name}"), f"stakeholders.{name}.", set(WAYS[:3]))
        if len(own) != 1:
            refuse(f"stakeholders.{name}", own, f"give exactly one of {', '.join(WAYS[:3])}")
        found[str(name)] = _weights(own, names, f"stakeholders.{name}.")
    return found


def _weights(form: Mapping[str, Any], names: tuple[str, ...], where: str) -> Weights:
    """Return weights given in one of three ways."""
    if form.get("weights") == "equal":
        return weights.equal(names)
    if "ahp" in form:
        here = f"{where}ahp"
        rows = [array(row, f"{here}[{i}]") for i, row in enumerate(array(form["ahp"], here))]
        judged = [[number(cell, f"{here}[{i}][{j}]") for j, cell in enumerate(row)] for i, row in enumerate(rows)]
        return weights.pairwise(judged, names, where=here)
    way = "swing" if "swing" in form else "weights"
    given = mapping(form[way], f"{where}{way}")
    only(given, f"{where}{way}.", set(names), "is not a criterion")
    for name in names:
        if name not in given:
            refuse(f"{where}{way}.{name}", None, "missing; write 0 where a criterion does not count")
    values = [number(given[name], f"{where}{way}.{name}") for name in names]
    rule = weights.swing if way == "swing" else weights.direct
    return rule(values, names, where=f"{where}{way}")
