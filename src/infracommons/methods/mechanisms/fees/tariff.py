"""A published tariff as data: a mechanism with its parameters, where they were read and when they held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees import (
    authorship,
    bands,
    claims,
    cost_share_form,
    overlap,
    standing_alone,
    uptake_form,
)
from infracommons.methods.result import MethodInputError, refuse

MECHANISMS = (
    *cost_share_form.MECHANISMS,
    *bands.MECHANISMS,
    *overlap.MECHANISMS,
    *authorship.MECHANISMS,
    *claims.MECHANISMS,
    *standing_alone.MECHANISMS,
    *uptake_form.MECHANISMS,
)
BY_NAME = {one.name: one for one in MECHANISMS}


@dataclass(frozen=True)
class Tariff:
    """A tariff of record. `to_be_given`: parameters and inputs that the source leaves open or that change each year."""

    name: str
    summary: str
    mechanism: str
    currency: str
    valid: str
    source: str
    source_url: str
    checked_on: str
    parameters: Mapping[str, Any]
    inputs: Mapping[str, Any] = field(default_factory=dict)
    to_be_given: tuple[str, ...] = ()
    note: str = ""

    def with_parameters(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter goes in
        """Return the parameters together with those that were to be given."""
        return {**self.parameters, **given}


def tariff_from(value: Mapping[str, Any], where: str = "") -> Tariff:
    """Return a tariff from what its file says; MethodInputError for an unknown key, mechanism or parameter.

    Where nothing is to be given, the parameters must be ones that the mechanism accepts as they stand.
    """
    texts = ["name", "summary", "mechanism", "currency", "valid", "source", "source_url", "checked_on"]
    read.parts(where, value, [*texts, "parameters"], ["inputs", "to_be_given", "note"])
    words = {key: read.text(f"{where}.{key}".lstrip("."), value[key]) for key in texts}
    if words["mechanism"] not in BY_NAME:
        refuse(f"{where}.mechanism".lstrip("."), words["mechanism"], f"known are {', '.join(BY_NAME)}")
    mechanism = BY_NAME[words["mechanism"]]
    parameters, inputs = dict(value["parameters"] or {}), dict(value.get("inputs") or {})
    open_ = forms.records(f"{where}.to_be_given".lstrip("."), value.get("to_be_given") or (), read.text, least=0)
    known = {"parameters": mechanism.parameters_schema["properties"], "inputs": mechanism.inputs_schema["properties"]}
    for part, keys in (("parameters", parameters), ("inputs", inputs)):
        read.parts(f"{where}.{part}".lstrip("."), keys, [], list(known[part]))
    for name in open_:
        if name not in known["parameters"] and name not in known["inputs"]:
            refuse(f"{where}.to_be_given".lstrip("."), name, f"{mechanism.name} has no such parameter or input")
    if not set(open_) & set(known["parameters"]):
        try:
            mechanism.read_parameters(parameters)
        except MethodInputError as error:
            place = ".".join(part for part in (where, "parameters", error.where) if part)
            raise MethodInputError(place, error.value, error.problem) from error
    note = value.get("note") or ""
    return Tariff(**words, parameters=parameters, inputs=inputs, to_be_given=open_, note=note)
