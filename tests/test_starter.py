"""The starter data: whole, readable to the last row, facts only, enough to show how a release tells awards apart."""

import csv
import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.stages.match import field_finders
from infracommons.pipeline.stages.normalise import Normalised, normalise

REPOSITORY = Path(__file__).parents[1]
STARTER = REPOSITORY / "starter"
LONGEST_TITLE = 25  # words; an abstract has more


@pytest.fixture(scope="module")
def normalised(tmp_path_factory: pytest.TempPathFactory) -> Normalised:
    return normalise(all_sources().values(), STARTER, tmp_path_factory.mktemp("starter"))


@pytest.fixture(scope="module")
def records(normalised: Normalised) -> list[dict[str, object]]:
    return [row for file in normalised.files["record"] for row in pq.read_table(file).to_pylist()]


def test_every_row_of_the_starter_is_read(normalised: Normalised) -> None:
    assert normalised.exclusions == []
    assert {file["source"] for file in normalised.inputs} == {"award_table", "ecb_rates", "ror"}


def test_the_starter_has_the_awards_that_its_readme_counts(records: list[dict[str, object]]) -> None:
    counted = Counter(str(record["record_id"]).split(":")[1].partition("-")[0] for record in records)
    readme = (STARTER / "README.md").read_text(encoding="utf-8")
    stated = {name: int(number) for name, number in re.findall(r"^\| `(\w+)-` \| (\d+) \|", readme, re.MULTILINE)}
    assert stated == dict(counted)
    assert 400 <= len(records) <= 700


def test_the_starter_holds_titles_and_no_abstracts(records: list[dict[str, object]]) -> None:
    assert {record["description"] for record in records} == {None}
    assert max(len(str(record["title"]).split()) for record in records) <= LONGEST_TITLE
    with (STARTER / "award_table" / "starter_awards.csv").open(encoding="utf-8") as file:
        assert not [row for row in csv.reader(file) if any("@" in field for field in row)]


def test_many_of_the_awards_name_an_infrastructure_and_most_name_none(records: list[dict[str, object]]) -> None:
    finders = field_finders(load_catalogue(REPOSITORY / "definitions"))
    naming: set[int] = set()
    infrastructures: set[str] = set()
    for field in ("title", "recipient_name"):
        for found in finders[field].find([str(record[field] or "") for record in records]):
            naming.add(found.row)
            infrastructures.add(found.infrastructure_id)
    assert 100 <= len(naming) < len(records) / 2
    assert len(infrastructures) >= 30


def test_every_amount_in_another_currency_has_a_rate_of_its_week(
    normalised: Normalised, records: list[dict[str, object]]
) -> None:
    rates = [row for file in normalised.files["rate"] for row in pq.read_table(file).to_pylist()]
    days = {(rate["currency"], rate["rate_date"]) for rate in rates}
    foreign = [record for record in records if record["currency"] not in {None, "USD"} and record["start_date"]]
    assert len(foreign) > 50
    for record in foreign:
        start = record["start_date"]
        assert any(currency == record["currency"] and 0 <= (start - day).days <= 7 for currency, day in days), record[
            "record_id"
        ]
