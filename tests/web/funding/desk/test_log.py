"""The log of decisions is public, complete, and names nobody."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.insights.review_item import ReviewItem
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk import actions
from infracommons.web.funding.desk.actions import Seen
from infracommons.web.funding.models import ReviewDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(cleo: User, bea: User, items: list[ReviewItem], seen: Seen) -> list[ReviewDecision]:
    """Three decisions: an answer with a note, one taken back, and the row that took it back."""
    User.objects.update(shows_name=True)
    actions.answer(items[0], "supports", "=1+1 is no formula here", by=cleo, seen=seen)
    gone = actions.answer(items[1], "rejected", "", by=bea, seen=seen)
    actions.withdraw(gone, by=bea, release_id=seen.release_id)
    return list(ReviewDecision.objects.all())


def test_everyone_reads_the_log_and_no_name_stands_in_it(site: Client, decided: list[ReviewDecision]) -> None:
    answer = site.get(reverse("review_log"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "3 decisions by people" in page
    for row in decided:
        assert row.decision_id in page
    assert f"takes {decided[1].decision_id} back" in page
    assert "no, taken back" in page
    assert "curator" in page
    for word in ("Cleo", "Bea", "example.org"):
        assert word not in page


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_files_hold_the_rows_of_the_page(site: Client, decided: list[ReviewDecision], form: str) -> None:
    text = b"".join(site.get(reverse("review_log_file", args=[form]))).decode()
    rows = list(csv.DictReader(io.StringIO(text))) if form == "csv" else [json.loads(x) for x in text.splitlines()]
    assert [row["decision_id"] for row in rows] == [row.decision_id for row in decided]
    assert [row["withdraws"] or None for row in rows] == [None, None, decided[1].decision_id]
    assert [str(row["is_in_force"]).lower() for row in rows] == ["true", "false", "false"]
    assert rows[0]["note"].endswith("=1+1 is no formula here")
    assert (form == "csv") == rows[0]["note"].startswith("'"), "a spreadsheet must not run it"
    assert "example.org" not in text


@pytest.mark.parametrize(
    ("query", "rows"), [("step=withdrawal", 1), ("step=answer", 2), ("kind=same_award", 0), ("kind=support", 3)]
)
def test_filters_narrow_page_and_files_alike(
    site: Client, decided: list[ReviewDecision], query: str, rows: int
) -> None:
    assert decided
    answer = site.get(f"{reverse('review_log')}?{query}")
    assert answer.context["pages"].total == rows
    hrefs = [file["href"] for file in answer.context["downloads"]]
    assert all(query in href for href in hrefs)
    assert len(b"".join(site.get(hrefs[1])).splitlines()) == rows


def test_an_infrastructures_decisions_can_be_asked_for(site: Client, decided: list[ReviewDecision]) -> None:
    answer = site.get(f"{reverse('review_log')}?infrastructure={decided[0].other_id}")
    expected = [row.decision_id for row in reversed(decided) if row.other_id == decided[0].other_id]
    assert [one["row"].decision_id for one in answer.context["rows"]] == expected


def test_bad_filters_forms_and_pages_are_told(site: Client, decided: list[ReviewDecision]) -> None:
    assert decided
    assert site.get(f"{reverse('review_log')}?step=dance").status_code == 400
    assert site.get(f"{reverse('review_log_file', args=['csv'])}?step=dance").status_code == 400
    assert site.get(reverse("review_log_file", args=["doc"])).status_code == 404
    assert site.get(f"{reverse('review_log')}?page=9").status_code == 404


def test_the_log_is_there_before_the_first_release(
    show: Callable[..., Client], tmp_path_factory: pytest.TempPathFactory, db: None
) -> None:
    del db
    empty = show(tmp_path_factory.mktemp("none"))
    assert empty.get(reverse("review_log")).status_code == 200
