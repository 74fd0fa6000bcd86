"""Each source that is harvested over HTTP pages through its publisher's own shape, and goes on where it stopped."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infracommons.pipeline.harvest import AUTO, FINISHED, HarvestReport, harvest_http
from infracommons.pipeline.http import Client
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.sources import nih_reporter, nsf
from infracommons.pipeline.stages.normalise import normalise
from infracommons.vocabulary.problems import NotWrittenError, UnusableInputError

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = datetime.now(UTC).date()


def native(source: str, page: str, *path: str) -> Any:
    """Return a part of a golden page."""
    found: Any = json.loads((GOLDEN / source / "raw" / page).read_bytes())
    for step in path:
        found = found[step]
    return found


def nsf_server(asked: Any) -> dict[str, Any]:
    """60 awards in this month, none before."""
    award = native("nsf", "awards-2021-03-000001.json", "response", "award")[0]
    this_month = asked.query["dateStart"] == f"{TODAY.replace(day=1):%m/%d/%Y}"
    numbers = range(int(asked.query["offset"]), min(int(asked.query["offset"]) + 25, 61)) if this_month else []
    awards = [award | {"id": f"93{number:05d}"} for number in numbers]
    return {"response": {"metadata": {"rpp": 25, "totalCount": len(awards)}, "award": awards}}


def ukri_server(asked: Any) -> dict[str, Any]:
    """230 projects."""
    assert asked.path == "/api/search/project"
    result = native("ukri_gtr", "projects-000001.json", "facetedSearchResultBean", "results")[0]
    project = result["projectComposition"]["project"]
    page, size = int(asked.query["page"]), int(asked.query["fetchSize"])
    numbers = range((page - 1) * size, min(page * size, 230))
    results = [
        {"projectComposition": result["projectComposition"] | {"project": project | {"id": f"P-{n}"}}} for n in numbers
    ]
    return {
        "headerData": {},
        "facetedSearchResultBean": {"request": {"page": page}, "totalResults": 230, "results": results},
    }


def threesixty_server(asked: Any) -> dict[str, Any]:
    """1,200 grants of the first funder, none of the others."""
    result = native("threesixtygiving", "grants-gb-chc-210183-0000000.json", "results")[0]
    total = 1200 if "GB-CHC-210183" in asked.path else 0
    offset = int(asked.query["offset"])
    after = offset + int(asked.query["limit"])
    ids = [f"360G-Example-{number}" for number in range(offset, min(after, total))]
    results = [result | {"grant_id": one, "data": result["data"] | {"id": one}} for one in ids]
    return {"count": total, "next": "https://example.org/more" if after < total else None, "results": results}


def nih_server(asked: Any) -> dict[str, Any]:
    """1,100 support years in the first week, none after."""
    assert asked.path == "/v2/projects/search"
    result = native("nih_reporter", "projects-2019-01-01-00000.json", "results")[0]
    week = asked.json["criteria"]["award_notice_date"]["from_date"]
    total = 1100 if week == f"{TODAY - timedelta(days=20)}" else 0
    offset = asked.json["offset"]
    numbers = range(offset, min(offset + asked.json["limit"], total))
    meta = {"search_id": "EXAMPLE", "total": total, "offset": offset, "limit": asked.json["limit"]}
    return {"meta": meta, "results": [result | {"appl_id": 9100000 + number} for number in numbers]}


def openalex_server(asked: Any) -> dict[str, Any]:
    """450 awards, by cursor; the last page is empty, as the publisher's is."""
    award = native("openalex_awards", "awards-0000001.json", "results")[0]
    at = 0 if asked.query["cursor"] == "*" else int(asked.query["cursor"].removeprefix("at-"))
    numbers = range(at, min(at + int(asked.query["per-page"]), 450))
    results = [award | {"id": f"https://openalex.org/G91{number:05d}"} for number in numbers]
    following = f"at-{at + len(numbers)}" if numbers else None
    return {"meta": {"count": 450, "next_cursor": following}, "results": results, "group_by": []}


