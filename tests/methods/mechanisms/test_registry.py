import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons.methods.mechanisms.registry import NoMechanismError, all_mechanisms, mechanism
from infracommons.methods.result import Mechanism, MethodInputError

ALL = pytest.mark.parametrize("found", all_mechanisms(), ids=lambda found: found.name)


def test_families_are_found_without_a_list_that_names_them() -> None:
    assert {"equal_shares", "quadratic_funding", "fee_bands"} <= {one.name for one in all_mechanisms()}
    assert mechanism("equal_shares").family == "budgeting"


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(NoMechanismError, match=r"equal_share: no such mechanism; there are .*equal_shares"):
        mechanism("equal_share")


@ALL
def test_schemas_of_a_mechanism_are_schemas_and_let_nothing_unknown_in(found: Mechanism) -> None:
    for schema in (found.inputs_schema, found.parameters_schema):
        Draft202012Validator.check_schema(schema)
        assert not Draft202012Validator(schema).is_valid({"no_such_key": 1})


@ALL
def test_what_is_no_input_or_parameter_is_refused_by_name(found: Mechanism) -> None:
    with pytest.raises(MethodInputError):
        found.read_inputs({"no_such_key": 1})
    with pytest.raises(MethodInputError):
        found.read_parameters({"no_such_key": 1})


@ALL
def test_lists_that_may_come_as_csv_are_lists_of_records(found: Mechanism) -> None:
    for table in found.tables:
        assert found.inputs_schema["properties"][table]["items"]["type"] == "object"
