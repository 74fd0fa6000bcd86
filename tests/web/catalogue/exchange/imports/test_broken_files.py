"""Broken files: nothing is stored, and every fault is named by row, column and value."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.catalogue.exchange.conftest import Rows

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.web.catalogue.claims.append import Author
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.exchange.imports import FORMATS, ImportRefusedError, import_file
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]
GOOD = "001_service_name,015_mission\nExample One,To keep.\n"


def refused(path: Path, name: str = "infra-finder-v2") -> ImportRefusedError:
    with pytest.raises(ImportRefusedError) as told:
        import_file(path, name)
    assert Infrastructure.objects.count() == 0
    return told.value


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"001_service_name,\nExample One,x\n", "column 2 has no name"),
        (b"001_service_name,015_mission,015_mission\nExample One,a,b\n", "015_mission more than once"),
        (b"name,mission\nExample One,a\n", "lacks 001_service_name"),
        ("001_service_name\nÉrudit\n".encode("latin-1"), "not UTF-8"),
        (b'001_service_name\n"Example One\n', "not CSV"),
    ],
)
def test_a_file_that_is_no_such_table_says_what_it_lacks(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=expected):
        import_file(path, "infra-finder-v2")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode() + b"\r\n")
    assert import_file(path, "infra-finder-v2").new == 1


def test_a_broken_row_in_the_middle_stores_nothing_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"{GOOD}Example Two,a,stray\nExample Three,b\n{'x' * 10_000}\n", encoding="utf-8")
    problems = refused(path).problems
    assert [note.row for note in problems] == [3, 5]
    assert "3 cells and the heading 2" in problems[0].reason
    assert len(problems[1].value) <= 80


def test_every_problem_of_a_file_is_named_not_only_the_first(write_csv: Callable[[Rows], Path]) -> None:
    rows = [
        {"001_service_name": "Example One", "bylaws_structured": "{broken", "identifier": "1"},
        {"001_service_name": "", "bylaws_structured": "", "identifier": "2"},
        {"001_service_name": "Example Four", "bylaws_structured": "", "identifier": "y" * 300},
    ]
    problems = refused(write_csv(rows)).problems
    assert [(note.row, note.column) for note in problems] == [
        (2, "bylaws_structured"),
        (3, "001_service_name"),
        (4, "identifier"),
    ]


def test_two_rows_of_one_infrastructure_are_refused(write_csv: Callable[[Rows], Path]) -> None:
    rows = [{"001_service_name": "Example One"}, {"001_service_name": "EXAMPLE ONE"}]
    assert "same infrastructure as row 2" in refused(write_csv(rows)).problems[0].reason


@pytest.mark.parametrize("structured", ["[1]", '"text"', "3", '{"links": 3}', '{"links": [3]}', '{"link": "x"}'])
def test_json_of_another_shape_is_a_named_problem(write_csv: Callable[[Rows], Path], structured: str) -> None:
    told = refused(write_csv([{"001_service_name": "Example One", "bylaws_structured": structured}]))
    assert told.problems[0].column == "bylaws_structured"


@pytest.mark.parametrize("structured", ["{}", '"text"', "[3]", '[{"name": {"a": 1}}]'])
def test_lists_of_another_shape_are_a_named_problem(write_csv: Callable[[Rows], Path], structured: str) -> None:
    told = refused(write_csv([{"001_service_name": "Example One", "059_founders_structured": structured}]))
    assert told.problems[0].column == "059_founders_structured"


def test_a_hostile_name_is_stored_as_text_or_refused(write_csv: Callable[[Rows], Path]) -> None:
    report = import_file(write_csv([{"001_service_name": "<script>alert(1)</script>\u202etxt"}]), "infra-finder-v2")
    assert report.new == 1
    assert Infrastructure.objects.get().name == "<script>alert(1)</script>txt"


def test_a_name_of_ten_thousand_letters_is_refused(write_csv: Callable[[Rows], Path]) -> None:
    refused(write_csv([{"001_service_name": "x" * 10_000}]))


def test_an_unknown_format_names_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=", ".join(FORMATS)):
        import_file(tmp_path / "x", "excel")


def test_the_message_leaves_addresses_of_people_out(write_csv: Callable[[Rows], Path]) -> None:
    told = refused(write_csv([{"001_service_name": "Example One", "bylaws_structured": "{ada@example.org"}]))
    assert "@" not in str(told)


def test_a_name_that_two_infrastructures_have_is_no_guess(write_csv: Callable[[Rows], Path]) -> None:
    import_file(write_csv([{"001_service_name": "Example One", "identifier": "x-1"}]), "infra-finder-v2")
    claims = [ClaimInput("name", "Example One")]
    create_infrastructure(claims, by=Author(AuthorKind.CURATOR, "a test"), slug="another", external_id="x-2")
    Infrastructure.objects.filter(external_id="x-1").update(infrastructure_id="first")
    with pytest.raises(ImportRefusedError, match="several infrastructures have this name: another, first"):
        import_file(write_csv([{"001_service_name": "Example One"}]), "infra-finder-v2")


@pytest.mark.parametrize("name", ["claims-csv", "infra-finder-v2"])
def test_the_character_zero_is_a_named_problem(write_csv: Callable[[Rows], Path], name: str) -> None:
    with pytest.raises(ImportRefusedError, match="character zero") as told:
        import_file(write_csv([{"001_service_name": "Example One", "identifier": "a\0b"}]), name)
    assert [(problem.row, problem.column) for problem in told.value.problems] == [(2, "identifier")]


@pytest.mark.parametrize("line", ['{"field": "a\\u0000b"}', "[" * 100_000])
def test_a_line_that_no_database_could_hold_is_a_named_problem(tmp_path: Path, line: str) -> None:
    path = tmp_path / "claim.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError) as told:
        import_file(path, "jsonl")
    assert [(problem.row, problem.column) for problem in told.value.problems] == [(1, "(line)")]