def ror_server(asked: Any) -> dict[str, Any]:
    """45 organisations in Germany, none elsewhere."""
    assert "all_status" in asked.query
    record = native("ror", "organisations-ax-0001.json", "items")[0]
    total = 45 if asked.query["filter"] == "country.country_code:DE" else 0
    page = int(asked.query["page"])
    numbers = range((page - 1) * 20, min(page * 20, total))
    items = [record | {"id": f"https://ror.org/0exam{chr(97 + n // 10)}{n % 10}11"} for n in numbers]
    return {"number_of_results": total, "time_taken": 3, "items": items, "meta": {}}


SERVERS: dict[str, tuple[Callable[[Any], dict[str, Any]], str, int]] = {
    "nsf": (nsf_server, "", 60),
    "ukri_gtr": (ukri_server, "", 230),
    "threesixtygiving": (threesixty_server, "/api/v1", 1200),
    "nih_reporter": (nih_server, "", 1100),
    "openalex_awards": (openalex_server, "/awards", 450),
    "ror": (ror_server, "/v2/organizations", 45),
}


@pytest.fixture(autouse=True)
def lately(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sources that ask month by month begin lately, so that a test asks for few months."""
    monkeypatch.setattr(nsf, "_API_FROM", (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1))
    monkeypatch.setattr(nih_reporter, "_API_FROM", TODAY - timedelta(days=20))


def harvest(name: str, raw: Path, loopback: Any, answer: Any, **options: Any) -> HarvestReport:
    server, path, _ = SERVERS[name]
    loopback.answer = lambda asked: answer(json.dumps(server(asked)).encode())
    client = Client(0, timeout=5, sleep=lambda _: None)
    return harvest_http(name, raw, loopback.url + path, client=client, **options)


def test_every_source_that_says_how_it_is_paged_has_a_server_here() -> None:
    assert set(SERVERS) == {source.name for source in all_sources().values() if source.http}


@pytest.mark.parametrize("name", SERVERS)
def test_all_pages_are_fetched_and_give_every_record_once(
    name: str, tmp_path: Path, loopback: Any, answer: Any
) -> None:
    told: list[tuple[str, int]] = []
    report = harvest(name, tmp_path / "raw", loopback, answer, tell=lambda step, records: told.append((step, records)))
    expected = SERVERS[name][2]
    assert report.records == expected == sum(records for _, records in told)
    (tmp_path / "out").mkdir()
    normalised = normalise([all_sources()[name]], tmp_path / "raw", tmp_path / "out")
    assert normalised.exclusions == []
    assert sum(file["records"] for file in normalised.inputs) in {expected, 0}  # a registry's rows are no records
    assert len(list((tmp_path / "raw" / name).glob(f"*/{FINISHED}"))) == 1


@pytest.mark.parametrize("name", SERVERS)
def test_faults_on_the_way_cost_time_and_no_record(name: str, tmp_path: Path, loopback: Any, answer: Any) -> None:
    body = json.dumps(SERVERS[name][0](_first(name))).encode()
    loopback.faults = [answer(status=503), answer(body, keep=len(body) // 2), answer(body[:-3]), answer(b"{}")]
    assert harvest(name, tmp_path, loopback, answer).records == SERVERS[name][2]
    assert not loopback.faults


def _first(name: str) -> Any:
    """Return the first request of a source as the server sees it."""
    how = all_sources()[name].http
    assert how
    request = how.first("http://127.0.0.1" + SERVERS[name][1])

    class Asked:
        path, query, json = request.url.removeprefix("http://127.0.0.1"), request.params, request.json

    return Asked


def test_an_interrupted_harvest_goes_on_after_the_last_page_it_kept(tmp_path: Path, loopback: Any, answer: Any) -> None:
    def breaks_on_page_3(asked: Any) -> Any:
        if asked.query["page"] == "3":
            return answer(status=403)
        return answer(json.dumps(ukri_server(asked)).encode())

    loopback.answer = breaks_on_page_3
    client = Client(0, sleep=lambda _: None)
    with pytest.raises(UnusableInputError, match=r"projects-000003\.json .*answered 403"):
        harvest_http("ukri_gtr", tmp_path, loopback.url, client=client)
    kept = sorted(path.name for path in tmp_path.rglob("projects-*"))
    assert kept == ["projects-000001.json", "projects-000002.json"]
    loopback.asked.clear()
    report = harvest("ukri_gtr", tmp_path, loopback, answer)
    assert [asked.query["page"] for asked in loopback.asked] == ["3"]
    assert [(page.records, page.was_there) for page in report.stored] == [(100, True), (100, True), (30, False)]


def test_a_page_cut_off_by_a_kill_is_no_page(tmp_path: Path, loopback: Any, answer: Any) -> None:
    folder = tmp_path / "ukri_gtr" / f"{TODAY}"
    folder.mkdir(parents=True)
    (folder / ".harvest.json").write_text(json.dumps({"base_url": loopback.url}))
    (folder / ".part-projects-000001.json").write_bytes(b'{"facetedSearchResultBean": {"res')
    assert harvest("ukri_gtr", tmp_path, loopback, answer).records == 230
    assert len(loopback.asked) == 3


def test_a_finished_harvest_stays_as_it_is_and_the_next_one_has_a_folder_of_its_own(
    tmp_path: Path, loopback: Any, answer: Any
) -> None:
    first, second = (harvest("ukri_gtr", tmp_path, loopback, answer) for _ in range(2))
    assert len(loopback.asked) == 6
    assert {Path(page.file).parent.name for page in first.stored} == {f"{TODAY}"}
    assert {Path(page.file).parent.name for page in second.stored} == {f"{TODAY}-2"}


def test_an_unfinished_harvest_from_another_address_is_not_gone_on_with(
    tmp_path: Path, loopback: Any, answer: Any
) -> None:
    folder = tmp_path / "ukri_gtr" / f"{date(2026, 1, 2)}"
    folder.mkdir(parents=True)
    (folder / ".harvest.json").write_text(json.dumps({"base_url": "https://gtr.ukri.org"}))
    report = harvest("ukri_gtr", tmp_path, loopback, answer)
    assert {Path(page.file).parent.name for page in report.stored} == {f"{TODAY}"}


def test_a_disk_that_fills_leaves_no_half_page(
    tmp_path: Path, loopback: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    harvest("ukri_gtr", tmp_path / "other", loopback, answer)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("infracommons.pipeline.landing.os.fsync", full)
    with pytest.raises(NotWrittenError, match=r"cannot be written \(No space left on device\)"):
        harvest("ukri_gtr", tmp_path / "raw", loopback, answer)
    assert [path for path in (tmp_path / "raw").rglob("*") if path.is_file()] == []


def test_an_answer_in_another_format_is_not_kept(tmp_path: Path, loopback: Any, answer: Any) -> None:
    loopback.answer = lambda _: answer(b'{"meta": {"next_cursor": null}, "results": [{"what": "works, not awards"}]}')
    with pytest.raises(UnusableInputError, match="not in the format of openalex_awards"):
        harvest_http("openalex_awards", tmp_path, loopback.url, client=Client(0, sleep=lambda _: None))
    assert list(tmp_path.rglob("awards-*")) == []


@pytest.mark.parametrize(
    ("name", "body"),
    [("nih_reporter", {"meta": {"total": 15_001}, "results": []}), ("ror", {"number_of_results": 10_001, "items": []})],
)
def test_a_question_with_more_answers_than_the_publisher_gives_is_refused(
    name: str, body: dict[str, Any], tmp_path: Path, loopback: Any, answer: Any
) -> None:
    loopback.answer = lambda _: answer(json.dumps(body).encode())
    with pytest.raises(UnusableInputError, match="of which"):
        harvest_http(name, tmp_path, loopback.url, client=Client(0, sleep=lambda _: None))


@pytest.mark.parametrize("name", ["donations", AUTO])
def test_what_has_no_http_harvest_says_what_to_do(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=f"{name}: is not harvested over HTTP; give its files with --from"):
        harvest_http(name, tmp_path)


def test_many_pages_are_told_as_one_folder(tmp_path: Path, loopback: Any, answer: Any) -> None:
    lines = harvest("ror", tmp_path, loopback, answer).lines()
    assert lines == [f"ror/{TODAY}: 259 files, 45 records", "259 files with 45 records"]


@pytest.mark.parametrize("name", SERVERS)
def test_a_publishers_own_address_is_https_and_its_pace_is_polite(name: str) -> None:
    how = all_sources()[name].http
    assert how
    assert how.base_url.startswith("https://")
    assert how.seconds_between >= 0.2
