"""Gateway to Research: the shapes agree, and what would give an answer away is not read."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.sources import ukri_gtr

REAL = Path(__file__).parents[4] / "shared" / "data" / "grants" / "ukri"
# The parsed file has no country but a postcode, and no further programme; the first line stands for all of these.
SAME = ("funder_ror", "recipient_name", "title", "description", "start_date", "end_date", "amount", "people", "status")


def natives(name: str) -> Iterator[Any]:
    source = all_sources()["ukri_gtr"]
    for document in documents(REAL / name):
        assert source.recognise(document)
        yield from (native for _, native in source.parse(document))


@pytest.mark.real_data
def test_every_real_project_is_read_and_both_files_say_the_same_of_it() -> None:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    read = all_sources()["ukri_gtr"].normalise
    overview = {award.identifier: award for award in map(read, natives("gtr_project_overview_3000.zip"))}  # type: ignore[union-attr]
    lines, both = 0, 0
    for line in natives("gtr_core.jsonl.gz"):
        lines += 1
        twin = overview.get(line[8:44].decode())
        if twin:
            both += 1
            core = read(line)
            assert {field: getattr(twin, field) for field in SAME} == {field: getattr(core, field) for field in SAME}
    assert (len(overview), lines, both) == (3000, 43_733, 3000)


def test_the_reference_that_tells_a_moved_award_reaches_no_row() -> None:
    golden = Path(__file__).parents[2] / "golden" / "ukri_gtr"
    raw = "".join(path.read_text(encoding="utf-8") for path in golden.rglob("raw/**/*") if path.is_file())
    expected = (golden / "expected.json").read_text(encoding="utf-8")
    for reference in ("EX/A000001/2", "EX/A000011/1", "EX_21"):
        assert reference in raw
        assert reference not in expected
    assert all(row["award_number"] is None for row in json.loads(expected)["rows"])


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (1_522_537_200_000, date(2018, 4, 1)),  # summer time: 23:00 UTC of the day before
        (1_672_444_800_000, date(2022, 12, 31)),
        (-86_400_000, date(1969, 12, 31)),
        ("2013-01-07", date(2013, 1, 7)),
        (None, None),
    ],
)
def test_a_time_in_milliseconds_is_the_day_in_london(moment: object, day: date | None) -> None:
    assert ukri_gtr._epoch_day(moment, "start") == day
