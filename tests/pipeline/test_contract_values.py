from datetime import date
from decimal import Decimal

import pytest

from infracommons.pipeline.contract_values import contract_values
from infracommons.vocabulary.problems import FieldProblem
from infracommons.vocabulary.tables import Table, optional, required

TABLE = Table(
    "thing",
    "A thing.",
    ("thing_id",),
    (
        required("thing_id", "string", "Id."),
        optional("kind", "string", "Kind.", "old", "new"),
        optional("names", "strings", "Names."),
        optional("count", "integer", "How many."),
        optional("is_open", "boolean", "Open or not."),
        optional("seen_on", "date", "Day."),
        optional("cost", "money", "Cost."),
    ),
)


def test_each_value_gets_its_columns_type_and_what_is_not_given_is_none() -> None:
    native = {"thing_id": " a ", "kind": "old", "names": ["x"], "count": 2, "is_open": False, "seen_on": "2026-07-01"}
    assert contract_values(native, TABLE) == {
        "thing_id": "a",
        "kind": "old",
        "names": ["x"],
        "count": 2,
        "is_open": False,
        "seen_on": date(2026, 7, 1),
        "cost": None,
    }
    assert contract_values({"thing_id": "a", "cost": "12.5"}, TABLE)["cost"] == Decimal("12.50")


@pytest.mark.parametrize(
    ("native", "reason", "column"),
    [
        ({"thing_id": "a", "colour": "red"}, "unknown_column", "colour"),
        ({"thing_id": ""}, "missing_value", "thing_id"),
        ({"kind": "old"}, "missing_value", "thing_id"),
        ({"thing_id": "a", "kind": "middling"}, "bad_value", "kind"),
        ({"thing_id": "a", "names": "x"}, "bad_value", "names"),
        ({"thing_id": "a", "count": "2"}, "bad_value", "count"),
        ({"thing_id": "a", "count": True}, "bad_value", "count"),
        ({"thing_id": "a", "is_open": 1}, "bad_value", "is_open"),
        ({"thing_id": "a", "seen_on": "20222-01-01"}, "bad_date", "seen_on"),
        ({"thing_id": "a", "cost": "1.000,00"}, "bad_amount", "cost"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_columns_name(
    native: dict[str, object], reason: str, column: str
) -> None:
    with pytest.raises(FieldProblem, match=column) as refused:
        contract_values(native, TABLE)
    assert refused.value.reason_code == reason
