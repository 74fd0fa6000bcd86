"""What waits at the review desk, against an oracle that does the same slowly, in plain Python, over the same rows."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.insights.release import Release
from infracommons.insights.review_filters import REVIEW_KINDS, ReviewFilters
from infracommons.insights.review_item import review_item
from infracommons.insights.review_queue import (
    review_counts,
    review_items,
    review_queue,
    review_sources,
    review_titles,
    usual_stake,
)
from infracommons.vocabulary.tables import PUBLISHED

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def _award(number: int, amount: str | None, **more: Any) -> Row:
    usd = None if amount is None else Decimal(amount)
    return {
        "award_id": f"award-{number}", "funder_name": "Fund", "title": f"Title {number}", "amount_usd": usd,
        "amount": usd, "currency": "USD", "amount_status": "unknown" if usd is None else "known", "source": "nsf",
    } | more  # fmt: skip


def _support(number: int, infrastructure: str, decision: str, probability: float | None, **more: Any) -> Row:
    return {
        "award_id": f"award-{number}", "infrastructure_id": infrastructure, "decision": decision,
        "probability": probability, "decided_by": "model", "reason": "said so",
    } | more  # fmt: skip


def _candidate(kind: str, subject: str, other: str, score: float) -> Row:
    return {"kind": kind, "subject_id": subject, "other_id": other, "score": score, "reason": "alike"}


# Every way into the queue, and one of each that has none.
ROWS: Tables = {
    "infrastructure": [
        {"infrastructure_id": name, "name": name.title(), "aliases": [], "summary": "Keeps.", "category_codes": []}
        for name in ("osf", "zenodo")
    ],
    "organisation": [
        {"organisation_id": "org:a", "name": "Univ A", "is_us_federal": False},
        {"organisation_id": "org:b", "name": "Univ B", "is_us_federal": False},
        {"organisation_id": "org:c", "name": "Nobody's", "is_us_federal": False},
    ],
    "award": [
        _award(1, "1000.00"),
        _award(2, None),
        _award(3, "300.00", source="czi", recipient_organisation_id="org:a"),
        _award(4, "20.10", funder_organisation_id="org:a", recipient_organisation_id="org:a"),
        _award(5, "7.00", funder_organisation_id="org:b"),
        _award(6, None, recipient_organisation_id="org:b", source="czi"),
    ],
    "award_record": [
        {"record_id": f"nsf:{n}", "award_id": f"award-{n}", "source": "nsf", "role": "canonical",
         "raw_file": "nsf/a.zip", "raw_sha256": "0" * 64, "title": f"Title {n}"}
        for n in range(1, 7)
    ],
    "support": [
        _support(1, "osf", "needs_review", 0.6),
        _support(1, "zenodo", "supports", 0.85, support_type="unknown", support_reason="The text does not say."),
        _support(2, "osf", "needs_review", 0.02, decided_by="rule"),
        _support(2, "zenodo", "needs_review", None, decided_by="rule"),
        _support(3, "osf", "rejected", 0.15),
        _support(3, "zenodo", "rejected", 0.05),
        _support(4, "osf", "rejected", 0.5, decided_by="person"),
        _support(4, "zenodo", "supports", 0.99, support_type="direct",
                 support_reason='Recipient A is A, host; the text names it beside "using" and says of no work on it.'),
        _support(5, "osf", "supports", 0.99, support_type="adopt", support_reason="The award spreads its use."),
        _support(6, "zenodo", "supports", 0.6, decided_by="rule", support_type="direct", support_reason="Host."),
    ],
    "review_candidate": [
        _candidate("same_award", "award-1", "award-2", 0.5),
        _candidate("same_award", "award-3", "award-4", 0.04),
        _candidate("same_organisation", "org:a", "ror:1", 0.9),
        _candidate("same_organisation", "org:a", "ror:2", 0.8),
        _candidate("same_organisation", "org:b", "ror:1", 0.7),
        _candidate("same_organisation", "org:c", "ror:1", 1.0),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of these rows."""
    folder = tmp_path_factory.mktemp("releases") / "one"
    folder.mkdir()
    for table in PUBLISHED:
        filled = [dict.fromkeys(table.schema.names) | row for row in ROWS.get(table.name, [])]
        pq.write_table(pa.Table.from_pylist(filled, table.schema), folder / f"{table.name}.parquet")
    tables = [{"name": table.name, "file": f"{table.name}.parquet"} for table in PUBLISHED]
    (folder / "release.json").write_text(json.dumps({"release": "one", "tables": tables}))
    return Release(folder)


