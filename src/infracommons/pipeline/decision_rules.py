"""What a person's decision must say, by its kind: the same for corrections in the definitions and for the site's."""

import re
from collections.abc import Mapping
from typing import Any

from infracommons.vocabulary.inputs import NO_ORGANISATION, WITHDRAWN
from infracommons.vocabulary.money import parse_amount
from infracommons.vocabulary.problems import FieldProblem
from infracommons.vocabulary.tables import SUPPORT_TYPES

_OF_PAIRS = ("record_id", "other_record_id")
_OF_SUPPORT = ("record_id", "infrastructure_id", "value")
_NEEDS = {
    "same_award": _OF_PAIRS,
    "different_award": _OF_PAIRS,
    "support": _OF_SUPPORT,
    "support_type": _OF_SUPPORT,
    "share": _OF_SUPPORT,
    "same_organisation": ("organisation_id", "value"),
    WITHDRAWN: (),
}
_REGISTERED = re.compile(r"ror:0[a-z0-9]{8}")
_VALUES = {"support": ("supports", "rejected"), "support_type": SUPPORT_TYPES}


def checked_decision(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the decision (contract DECISION), a share as an exact amount.

    Raises FieldProblem `missing_value`, `bad_value` or `bad_amount`, naming the column, for what its kind does not
    allow.
    """
    kind = str(values["kind"])
    for column in _NEEDS[kind]:
        if values[column] is None:
            raise FieldProblem("missing_value", column, None, f"a decision of kind {kind} needs it")
    if kind in _VALUES and values["value"] not in _VALUES[kind]:
        raise FieldProblem("bad_value", "value", values["value"], f"not one of {', '.join(_VALUES[kind])}")
    if kind == "same_organisation" and not _is_organisation(values["value"]):
        raise FieldProblem("bad_value", "value", values["value"], f"an id such as ror:021nxhr62, or {NO_ORGANISATION}")
    if values["record_id"] is not None and values["other_record_id"] == values["record_id"]:
        raise FieldProblem("bad_value", "other_record_id", values["record_id"], "the record itself; name another one")
    if kind == "share":
        return {**values, "value": str(parse_amount(values["value"], field="value"))}
    return dict(values)


def _is_organisation(value: str) -> bool:
    return value == NO_ORGANISATION or _REGISTERED.fullmatch(value) is not None
