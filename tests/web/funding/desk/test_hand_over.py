"""What people decide goes out as a file, wins in the next release, and is gone from it when it is taken back."""

import csv
import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import reverse

from infracommons.insights.release import Release, Releases
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_item import ReviewItem
from infracommons.insights.review_queue import review_queue
from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.evaluate.relevance import evaluate as evaluate_relevance
from infracommons.pipeline.evaluate.support_type import evaluate as evaluate_support_type
from infracommons.pipeline.run import Job, make_release
from infracommons.pipeline.train.relevance_gold import read_gold
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk import actions
from infracommons.web.funding.desk.actions import Seen
from infracommons.web.funding.desk.hand_over import export_curation, export_labels
from infracommons.web.funding.models import ReviewDecision

pytestmark = pytest.mark.django_db
DEFINITIONS = Path(__file__).parents[4] / "definitions"
Totals = dict[str, Decimal]


class Round:
    """Raw files and a folder of releases of their own: decisions go round through both."""

    def __init__(self, golden_raw: Path, golden_release: Path, work: Path) -> None:
        self.raw, self.releases = work / "raw", work / "releases"
        shutil.copytree(golden_raw, self.raw)
        shutil.copytree(golden_release, self.releases, symlinks=True)

    def release(self) -> Release:
        """Hand the decisions over, make the next release and return it."""
        export_curation(self.raw / "curation")
        make_release(Job(self.raw, self.releases, DEFINITIONS))
        return self.current()

    def current(self) -> Release:
        return Releases(self.releases).current()


@pytest.fixture
def round_trip(golden_raw: Path, golden_release: Path, tmp_path: Path) -> Round:
    return Round(golden_raw, golden_release, tmp_path)


def totals(release: Release) -> Totals:
    return {rule: Decimal(amount) for rule, amount in release.manifest["totals_usd"].items()}


def decided_by_people(release: Release) -> dict[tuple[str, str], str]:
    rows = pq.read_table(release.path("support")).to_pylist()
    return {(r["award_id"], r["infrastructure_id"]): r["decision"] for r in rows if r["decided_by"] == "person"}


def test_answers_win_in_the_next_release_and_undoing_one_restores_its_total_to_the_cent(
    round_trip: Round, show: Callable[[Path], Client], cleo: User
) -> None:
    show(round_trip.releases)
    client = Client()
    client.force_login(cleo)
    before = set(decided_by_people(round_trip.current()))
    rows = review_queue(round_trip.current(), ReviewFilters(kind="support"), [], rows=8)
    known = next(row for row in rows if row["is_stake_known"] and row["stake_usd"] > 0)
    others = [row for row in rows if row is not known]
    for number, row in enumerate(others):
        _answer(client, row, ("supports", "rejected")[number % 2])
    without = round_trip.release()
    expected = {(row["subject_id"], row["other_id"]): ("supports", "rejected")[n % 2] for n, row in enumerate(others)}
    assert {key: value for key, value in decided_by_people(without).items() if key not in before} == expected

    _answer(client, known, "supports")
    with_it = round_trip.release()
    key = known["subject_id"], known["other_id"]
    assert {k: v for k, v in decided_by_people(with_it).items() if k not in before} == {**expected, key: "supports"}
    assert totals(with_it)["full"] == totals(without)["full"] + known["stake_usd"]

    assert "Taken back: Yes" in client.post(reverse("review_undo"), follow=True).content.decode()
    after = round_trip.release()
    assert totals(after) == totals(without)
    assert decided_by_people(after) == decided_by_people(without)


def _answer(client: Client, row: dict[str, Any], value: str) -> None:
    address = reverse("review_answer", args=[row["kind"], row["subject_id"], row["other_id"]])
    assert client.post(address, {"answer": value}).status_code == 302


