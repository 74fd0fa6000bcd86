import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from infracommons.insights.formats import FORMATS
from infracommons.insights.formats.xlsx import LONGEST_TEXT, xlsx_bytes

SCHEMA = pa.schema(
    [
        ("title", pa.string()),
        ("aliases", pa.list_(pa.string())),
        ("awards", pa.int64()),
        ("amount_usd", pa.decimal128(20, 2)),
        ("fx_rate", pa.decimal128(28, 12)),
        ("start_date", pa.date32()),
        ("is_known", pa.bool_()),
        ("probability", pa.float64()),
    ]
)
ROWS: list[dict[str, Any]] = [
    {
        "title": 'A "quoted", long\nname, ü',
        "aliases": ["one", "two, three"],
        "awards": 3,
        "amount_usd": Decimal("9999999999999.99"),
        "fx_rate": Decimal("1.185900000000"),
        "start_date": date(2020, 2, 29),
        "is_known": True,
        "probability": 0.25,
    },
    dict.fromkeys(SCHEMA.names),
    {
        **dict.fromkeys(SCHEMA.names),
        "title": "",
        "aliases": [],
        "amount_usd": Decimal("0.10"),
        "start_date": date(1850, 1, 2),
    },
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")']


def batches(rows: list[dict[str, Any]], size: int = 2) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(rows), size):
        yield pa.RecordBatch.from_pylist(rows[start : start + size], SCHEMA)


def written(name: str, rows: list[dict[str, Any]]) -> bytes:
    return b"".join(FORMATS[name].bytes_of(SCHEMA, batches(rows)))


def sheets(content: bytes) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_parquet_keeps_every_value_and_type() -> None:
    table = pq.read_table(io.BytesIO(written("parquet", ROWS)))
    assert table.to_pylist() == ROWS
    assert table.schema.equals(SCHEMA)


def test_json_lines_keep_every_digit_of_an_amount() -> None:
    lines = written("jsonl", ROWS).decode().splitlines()
    rows = [json.loads(line, parse_float=Decimal) for line in lines]
    assert rows[0]["amount_usd"] == Decimal("9999999999999.99")
    assert rows[0]["fx_rate"] == Decimal("1.185900000000")
    assert '"amount_usd":9999999999999.99' in lines[0]
    assert (rows[0]["aliases"], rows[0]["start_date"]) == (["one", "two, three"], "2020-02-29")
    assert set(rows[1].values()) == {None}


def test_csv_has_exact_amounts_iso_dates_lists_as_json_and_unknown_as_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", ROWS).decode(), newline="")))
    assert rows[0] == {
        "title": ROWS[0]["title"],
        "aliases": '["one", "two, three"]',
        "awards": "3",
        "amount_usd": "9999999999999.99",
        "fx_rate": "1.185900000000",
        "start_date": "2020-02-29",
        "is_known": "true",
        "probability": "0.25",
    }
    assert set(rows[1].values()) == {""}
    assert rows[2]["amount_usd"] == "0.10"


def test_xlsx_has_numbers_dates_and_exact_amounts() -> None:
    (sheet,) = sheets(written("xlsx", ROWS))
    assert sheet[0] == SCHEMA.names
    assert sheet[1][:1] + sheet[1][2:4] == [ROWS[0]["title"], 3.0, 9999999999999.99]
    assert Decimal(str(sheet[1][3])) == ROWS[0]["amount_usd"], "fifteen digits survive a spreadsheet's number"
    assert sheet[1][5:7] == [date(2020, 2, 29), True]
    assert set(sheet[2]) == {""}
    assert sheet[3][5] == "1850-01-02", "before the calendar of spreadsheets begins"


def test_an_amount_with_more_digits_than_a_spreadsheet_holds_is_kept_as_text() -> None:
    row = {**dict.fromkeys(SCHEMA.names), "amount_usd": Decimal("123456789012345678.91")}
    assert sheets(written("xlsx", [row]))[0][1][3] == "123456789012345678.91"


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_spreadsheet_runs_what_a_publisher_wrote(formula: str) -> None:
    row = {**dict.fromkeys(SCHEMA.names), "title": formula, "aliases": [formula]}
    (read,) = list(csv.DictReader(io.StringIO(written("csv", [row]).decode(), newline="")))
    assert read["title"] == "'" + formula
    assert not read["aliases"].startswith(tuple("=+-@\t\r\n"))
    with zipfile.ZipFile(io.BytesIO(written("xlsx", [row]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_text_that_no_spreadsheet_runs_is_left_as_it_is() -> None:
    row = {**dict.fromkeys(SCHEMA.names), "title": "a=b -c"}
    assert b'"a=b -c"' in written("csv", [row])
    negative = {**dict.fromkeys(SCHEMA.names), "amount_usd": Decimal("-1.00")}
    assert b",-1.00," in written("csv", [negative]), "a number is a number"


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    row = {**dict.fromkeys(SCHEMA.names), "title": "x" * (LONGEST_TEXT + 1)}
    cell = sheets(written("xlsx", [row]))[0][1][0]
    assert len(cell) == LONGEST_TEXT
    assert cell.endswith("the whole text is in the CSV, JSON Lines and Parquet files]")


def test_more_rows_than_a_sheet_holds_go_on_under_the_same_heading() -> None:
    rows = [{**dict.fromkeys(SCHEMA.names), "awards": number} for number in range(7)]
    pages = sheets(b"".join(xlsx_bytes(SCHEMA, batches(rows), most_rows=4)))
    assert [len(page) for page in pages] == [4, 4, 2]
    assert {tuple(page[0]) for page in pages} == {tuple(SCHEMA.names)}
    assert [row[2] for page in pages for row in page[1:]] == list(range(7))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_without_rows_can_be_opened(name: str) -> None:
    content = written(name, [])
    if name == "csv":
        assert next(csv.reader(io.StringIO(content.decode()))) == SCHEMA.names
    elif name == "jsonl":
        assert content == b""
    elif name == "parquet":
        assert pq.read_table(io.BytesIO(content)).schema.equals(SCHEMA)
    else:
        assert sheets(content)[0] == [SCHEMA.names]


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet"])
def test_a_file_is_sent_while_it_is_written(name: str) -> None:
    read = 0

    def counting() -> Iterator[pa.RecordBatch]:
        nonlocal read
        for batch in batches([ROWS[0]] * 10, size=1):
            read += 1
            yield batch

    pieces = FORMATS[name].bytes_of(SCHEMA, counting())
    while not next(pieces):
        pass
    assert read <= 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=5))
def test_any_text_comes_back_from_csv_and_json_lines(titles: list[str | None]) -> None:
    rows = [{**dict.fromkeys(SCHEMA.names), "title": title, "awards": 1} for title in titles]
    read = list(csv.reader(io.StringIO(written("csv", rows).decode(), newline="")))[1:]
    assert [r[0].removeprefix("'") for r in read] == [(title or "").removeprefix("'") for title in titles]
    assert [json.loads(line)["title"] for line in written("jsonl", rows).split(b"\n")[:-1]] == titles
