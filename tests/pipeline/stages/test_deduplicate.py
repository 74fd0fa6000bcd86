"""Records in, membership and awards out, on small tables that say what each rule promises."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from infracommons.pipeline.engine import Engine, EngineName
from infracommons.pipeline.engines import open_engine
from infracommons.pipeline.stages.deduplicate import awards, deduplicate
from infracommons.vocabulary.inputs import RECORD
from infracommons.vocabulary.problems import UnusableInputError

Row = dict[str, Any]
FIRST_YEAR = {"start_date": date(2010, 1, 1), "end_date": date(2010, 12, 31)}
REST = {"start_date": date(2011, 1, 1), "end_date": date(2012, 12, 31)}


def record(record_id: str, **values: Any) -> Row:
    row = dict.fromkeys(RECORD.schema.names) | {
        "record_id": record_id,
        "source": record_id.partition(":")[0],
        "raw_file": "f",
        "raw_sha256": "0",
        "funder_name": "A Council",
        "recipient_name": "Old University",
        "title": "Molecules in motion",
        "currency": "GBP",
        "investigator_keys": [],
        "other_recipients": [],
    }
    row |= values
    row["award_year"] = values.get("award_year") or (row["start_date"].year if row["start_date"] else None)
    row["amount"] = None if row["amount"] is None else Decimal(row["amount"])
    return row


MOVED = [
    record(
        "ukri_gtr:a", **FIRST_YEAR, amount=300_000, description="How molecules move.", investigator_keys=["k1", "k2"],
    ),
    record(
        "ukri_gtr:b", **REST, amount=200_000, description="How molecules move!", investigator_keys=["k1"],
        recipient_name="New University", source_url="https://example.org/b", programme="Motion",
    ),
]  # fmt: skip
PARTNER = record(
    "ukri_gtr:c", start_date=date(2010, 1, 1), end_date=date(2012, 12, 31), amount=250_000,
    description="How molecules move.", recipient_name="Partner University", investigator_keys=["k3"],
)  # fmt: skip
OWN_SITE = record(
    "czi:1", funder_name="Example Initiative", recipient_name="Example Library Lab", title=None, currency="USD",
    amount=50_000, award_year=2018, description="To maintain reference manager translators",
)  # fmt: skip
LISTED = OWN_SITE | {
    "record_id": "donations:x",
    "source": "donations",
    "recipient_name": "Example Library Lab, Inc.",
    "description": "This grant supports volunteers who maintain the reference manager and its translators, for all.",
    "programme": "Libraries",
    "source_url": "https://example.org/list",
}
YEARS = [
    record(
        f"nih_reporter:{number}", funder_name="An Institute", title="Cells", currency="USD", amount=amount,
        instalment_of="R01GM000001", start_date=date(year, 7, 1), end_date=date(year + 1, 6, 30),
        award_number=f"5R01GM000001-0{number}",
    )
    for number, year, amount in ((1, 2015, 100), (2, 2016, 120), (3, 2017, 90))
]  # fmt: skip
NEWER = YEARS[2] | {"record_id": "nih_reporter:3#2", "amount": Decimal(95)}
EVERYTHING = [*MOVED, PARTNER, OWN_SITE, LISTED, *YEARS, NEWER]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine("duckdb", tmp_path)
    yield opened
    opened.close()


def run(
    engine: Engine,
    rows: Sequence[Row],
    corrections: Sequence[Mapping[str, Any]] = (),
    previous: Mapping[str, str] | None = None,
) -> dict[str, Row]:
    earlier = pa.table({"record_id": list(previous), "award_id": list(previous.values())}) if previous else None
    table = engine.table(pa.Table.from_pylist(list(rows), RECORD.schema))
    members = engine.collect(deduplicate(engine, table, corrections, earlier)).to_pylist()
    assert len(members) == len(rows), "one row for every record"
    return {row["record_id"]: row for row in members}


def made(engine: Engine, rows: Sequence[Row]) -> dict[str, Row]:
    """Return the awards by the id of the record that leads each."""
    table = engine.table(pa.Table.from_pylist(list(rows), RECORD.schema))
    return {
        row["record_id"]: row for row in engine.collect(awards(engine, table, deduplicate(engine, table))).to_pylist()
    }


def decision(kind: str, first: str, second: str | None, number: int = 1) -> Row:
    return {
        "decision_id": f"d-{number}",
        "kind": kind,
        "record_id": first,
        "other_record_id": second,
        "reason": "seen on the funder's page",
        "decided_on": date(2026, 1, number),
    }


def roles(members: Mapping[str, Row]) -> dict[str, str]:
    return {record_id: row["role"] for record_id, row in members.items()}


def test_an_award_that_moved_is_one_and_its_partners_award_another(engine: Engine) -> None:
    members = run(engine, [*MOVED, PARTNER])
    assert roles(members) == {"ukri_gtr:a": "canonical", "ukri_gtr:b": "duplicate", "ukri_gtr:c": "canonical"}
    assert members["ukri_gtr:a"]["award_id"] == members["ukri_gtr:b"]["award_id"] != members["ukri_gtr:c"]["award_id"]
    assert "moved to a new host" in members["ukri_gtr:b"]["merge_reason"]
    assert members["ukri_gtr:a"]["merge_reason"] is None


def test_the_money_of_a_moved_award_counts_once_over_its_whole_time(engine: Engine) -> None:
    award = made(engine, MOVED)["ukri_gtr:a"]
    assert (award["amount"], award["currency"]) == (Decimal(300_000), "GBP")
    assert (award["start_date"], award["end_date"]) == (date(2010, 1, 1), date(2012, 12, 31))
    assert award["recipient_name"] == "Old University"


def test_two_publishers_of_one_award_make_one_with_the_longest_description_and_no_blanks(engine: Engine) -> None:
    assert roles(run(engine, [LISTED, OWN_SITE])) == {"czi:1": "canonical", "donations:x": "duplicate"}
    award = made(engine, [LISTED, OWN_SITE])["czi:1"]
    assert award["description"] == LISTED["description"]
    assert award["programme"] == "Libraries"
    assert award["source_url"] is None, "an address belongs to its record"
    assert award["amount"] == Decimal(50_000)


def test_support_years_are_instalments_and_their_sum_is_the_amount(engine: Engine) -> None:
    members = run(engine, YEARS)
    assert roles(members) == {
        "nih_reporter:1": "canonical",
        "nih_reporter:2": "instalment",
        "nih_reporter:3": "instalment",
    }
    assert members["nih_reporter:2"]["merge_reason"] == "instalment of project R01GM000001, as its publisher says"
    award = made(engine, YEARS)["nih_reporter:1"]
    assert award["amount"] == Decimal(310)
    assert (award["start_date"], award["end_date"]) == (date(2015, 7, 1), date(2018, 6, 30))


def test_another_publishers_record_of_one_support_year_adds_no_money(engine: Engine) -> None:
    listed = YEARS[1] | {"record_id": "openalex_awards:z", "source": "openalex_awards", "instalment_of": None}
    members = run(engine, [*YEARS, listed])
    assert members["openalex_awards:z"]["role"] == "duplicate"
    assert made(engine, [*YEARS, listed])["nih_reporter:1"]["amount"] == Decimal(310)


def test_instalments_in_two_currencies_are_not_added_up(engine: Engine) -> None:
    members = run(engine, [YEARS[0], YEARS[1] | {"currency": "CAD"}])
    assert set(roles(members).values()) == {"canonical"}


def test_an_instalment_without_an_amount_leaves_the_sum_of_the_others(engine: Engine) -> None:
    unknown = [YEARS[0] | {"amount": None}, *YEARS[1:]]
    assert made(engine, unknown)["nih_reporter:1"]["amount"] == Decimal(210)
    nothing = [row | {"amount": None} for row in YEARS]
    assert made(engine, nothing)["nih_reporter:1"]["amount"] is None


def test_many_equal_grants_of_one_publisher_stay_apart(engine: Engine) -> None:
    grants = [OWN_SITE | {"record_id": f"czi:{number}"} for number in range(5)]
    assert set(roles(run(engine, grants)).values()) == {"canonical"}


AMENDED = MOVED[0] | {
    "record_id": "ukri_gtr:a#2",
    "title": "Molecules at rest",
    "amount": Decimal(350_000),
    "description": "Still.",
    "end_date": date(2010, 6, 30),
    "programme": None,
}


def test_the_newest_version_of_a_record_leads_whatever_was_amended(engine: Engine) -> None:
    rows = [
        MOVED[0] | {"programme": "Motion"},
        AMENDED | {"amount": Decimal(1)},
        AMENDED | {"record_id": "ukri_gtr:a#10"},
    ]
    members = run(engine, rows)
    assert roles(members) == {"ukri_gtr:a": "duplicate", "ukri_gtr:a#2": "duplicate", "ukri_gtr:a#10": "canonical"}
    assert members["ukri_gtr:a"]["merge_reason"] == "older version of the same record"
    award = made(engine, rows)["ukri_gtr:a#10"]
    assert (award["title"], award["amount"], award["description"]) == ("Molecules at rest", Decimal(350_000), "Still.")
    assert award["end_date"] == date(2010, 6, 30)
    assert award["programme"] == "Motion", "what the newest leaves out comes from the older ones"


def test_a_newer_version_leaves_the_awards_id_and_its_other_records(engine: Engine) -> None:
    before = run(engine, MOVED)
    members = run(engine, [*MOVED, MOVED[0] | {"record_id": "ukri_gtr:a#2"}])
    assert {row["award_id"] for row in members.values()} == {before["ukri_gtr:a"]["award_id"]}
    assert members["ukri_gtr:a#2"]["role"] == "canonical"
    assert "moved to a new host" in members["ukri_gtr:b"]["merge_reason"]


def test_a_newer_version_of_a_support_year_replaces_its_amount(engine: Engine) -> None:
    rows = [*YEARS, YEARS[1] | {"record_id": "nih_reporter:2#2", "amount": Decimal(125)}]
    assert made(engine, rows)["nih_reporter:1"]["amount"] == Decimal(315)


def test_an_identifier_that_ends_like_a_number_of_a_version_is_none(engine: Engine) -> None:
    rows = [MOVED[0] | {"record_id": "ukri_gtr:z#1"}, PARTNER | {"record_id": "ukri_gtr:z#2", "title": "Other"}]
    assert set(roles(run(engine, rows)).values()) == {"canonical"}


def test_one_identifier_for_two_purposes_is_two_awards_where_identifiers_are_not_unique(engine: Engine) -> None:
    one = OWN_SITE | {"record_id": "ioi_awards:k", "source": "ioi_awards"}
    other = one | {"record_id": "ioi_awards:k#2", "amount": Decimal(7), "description": "Paintings on panel restored"}
    assert set(roles(run(engine, [one, other])).values()) == {"canonical"}


@pytest.mark.parametrize("source", ["award_table", "nsf"])
def test_very_many_repeats_of_a_record_are_one_award(engine: Engine, source: str) -> None:
    one = MOVED[0] | {"record_id": f"{source}:1", "source": source}
    copies = [one, *(one | {"record_id": f"{source}:1#{number}"} for number in range(2, 62))]
    members = run(engine, copies)
    assert len({row["award_id"] for row in members.values()}) == 1
    assert sum(row["role"] == "canonical" for row in members.values()) == 1


RORS = ("https://ror.org/01ggx4157", "https://ror.org/02qenvm24")
HOSTED = [
    OWN_SITE | {"recipient_country_code": "US"},
    LISTED | {"recipient_name": "CERN", "recipient_ror": RORS[0], "recipient_country_code": "CH"},
]
JOINED = [decision("same_award", "czi:1", "donations:x")]


def joined(engine: Engine, rows: Sequence[Row]) -> Row:
    table = engine.table(pa.Table.from_pylist(list(rows), RECORD.schema))
    award: Row
    (award,) = engine.collect(awards(engine, table, deduplicate(engine, table, JOINED))).to_pylist()
    return award


def test_a_recipient_is_never_given_anothers_ror_id_or_country(engine: Engine) -> None:
    award = joined(engine, HOSTED)
    assert (award["recipient_name"], award["recipient_ror"], award["recipient_country_code"]) == (
        "Example Library Lab", None, "US",
    )  # fmt: skip


def test_a_recipient_is_completed_from_a_record_with_the_same_name(engine: Engine) -> None:
    award = joined(engine, [HOSTED[0], HOSTED[1] | {"recipient_name": "EXAMPLE Library  Lab"}])
    assert (award["recipient_name"], award["recipient_ror"]) == ("Example Library Lab", RORS[0])


def test_where_the_leader_names_no_funder_all_of_it_comes_from_the_record_that_does(engine: Engine) -> None:
    unnamed = OWN_SITE | {"funder_name": None, "funder_country_code": "US", "funder_ror": RORS[1]}
    award = joined(engine, [unnamed, LISTED | {"funder_ror": RORS[0], "funder_country_code": "CH"}])
    assert (award["funder_name"], award["funder_ror"], award["funder_country_code"]) == (
        "Example Initiative", RORS[0], "CH",
    )  # fmt: skip


def test_the_year_of_an_award_is_that_of_its_first_day(engine: Engine) -> None:
    dated = LISTED | {"start_date": date(2016, 3, 1), "award_year": 2016}
    assert joined(engine, [OWN_SITE, dated])["award_year"] == 2016
    assert joined(engine, [OWN_SITE, LISTED])["award_year"] == 2018


def test_an_award_keeps_its_id_when_the_record_that_made_it_vanishes(engine: Engine) -> None:
    before = run(engine, MOVED)
    after = run(engine, MOVED[1:], previous={key: row["award_id"] for key, row in before.items()})
    assert after["ukri_gtr:b"]["award_id"] == before["ukri_gtr:a"]["award_id"]


def test_a_text_under_many_titles_says_nothing_of_one_award(engine: Engine) -> None:
    notice = "Abstracts are not available here."
    others = [record(f"ukri_gtr:{n}", **FIRST_YEAR, title=f"Title {n}", description=notice) for n in range(4)]
    pair = [row | {"description": notice} for row in MOVED]
    members = run(engine, [*pair, *others])
    assert "no text to compare" in members["ukri_gtr:b"]["merge_reason"]


def test_a_title_under_very_many_records_is_no_awards_title(engine: Engine) -> None:
    crowd = [record(f"ukri_gtr:{n}", **FIRST_YEAR, recipient_name=f"Host {n}") for n in range(60)]
    assert set(roles(run(engine, [*MOVED, *crowd])).values()) == {"canonical"}


def test_a_number_under_very_many_records_is_no_awards_number(engine: Engine) -> None:
    crowd = [YEARS[0] | {"record_id": f"openalex_awards:{n}", "source": "openalex_awards"} for n in range(60)]
    numbered = [row | {"instalment_of": None, "amount": None} for row in (YEARS[0], *crowd)]
    assert set(roles(run(engine, numbered)).values()) == {"canonical"}
    assert set(roles(run(engine, numbered[:2])).values()) == {"canonical", "duplicate"}


def test_a_person_undoes_a_merge_with_a_line(engine: Engine) -> None:
    members = run(engine, MOVED, [decision("different_award", "ukri_gtr:b", "ukri_gtr:a")])
    assert set(roles(members).values()) == {"canonical"}


def test_a_person_makes_a_merge_with_a_line_and_the_reason_is_kept(engine: Engine) -> None:
    members = run(engine, [*MOVED, PARTNER], [decision("same_award", "ukri_gtr:c", "ukri_gtr:a")])
    assert len({row["award_id"] for row in members.values()}) == 1
    assert members["ukri_gtr:c"]["merge_reason"] == "decided by a person: seen on the funder's page"


def test_of_two_decisions_on_one_pair_the_later_counts(engine: Engine) -> None:
    a, b = "ukri_gtr:a", "ukri_gtr:b"
    parted_last = [decision("same_award", a, b, 1), decision("different_award", b, a, 2)]
    joined_last = [decision("different_award", a, b, 1), decision("same_award", a, b, 2)]
    assert set(roles(run(engine, MOVED, parted_last)).values()) == {"canonical"}
    assert set(roles(run(engine, MOVED, joined_last)).values()) == {"canonical", "duplicate"}


def test_decisions_of_other_kinds_part_and_join_nothing(engine: Engine) -> None:
    other = decision("support", "ukri_gtr:a", None) | {"infrastructure_id": "osf", "value": "supports"}
    assert run(engine, MOVED, [other]) == run(engine, MOVED)


def test_a_decision_on_a_record_that_is_not_there_changes_nothing(engine: Engine) -> None:
    members = run(engine, MOVED, [decision("same_award", "ukri_gtr:a", "ukri_gtr:gone")])
    assert roles(members) == {"ukri_gtr:a": "canonical", "ukri_gtr:b": "duplicate"}


@pytest.mark.parametrize("other", [None, "ukri_gtr:a"])
def test_a_decision_that_names_no_second_record_is_refused_by_its_id(engine: Engine, other: str | None) -> None:
    with pytest.raises(UnusableInputError, match="decision d-1"):
        run(engine, MOVED, [decision("same_award", "ukri_gtr:a", other)])


def test_an_award_keeps_its_id_when_a_richer_duplicate_joins(engine: Engine) -> None:
    before = run(engine, [LISTED])["donations:x"]["award_id"]
    members = run(engine, [LISTED, OWN_SITE], previous={"donations:x": before})
    assert {row["award_id"] for row in members.values()} == {before}


def test_ids_do_not_depend_on_what_else_is_there_or_on_the_order(engine: Engine) -> None:
    alone, together = run(engine, MOVED), run(engine, [*reversed(EVERYTHING)])
    assert all(together[record_id] == row for record_id, row in alone.items())


def test_no_records_make_no_awards(engine: Engine) -> None:
    assert run(engine, []) == {}
    assert made(engine, []) == {}


@pytest.mark.spark
def test_spark_says_the_same_as_duckdb(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    said = []
    names: tuple[EngineName, EngineName] = ("duckdb", "spark")
    for name in names:
        (tmp_path / name).mkdir()
        opened = open_engine(name, tmp_path / name)
        try:
            said.append((run(opened, EVERYTHING), made(opened, EVERYTHING)))
        finally:
            opened.close()
    assert said[0] == said[1]
