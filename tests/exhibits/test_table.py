import json
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
from tests.exhibits.drawn import made, named, row

from infracommons.exhibits.exhibit import LeftOut
from infracommons.exhibits.table import as_json, table_of
from infracommons.insights.award_filters import AwardFilters


def test_a_table_has_all_rows_with_their_types() -> None:
    shown = replace(named(), rows=[row("Arcadia", "123456789012345.67", 3), row("Nobody", None)])
    schema, batches = table_of(shown)
    table = pa.Table.from_batches(list(batches), schema)
    assert table.schema.field("counted_usd").type == pa.decimal128(38, 2)
    assert table.to_pylist() == shown.rows


def test_a_list_of_words_is_one_text_and_an_empty_table_has_its_columns() -> None:
    shown = replace(named(), rows=[row("a") | {"name": ["x", "y"]}])
    assert pa.Table.from_batches(list(table_of(shown)[1])).column("name").to_pylist() == ["x; y"]
    schema, batches = table_of(replace(shown, rows=[]))
    assert schema.names == [column.name for column in shown.columns]
    assert sum(batch.num_rows for batch in batches) == 0


def test_json_keeps_every_cent_and_says_how_the_numbers_were_made() -> None:
    left_out = (LeftOut(2, "no known amount", AwardFilters(amount_status=("unknown",))),)
    shown = replace(
        named(), rows=[row("Arcadia", "123456789012345678.67")], made=made(left_out=left_out, notes=("N.",))
    )
    told = json.loads(as_json(shown, "https://example.org/", "rule=full"), parse_float=Decimal)
    assert told["rows"][0]["counted_usd"] == Decimal("123456789012345678.67")
    assert [column["name"] for column in told["columns"]] == list(told["rows"][0])
    assert told["made"]["left_out"] == [{"number": 2, "because": "no known amount", "query": "amount_status=unknown"}]
    assert (told["made"]["in"], told["made"]["counted"]) == (10, 8)
    assert told["made"]["share_unknown"] == Decimal("0.19999999999999996")