def test_a_kind_of_support_and_an_organisation_that_people_name_are_in_the_next_release(
    round_trip: Round, show: Callable[[Path], Client], cleo: User
) -> None:
    show(round_trip.releases)
    client = Client()
    client.force_login(cleo)
    kind = review_queue(round_trip.current(), ReviewFilters(kind="support_type"), [], rows=1)[0]
    _answer(client, kind, "adopt")
    named, none = review_queue(round_trip.current(), ReviewFilters(kind="same_organisation"), [], rows=2)
    candidate = round_trip.current().query(
        "SELECT other_id FROM review_candidate WHERE subject_id = $id ORDER BY score DESC", {"id": named["subject_id"]}
    )[0]["other_id"]
    _answer(client, named, candidate)
    _answer(client, none, "none")
    release = round_trip.release()
    support = release.query(
        "SELECT support_type FROM support WHERE award_id = $award AND infrastructure_id = $infrastructure",
        {"award": kind["subject_id"], "infrastructure": kind["other_id"]},
    )
    assert support == [{"support_type": "adopt"}]
    organisations = {row["organisation_id"] for row in release.query("SELECT organisation_id FROM organisation")}
    assert candidate in organisations
    assert named["subject_id"] not in organisations
    assert none["subject_id"] in organisations
    left = {row["subject_id"] for row in release.query("SELECT subject_id FROM review_candidate")}
    assert not left & {named["subject_id"], none["subject_id"]}


def test_every_export_is_a_new_file_that_holds_what_counts_and_what_no_longer_does(
    tmp_path: Path, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    kept = actions.answer(items[0], "supports", "Named in the title.", by=cleo, seen=seen)
    gone = actions.answer(items[1], "rejected", "", by=cleo, seen=seen)
    actions.withdraw(gone, by=cleo, release_id="one")
    for person, value in ((cleo, "supports"), (bea, "rejected")):
        actions.answer(items[2], value, "", by=person, seen=seen)
    actions.answer(items[3], "unsure", "", by=cleo, seen=seen)
    first, count = export_curation(tmp_path)
    second, _ = export_curation(tmp_path)
    assert count == 1
    assert first != second
    lines = [json.loads(line) for line in first.read_text().splitlines()]
    assert [line["decision_id"] for line in lines if line["kind"] != "withdrawn"] == [kept.decision_id]
    assert len(lines) == ReviewDecision.objects.exclude(step="withdrawal").count()
    told = next(line for line in lines if line["decision_id"] == kept.decision_id)
    assert told["reason"] == "Named in the title."
    assert told["record_id"] == items[0].record_ids[0]
    assert "cleo" not in first.read_text().lower()


def test_labels_are_read_by_training_and_measuring(
    tmp_path: Path, cleo: User, items: list[ReviewItem], seen: Seen, release: Release
) -> None:
    for number, item in enumerate(items):
        actions.answer(item, ("supports", "rejected")[number % 2], "", by=cleo, seen=seen)
    kinds = review_queue(release, ReviewFilters(kind="support_type"), [], rows=9)
    for row, value in zip(kinds, ("direct", "adjacent", "unknown"), strict=False):
        (found,) = _items(release, [row])
        actions.answer(found, value, "", by=cleo, seen=seen)
    written = export_labels(tmp_path, release)
    assert written == {"relevance": len(items), "support_type": min(3, len(kinds)), "not_in_release": 0}
    pairs = read_gold(tmp_path / "relevance.csv", load_catalogue(DEFINITIONS))
    assert len(pairs) == len(items)
    assert sum(pair.is_wrong for pair in pairs) == len(items) // 2
    assert {pair.infrastructure.infrastructure_id for pair in pairs} == {item.other_id for item in items}
    assert evaluate_relevance(tmp_path / "relevance.csv", DEFINITIONS)["n"] == len(items)
    assert evaluate_support_type(tmp_path / "support_type.csv", DEFINITIONS)["n"] == written["support_type"]


def _items(release: Release, rows: list[dict[str, Any]]) -> list[ReviewItem]:
    from infracommons.insights.review_item import review_item  # noqa: PLC0415

    found = [review_item(release, row["kind"], row["subject_id"], row["other_id"]) for row in rows]
    return [item for item in found if item]


def test_a_decision_on_an_award_that_left_the_release_is_counted_not_lost(
    tmp_path: Path, cleo: User, items: list[ReviewItem], seen: Seen, release: Release
) -> None:
    actions.answer(items[0], "supports", "", by=cleo, seen=seen)
    ReviewDecision.objects.update(subject_id="award-gone")
    assert export_labels(tmp_path, release) == {"relevance": 0, "support_type": 0, "not_in_release": 1}
    with (tmp_path / "relevance.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == []
