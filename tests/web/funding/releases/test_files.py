"""Files of releases: tables and packages of any of them, and what changed, as shown."""

import csv
import hashlib
import io
import json
import zipfile
from decimal import Decimal

import orjson
import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.insights.edited import Edited

from infracommons.insights.data_package import export_release
from infracommons.insights.difference import GROUPINGS, DifferenceFilters, changes, difference
from infracommons.insights.formats import FORMATS
from infracommons.vocabulary.tables import PUBLISHED


def sent(client: Client, address: str, status: int = 200) -> bytes:
    response = client.get(address)
    assert response.status_code == status, address
    content = response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]
    return b"".join(content)


def counted(content: bytes, form: str) -> int:
    if form == "csv":
        return sum(1 for _ in csv.DictReader(io.StringIO(content.decode())))
    if form == "jsonl":
        return len(content.splitlines())
    if form == "parquet":
        return int(pq.read_table(io.BytesIO(content)).num_rows)
    return len(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()) - 1


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_of_an_old_release_can_be_had_in_every_format(kept: Client, edited: Edited, form: str) -> None:
    for table in edited.golden.manifest["tables"]:
        content = sent(kept, reverse("release_table", args=[edited.golden.release_id, table["name"], form]))
        assert counted(content, form) == table["rows"]
        if form == "parquet":
            assert hashlib.sha256(content).hexdigest() == table["sha256"]


def test_what_is_no_table_or_no_format_is_not_found(kept: Client, edited: Edited) -> None:
    for table, form in (("nothing", "csv"), ("award", "ods"), ("release", "json")):
        sent(kept, f"/funding/releases/{edited.golden.release_id}/tables/{table}.{form}", 404)
    place = f"/funding/releases/{edited.golden.release_id}/{edited.more.release_id}"
    for rest in ("changes.ods", "by/colour.csv", "by/reason.ods"):
        sent(kept, f"{place}/{rest}", 404)


def test_the_manifest_is_the_one_that_lies_there(kept: Client, edited: Edited) -> None:
    content = sent(kept, reverse("release_manifest", args=[edited.amount.release_id]))
    assert content == (edited.amount.folder / "release.json").read_bytes()


def test_the_zip_of_a_release_holds_the_files_of_its_export(
    kept: Client, edited: Edited, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("export") / "out"
    export_release(edited.golden.folder, out)
    content = sent(kept, reverse("release_package", args=[edited.golden.release_id]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        assert {name.partition("/")[0] for name in archive.namelist()} == {
            f"infracommons-release-{edited.golden.release_id}"
        }
    assert files == {path.name: path.read_bytes() for path in out.iterdir()}
    assert content == sent(kept, reverse("release_package", args=[edited.golden.release_id])), (
        "the same bytes each time"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_the_files_of_a_difference_have_the_rows_of_its_page(kept: Client, edited: Edited, form: str) -> None:
    place = [edited.golden.release_id, edited.more.release_id]
    for kinds in ((), ("award_added", "support_changed")):
        listed = changes(edited.golden, edited.more, DifferenceFilters(change=kinds))
        query = "".join(f"{'&' if n else '?'}change={kind}" for n, kind in enumerate(kinds))
        assert counted(sent(kept, reverse("release_changes_file", args=[*place, form]) + query), form) == listed.count
    told = difference(edited.golden, edited.more)
    for grouping in GROUPINGS:
        content = sent(kept, reverse("release_movement_file", args=[*place, grouping, form]))
        assert counted(content, form) == len(told.moved[grouping])
    assert counted(sent(kept, reverse("release_movement_file", args=[*place, "input", form])), form) == 4


def test_movements_in_a_file_are_exact(kept: Client, edited: Edited) -> None:
    place = [edited.golden.release_id, edited.more.release_id, "reason", "jsonl"]
    lines = [orjson.loads(line) for line in sent(kept, reverse("release_movement_file", args=place)).splitlines()]
    full = {line["key"]: Decimal(str(line["moved_usd"])) for line in lines if line["rule"] == "full"}
    assert full["amount"] == Decimal("50000.00")
    assert sum(full.values()) == next(
        row["moved_usd"] for row in difference(edited.golden, edited.more).totals if row["rule"] == "full"
    )


def test_the_description_of_the_parquet_files_is_served(kept: Client, edited: Edited) -> None:
    described = json.loads(sent(kept, reverse("data_package")))
    assert described["id"] == edited.more.release_id
    assert {resource["path"] for resource in described["resources"]} == {f"{table.name}.parquet" for table in PUBLISHED}
