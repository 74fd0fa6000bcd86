"""Awards as 360Giving grants: accepted by the standard's own schema, and what cannot be one is listed with reasons."""

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.conftest import DEFINITIONS, ROOT

from infracommons.insights.data_package import export_release
from infracommons.insights.package.sorted_rows import beside, sorted_rows
from infracommons.insights.package.threesixty import REASONS, identifier
from infracommons.insights.releases import StoredRelease
from infracommons.pipeline.run import Job, make_release
from infracommons.vocabulary.problems import UnusableInputError

Rows = list[dict[str, Any]]
SCHEMAS = ROOT.parent / "shared" / "data" / "grants" / "threesixty" / "schema"


@pytest.fixture(scope="module")
def package(packed: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((packed / "360giving.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return read


@pytest.fixture(scope="module")
def left_out(packed: Path) -> Rows:
    with (packed / "360giving-left-out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def awards(stored: StoredRelease) -> Rows:
    rows: Rows = pq.read_table(stored.path("award")).to_pylist()
    return rows


def problems(path: Path) -> list[str]:
    """Return what the standard's schema says of a file."""
    jsonschema = pytest.importorskip("jsonschema")
    from referencing import Registry  # noqa: PLC0415 - comes with jsonschema
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

    if not SCHEMAS.is_dir():
        pytest.skip(f"the standard's schema is not at {SCHEMAS.relative_to(ROOT.parent)}")
    grant = json.loads((SCHEMAS / "360-giving-schema.json").read_bytes())
    package = json.loads((SCHEMAS / "360-giving-package-schema.json").read_bytes())
    told = package["properties"]["grants"]["items"]["$ref"]  # another patch version than the file's own
    registry: Any = Registry().with_resources(
        [(uri, DRAFT202012.create_resource(grant)) for uri in (grant["$id"], told)]
    )
    checker = jsonschema.FormatChecker()

    def is_moment(value: object) -> bool:
        return "T" in str(value) and datetime.fromisoformat(str(value)) is not None

    checker.checks("date-time", raises=ValueError)(is_moment)

    validator = jsonschema.Draft202012Validator(package, registry=registry, format_checker=checker)
    return [
        f"{list(error.absolute_path)}: {error.message[:200]}"
        for error in validator.iter_errors(json.loads(path.read_bytes()))
    ]


@pytest.mark.real_data
def test_the_schema_of_the_standard_accepts_the_file(packed: Path) -> None:
    assert problems(packed / "360giving.json") == []


@pytest.mark.real_data
def test_the_schema_notices_what_is_wrong(packed: Path, tmp_path: Path) -> None:
    package = json.loads((packed / "360giving.json").read_bytes())
    del package["grants"][0]["recipientOrganization"]
    package["grants"][1]["awardDate"] = "2020"
    (tmp_path / "broken.json").write_text(json.dumps(package))
    assert len(problems(tmp_path / "broken.json")) >= 2


@pytest.mark.real_data
def test_the_schema_accepts_the_grants_of_the_starter(tmp_path: Path) -> None:
    release = make_release(Job(ROOT / "starter", tmp_path / "releases", DEFINITIONS))
    export_release(release, tmp_path / "out", ["parquet"])
    assert problems(tmp_path / "out" / "360giving.json") == []


def test_every_award_is_a_grant_or_is_left_out_with_a_reason(
    package: dict[str, Any], left_out: Rows, awards: Rows
) -> None:
    grants = {grant["id"].removeprefix("360G-infracommons-") for grant in package["grants"]}
    out = {row["award_id"] for row in left_out}
    assert grants
    assert out
    assert not grants & out
    assert grants | out == {award["award_id"] for award in awards}
    assert len(package["grants"]) + len(left_out) == len(awards)


def test_reasons_are_those_that_hold(left_out: Rows, awards: Rows) -> None:
    by_id = {award["award_id"]: award for award in awards}
    missing = {
        "no_title": "title", "no_amount": "amount", "no_currency": "currency", "no_date": "start_date",
        "no_funder": "funder_organisation_id", "no_recipient": "recipient_organisation_id",
    }  # fmt: skip
    for row in left_out:
        award = by_id[row["award_id"]]
        codes = row["reason_codes"].split("; ")
        assert codes == [code for code in REASONS if code in missing and award[missing[code]] is None]
        assert row["reasons"] == " ".join(REASONS[code][0] for code in codes)


def test_a_grant_says_what_the_award_says_to_the_cent(package: dict[str, Any], awards: Rows) -> None:
    by_id = {award["award_id"]: award for award in awards}
    for grant in package["grants"]:
        award = by_id[grant["id"].removeprefix("360G-infracommons-")]
        assert Decimal(grant["amountAwarded"]) == award["amount"]
        assert (grant["currency"], grant["title"]) == (award["currency"], award["title"])
        assert date.fromisoformat(grant["awardDate"]) == award["start_date"]
        assert grant["description"] == (award["description"] or award["title"])
        assert grant["fundingOrganization"] == [
            {"id": identifier(award["funder_organisation_id"]), "name": award["funder_name"]}
        ]
        assert grant["recipientOrganization"][0]["id"] == identifier(award["recipient_organisation_id"])


def test_a_grant_names_its_infrastructures_and_what_was_decided(package: dict[str, Any], stored: StoredRelease) -> None:
    supports = {
        (r["award_id"], r["infrastructure_id"], r["decision"])
        for r in pq.read_table(stored.path("support")).to_pylist()
    }
    for grant in package["grants"]:
        award_id = grant["id"].removeprefix("360G-infracommons-")
        told = {
            (award_id, c["code"], c["vocabulary"].partition(", ")[2].replace(" ", "_"))
            for c in grant["classifications"]
        }
        assert told == {support for support in supports if support[0] == award_id}


def test_currencies_that_the_standard_lacks_are_those_we_name() -> None:
    if not SCHEMAS.is_dir():
        pytest.skip(f"the standard's schema is not at {SCHEMAS.relative_to(ROOT.parent)}")
    from infracommons.insights.package.threesixty import _NOT_LISTED  # noqa: PLC0415
    from infracommons.vocabulary.money import _codes  # noqa: PLC0415

    grant = json.loads((SCHEMAS / "360-giving-schema.json").read_bytes())
    assert _codes() - set(grant["$defs"]["currency"]["enum"]) == _NOT_LISTED


def test_a_release_without_any_grant_has_no_file_of_them(stored: StoredRelease, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for path in stored.folder.iterdir():
        (bare / path.name).write_bytes(path.read_bytes())
    (bare / "award.parquet").unlink()
    award = pq.read_table(stored.path("award"))
    nothing = pa.nulls(award.num_rows, award.schema.field("amount").type)
    pq.write_table(
        award.set_column(award.schema.get_field_index("amount"), award.schema.field("amount"), nothing),
        bare / "award.parquet",
    )
    export_release(bare, tmp_path / "out", ["csv"])
    assert not (tmp_path / "out" / "360giving.json").exists()
    with (tmp_path / "out" / "360giving-left-out.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == award.num_rows


def test_rows_out_of_order_are_refused_rather_than_missed(tmp_path: Path) -> None:
    pq.write_table(pa.table({"key": ["b", "a"]}), tmp_path / "rows.parquet")
    with pytest.raises(UnusableInputError, match="not sorted by key: 'a' comes after 'b'"):
        list(sorted_rows(tmp_path / "rows.parquet", "key", ["key"]))


def test_rows_stand_beside_those_of_the_same_key() -> None:
    leading = [{"key": key} for key in "bcde"]
    others = [{"key": key, "n": n} for n, key in enumerate("abbdz")]
    found = [(row["key"], [other["n"] for other in own]) for row, own in beside(iter(leading), iter(others), "key")]
    assert found == [("b", [1, 2]), ("c", []), ("d", [3]), ("e", [])]
