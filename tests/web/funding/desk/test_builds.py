"""The site builds a release in the background: one at a time, with progress, an end, and a word on what changed."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from infracommons.insights.release import Releases
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk import builds
from infracommons.web.funding.desk.builds import BuildError, run_build
from infracommons.web.funding.models import BuildState, ReleaseBuild

pytestmark = pytest.mark.django_db
DEFINITIONS = Path(__file__).parents[4] / "definitions"
OWN = "identifier,funder_name,recipient_name,title,start_date,end_date,amount,currency,source_url,licence"
ZENODO = "1,Fund A,CERN,Zenodo as a repository for all research data,2020-01-03,2021-01-02,100.00,USD,,"


@pytest.fixture
def place(tmp_path: Path, show: Callable[[Path], Client]) -> Iterator[Path]:
    """A folder with raw files of one award, from where the site builds."""
    (tmp_path / "raw" / "award_table").mkdir(parents=True)
    (tmp_path / "raw" / "award_table" / "ours.csv").write_text(f"{OWN}\n{ZENODO}\n")
    show(tmp_path / "releases")
    with override_settings(INFRACOMMONS_RAW=tmp_path / "raw", INFRACOMMONS_DEFINITIONS=DEFINITIONS):
        yield tmp_path


def built(by: User) -> ReleaseBuild:
    build = builds.request_build(by=by)
    run_build.call(build.pk)
    build.refresh_from_db()
    return build


def test_a_build_makes_the_release_current_and_says_what_changed(place: Path, bea: User) -> None:
    first = built(bea)
    assert (first.state, first.problem, first.before_id) == (BuildState.DONE, "", "")
    assert Releases(place / "releases").current().release_id == first.after_id
    assert [step["step"] for step in first.steps][:2] == ["Matching", "Merging duplicates"]
    assert first.counts["awards"] == 1
    assert list((place / "raw" / "curation").iterdir())
    assert {path.suffix for path in (place / "raw" / "catalogue").iterdir()} == {".jsonl"}

    (place / "raw" / "award_table" / "more.csv").write_text(f"{OWN}\n{ZENODO.replace('1,', '2,', 1)}\n")
    second = built(bea)
    assert (second.state, second.before_id) == (BuildState.DONE, first.after_id)
    client = Client()
    client.force_login(bea)
    page = client.get(reverse("review_release")).content.decode()
    assert second.after_id in page
    changed = {row["name"]: row for row in client.get(reverse("review_release")).context["builds"][0]["changes"]}
    assert (changed["records in"]["before"], changed["records in"]["after"]) == ("1", "2")
    assert changed["records in"]["moved"]


def test_a_build_that_fails_says_why_and_leaves_the_release_before(place: Path, bea: User) -> None:
    first = built(bea)
    with override_settings(INFRACOMMONS_DEFINITIONS=place / "nowhere"):
        failed = built(bea)
    assert failed.state == BuildState.FAILED
    assert "no definitions here" in failed.problem
    assert Releases(place / "releases").current().release_id == first.after_id


@pytest.mark.usefixtures("place")
def test_only_one_build_is_open_at_a_time(bea: User) -> None:
    builds.request_build(by=bea)
    with pytest.raises(BuildError, match="being built already"):
        builds.request_build(by=bea)


@pytest.mark.usefixtures("place")
def test_a_build_is_put_in_line_for_the_worker(
    bea: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        build = builds.request_build(by=bea)
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [build.pk]
    assert task.task_path == "infracommons.web.funding.desk.builds.run_build"


def test_a_waiting_build_is_cancelled_at_once_and_never_runs(place: Path, bea: User) -> None:
    client = Client()
    client.force_login(bea)
    build = builds.request_build(by=bea)
    client.post(reverse("review_cancel", args=[build.pk]))
    run_build.call(build.pk)
    build.refresh_from_db()
    assert build.state == BuildState.CANCELLED
    assert not (place / "releases").exists()


def test_a_running_build_is_stopped_and_the_release_before_stays(
    place: Path, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(bea)
    build = builds.request_build(by=bea)

    def handed_over(running: ReleaseBuild) -> None:
        builds.cancel(running)  # somebody presses the button as soon as it runs

    monkeypatch.setattr(builds, "_handed_over", handed_over)
    run_build.call(build.pk)
    build.refresh_from_db()
    assert build.state == BuildState.CANCELLED
    assert Releases(place / "releases").current().release_id == first.after_id


@pytest.mark.usefixtures("place")
def test_a_build_whose_process_is_gone_is_told_as_failed(bea: User) -> None:
    build = builds.request_build(by=bea)
    long_ago = timezone.now() - timedelta(minutes=5)
    ReleaseBuild.objects.filter(pk=build.pk).update(state=BuildState.RUNNING, beat_at=long_ago)
    client = Client()
    client.force_login(bea)
    page = client.get(reverse("review_release")).content.decode()
    assert "is gone" in page
    assert "Build the next release" in page
    assert builds.request_build(by=bea).is_open


@pytest.mark.usefixtures("place")
def test_a_build_that_nobody_takes_up_says_so(bea: User) -> None:
    build = builds.request_build(by=bea)
    ReleaseBuild.objects.filter(pk=build.pk).update(at=timezone.now() - timedelta(minutes=5))
    client = Client()
    client.force_login(bea)
    assert "Nothing takes it up" in client.get(reverse("review_release")).content.decode()


def test_nothing_to_build_from_is_told_before_a_release_is_lost(place: Path, bea: User) -> None:
    shutil.rmtree(place / "raw" / "award_table")
    client = Client()
    client.force_login(bea)
    page = client.post(reverse("review_build"), follow=True).content.decode()
    assert "holds no award records" in page
    assert not ReleaseBuild.objects.exists()


@pytest.mark.usefixtures("place")
def test_building_is_for_administrators(cleo: User) -> None:
    client = Client()
    assert client.get(reverse("review_release")).status_code == 302
    client.force_login(cleo)
    assert client.get(reverse("review_release")).status_code == 403
    assert client.post(reverse("review_build")).status_code == 403