def _usual(tables: Tables) -> Decimal:
    known = sorted(row["amount_usd"] for row in tables["award"] if row["amount_usd"] is not None)
    return known[(len(known) - 1) // 2] if known else Decimal(0)


def _doubt(support: Row) -> float:
    if support["probability"] is None or (support["decision"], support["decided_by"]) == ("needs_review", "rule"):
        return 1
    return float(1 - abs(2 * support["probability"] - 1))


def plain_items(tables: Tables) -> Iterator[Row]:
    """Yield every item of these tables, in no set order."""
    awards = {row["award_id"]: row for row in tables["award"]}
    for row in tables["support"]:
        about = [awards[row["award_id"]]], [row["infrastructure_id"]]
        close = row["decided_by"] == "model" and _doubt(row) >= 0.2
        if row["decided_by"] != "person" and (row["decision"] == "needs_review" or close):
            yield _item(tables, "support", row["award_id"], row["infrastructure_id"], _doubt(row), *about)
        weak = "says of no work on it" in (row.get("support_reason") or "")
        if row["decision"] == "supports" and (row["support_type"] == "unknown" or weak):
            doubt = 1 if row["support_type"] == "unknown" else 0.5
            yield _item(tables, "support_type", row["award_id"], row["infrastructure_id"], doubt, *about)
    for row in tables["review_candidate"]:
        if row["kind"] == "same_award":
            two = [awards[row["subject_id"]], awards[row["other_id"]]]
            doubt = 1 - abs(2 * row["score"] - 1)
            yield _item(tables, "same_award", row["subject_id"], row["other_id"], doubt, two, _named(tables, two))
    for subject in {row["subject_id"] for row in tables["review_candidate"] if row["kind"] == "same_organisation"}:
        scores = sorted((r["score"] for r in tables["review_candidate"] if r["subject_id"] == subject), reverse=True)
        parties = ("funder_organisation_id", "recipient_organisation_id")
        own = [award for award in tables["award"] if subject in (award.get(party) for party in parties)]
        doubt = 1 - (scores[0] - [*scores, 0.5][1])
        yield _item(tables, "same_organisation", subject, "-", doubt, own, _named(tables, own))


def _named(tables: Tables, awards: list[Row]) -> list[str]:
    ids = {award["award_id"] for award in awards}
    return [row["infrastructure_id"] for row in tables["support"] if row["award_id"] in ids]


def _item(
    tables: Tables, kind: str, subject: str, other: str, doubt: float, awards: list[Row], infrastructures: list[str]
) -> Row:
    amounts = [_usual(tables) if award["amount_usd"] is None else award["amount_usd"] for award in awards]
    stake = min(amounts) if kind == "same_award" else sum(amounts, Decimal(0))
    return {
        "item": f"{kind}|{subject}|{other}", "kind": kind, "subject_id": subject, "other_id": other,
        "stake_usd": stake, "doubt": pytest.approx(doubt), "weight": pytest.approx(float(stake) * doubt),
        "is_stake_known": bool(awards) and all(award["amount_usd"] is not None for award in awards),
        "sources": {award["source"] for award in awards}, "infrastructures": set(infrastructures),
    }  # fmt: skip


filters = st.builds(
    ReviewFilters,
    kind=st.sampled_from(["", *REVIEW_KINDS]),
    infrastructure=st.sampled_from(["", "osf", "zenodo", "nothing"]),
    source=st.sampled_from(["", "nsf", "czi", "nothing"]),
)


def _check(release: Release, tables: Tables, asked: ReviewFilters, done: set[str]) -> None:
    expected = {
        row["item"]: row
        for row in plain_items(tables)
        if asked.kind in ("", row["kind"])
        and (not asked.infrastructure or asked.infrastructure in row["infrastructures"])
        and (not asked.source or asked.source in row["sources"])
        and row["item"] not in done
    }
    found = review_queue(release, asked, done, rows=1000)
    plain = {name: {k: v for k, v in row.items() if k not in ("sources", "infrastructures")}
             for name, row in expected.items()}  # fmt: skip
    assert {row["item"]: row for row in found} == plain
    assert [(-row["weight"], row["item"]) for row in found] == sorted((-row["weight"], row["item"]) for row in found)
    counts = review_counts(release, asked, done)
    assert counts == {kind: sum(row["kind"] == kind for row in expected.values()) for kind in REVIEW_KINDS}


@given(asked=filters, done=st.sets(st.sampled_from(sorted(row["item"] for row in plain_items(
    {name: [dict.fromkeys(next(t for t in PUBLISHED if t.name == name).schema.names) | r for r in rows]
     for name, rows in ROWS.items()})))))  # fmt: skip
def test_the_queue_is_that_of_the_slow_oracle(made: Release, asked: ReviewFilters, done: set[str]) -> None:
    names = {table.name: table.schema.names for table in PUBLISHED}
    tables = {name: [dict.fromkeys(names[name]) | row for row in rows] for name, rows in ROWS.items()}
    _check(made, tables, asked, done)


@given(asked=filters)
def test_the_queue_of_the_golden_release_is_that_of_the_slow_oracle(
    release: Release, tables: Tables, asked: ReviewFilters
) -> None:
    _check(release, tables, asked, set())


def test_a_page_of_the_queue_goes_on_where_the_one_before_ended(made: Release) -> None:
    whole = review_queue(made, ReviewFilters(), [], rows=100)
    assert len(whole) == 12
    parts = [review_queue(made, ReviewFilters(), [], rows=5, skip=skip) for skip in (0, 5, 10)]
    assert [row for part in parts for row in part] == whole


def test_what_an_item_is_about_is_told_in_words(made: Release) -> None:
    rows = review_queue(made, ReviewFilters(), [], rows=100)
    titles = review_titles(made, rows)
    assert titles["support|award-1|osf"] == "Osf in “Title 1”"
    assert titles["same_award|award-1|award-2"] == "Title 1 / Title 2"
    assert titles["same_organisation|org:a|-"] == "Univ A"
    assert set(review_items(made, ["support|award-1|osf", "support|award-9|osf"])) == {"support|award-1|osf"}
    assert review_sources(made) == ("czi", "nsf")
    assert usual_stake(made) == Decimal("20.10")


def test_every_item_of_the_queue_can_be_opened(made: Release) -> None:
    for row in review_queue(made, ReviewFilters(), [], rows=100):
        item = review_item(made, row["kind"], row["subject_id"], row["other_id"])
        assert item is not None
        assert item.name == row["item"]
        assert len(item.awards) == {"same_award": 2, "same_organisation": 0}.get(row["kind"], 1)


def test_an_organisation_is_shown_with_its_candidates_and_the_awards_that_name_it(made: Release) -> None:
    item = review_item(made, "same_organisation", "org:a", "-")
    assert item is not None
    assert [row["other_id"] for row in item.candidates] == ["ror:1", "ror:2"]
    assert [row["award_id"] for row in item.named_in] == ["award-3", "award-4"]
    assert item.award_count == 2


def test_a_release_made_before_the_table_of_candidates_has_none(made: Release, tmp_path: Path) -> None:
    manifest = json.loads((made.folder / "release.json").read_text())
    manifest["tables"] = [table for table in manifest["tables"] if table["name"] != "review_candidate"]
    for table in manifest["tables"]:
        (tmp_path / table["file"]).symlink_to(made.folder / table["file"])
    (tmp_path / "release.json").write_text(json.dumps(manifest))
    older = Release(tmp_path)
    assert review_counts(older, ReviewFilters(), []) == {
        "support": 5, "support_type": 2, "same_award": 0, "same_organisation": 0,
    }  # fmt: skip
