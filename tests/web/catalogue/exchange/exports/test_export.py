"""The export of everything public: the same rows in each format, a dictionary of every column, nothing private."""

import csv
import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from tests.web.catalogue.exchange.conftest import CANARIES

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.exchange.exports import export_catalogue
from infracommons.web.catalogue.exchange.exports.tables import export_tables
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a test")
ALL = ["csv", "jsonl", "parquet", "xlsx", "sqlite"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def out(rich: Infrastructure, tmp_path: Path) -> Path:
    append_claims(rich, [ClaimInput("fiscal_host", '=HYPERLINK("https://example.org")')], by=BY)
    export_catalogue(tmp_path / "out", ALL)
    return tmp_path / "out"


def test_every_format_holds_the_same_rows(out: Path) -> None:
    book = CalamineWorkbook.from_path(out / "catalogue.xlsx")
    with sqlite3.connect(out / "catalogue.sqlite") as database:
        for table in export_tables():
            ids = [str(row[table.key[0]]) for row in table.rows()]
            assert ids, table.name
            assert [row[table.key[0]] for row in rows_of(out / f"{table.name}.csv")] == ids
            lines = (out / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()
            assert [str(json.loads(line)[table.key[0]]) for line in lines] == ids
            assert [str(one) for one in pq.read_table(out / f"{table.name}.parquet")[table.key[0]].to_pylist()] == ids
            heading, *cells = book.get_sheet_by_name(table.name).to_python()
            place = heading.index(table.key[0])
            assert [str(row[place]).removesuffix(".0") for row in cells] == ids
            stored = database.execute(f'SELECT "{table.key[0]}" FROM "{table.name}"').fetchall()  # noqa: S608
            assert sorted(str(one) for (one,) in stored) == sorted(ids)
    database.close()


def test_every_column_of_every_table_is_in_the_dictionary_with_a_meaning(out: Path) -> None:
    told = {(row["table"], row["column"]): row["meaning"] for row in rows_of(out / "data_dictionary.csv")}
    for table in export_tables():
        heading = (out / f"{table.name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        names = [name.strip('"') for name in heading.split(",")]
        assert names == [column.name for column in table.columns]
        assert all(told[table.name, name] for name in names)


def test_a_row_an_infrastructure_says_every_public_field_in_words(out: Path) -> None:
    row = next(row for row in rows_of(out / "infrastructure.csv") if row["infrastructure_id"] == "example-archive")
    assert {one.code for one in public_fields() if one.kind != "record"} <= row.keys()
    assert row["open_api"] == "in progress"
    assert row["pricing"] == "no direct costs"
    assert (row["bylaws"], row["bylaws_status"]) == ("not planning", "not_planning")
    assert row["privacy_policy"] == row["bylaws_links"].replace("[]", "unknown") == "unknown"
    assert json.loads(row["code_repository_links"]) == ["https://git.example.org/archive"]
    assert json.loads(row["country_codes"]) == ["FR"]
    assert (row["launched"], row["launched_number"]) == ("2011", "2011")
    assert row["flag_free_to_use"] == "yes"


def test_text_that_a_spreadsheet_would_run_is_quoted(out: Path) -> None:
    told = next(row for row in rows_of(out / "claim.csv") if row["field"] == "fiscal_host")
    assert json.loads(told["value"]).startswith("=HYPERLINK")  # a value is JSON, which no spreadsheet runs
    row = next(row for row in rows_of(out / "infrastructure.csv") if row["infrastructure_id"] == "example-archive")
    assert row["fiscal_host"].startswith("'=HYPERLINK")


def test_nothing_private_is_in_any_file(out: Path) -> None:
    for path in out.iterdir():
        content = path.read_bytes()
        if path.suffix == ".parquet":
            content = str(pq.read_table(path).to_pylist()).encode()
        if path.suffix == ".xlsx":
            book = CalamineWorkbook.from_path(path)
            content = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names]).encode()
        for canary in (*CANARIES, "annual_revenue", "contact_email"):
            assert canary.encode() not in content, (path.name, canary)


def test_a_change_of_private_fields_alone_is_not_told(rich: Infrastructure, tmp_path: Path) -> None:
    append_claims(rich, [ClaimInput("contact_email", "mailto:bea@example.org")], by=BY)
    append_claims(
        rich, [ClaimInput("contact_email", "mailto:cleo@example.org"), ClaimInput("scoss", value=True)], by=BY
    )
    export_catalogue(tmp_path / "out", ["csv"])
    told = [row for row in rows_of(tmp_path / "out" / "change.csv") if row["infrastructure_id"] == "example-archive"]
    assert [json.loads(row["fields"]) for row in told[1:]] == [["scoss"]]
    assert "mail" not in str(told).lower()


def test_what_is_only_suggested_is_in_no_file(rich: Infrastructure, tmp_path: Path) -> None:
    create_infrastructure([ClaimInput("name", "Suggested Thing")], by=BY, listing="suggested")
    export_catalogue(tmp_path / "out", ["csv", "jsonl"])
    assert all(b"Suggested Thing" not in path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert rich.pk


def test_an_unknown_format_or_a_full_folder_is_refused(rich: Infrastructure, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="csv, jsonl, parquet, xlsx, sqlite"):
        export_catalogue(tmp_path / "out", ["doc"])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(UnusableInputError, match="not empty"):
        export_catalogue(tmp_path / "full", ["csv"])
    assert rich.pk


def test_the_licence_goes_with_the_data_and_with_each_claim(out: Path) -> None:
    assert "CC0-1.0" in (out / "LICENCE.txt").read_text(encoding="utf-8")
    assert {row["licence"] for row in rows_of(out / "claim.csv")} == {"CC0-1.0"}
    assert "claims-csv" in (out / "README.md").read_text(encoding="utf-8")
