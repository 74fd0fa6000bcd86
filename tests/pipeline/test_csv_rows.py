from pathlib import Path

import pytest

from infracommons.pipeline.csv_rows import csv_rows, header
from infracommons.pipeline.raw import Document
from infracommons.vocabulary.problems import FieldProblem


def document(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return Document(path.name, path, lambda: path.open("rb"))


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    file = document(tmp_path / "a.csv", b'\xef\xbb\xbfname , sum\r\n"An, award",1\r\n\r\nOther,2\r\n')
    assert header(file) == ["name", "sum"]
    assert [(place, dict(row)) for place, row in csv_rows(file)] == [
        ("row 2", {"name": "An, award", "sum": "1"}),
        ("row 4", {"name": "Other", "sum": "2"}),
    ]


def test_a_row_with_a_field_too_few_says_so_when_asked(tmp_path: Path) -> None:
    rows = list(csv_rows(document(tmp_path / "a.csv", b"name,sum\nAn award\nOther,2\n")))
    with pytest.raises(FieldProblem, match="the row has 1 fields, the header 2"):
        rows[0][1]["name"]
    assert rows[1][1]["sum"] == "2"


def test_a_column_that_the_file_lacks_is_named(tmp_path: Path) -> None:
    ((_, row),) = csv_rows(document(tmp_path / "a.csv", b"name,sum\nOther,2\n"))
    with pytest.raises(FieldProblem, match="year: None: the file has no such column"):
        row["year"]


def test_a_file_cut_inside_a_quoted_field_gives_the_rows_before_and_an_error(tmp_path: Path) -> None:
    rows = csv_rows(document(tmp_path / "a.csv", b'name,sum\nOther,2\n"cut he'))
    assert next(rows)[1]["name"] == "Other"
    with pytest.raises(ValueError, match="unexpected end of data"):
        next(rows)


def test_a_file_in_another_encoding_is_an_error_and_not_rubbish(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="utf-8"):
        list(csv_rows(document(tmp_path / "a.csv", "name\nUniversité\n".encode("cp1252"))))


def test_only_a_csv_file_has_a_header(tmp_path: Path) -> None:
    assert header(document(tmp_path / "a.json", b"name,sum\n")) == []
    assert header(document(tmp_path / "a.csv", b"")) == []
