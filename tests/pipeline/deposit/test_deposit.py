"""A package becomes a record of an InvenioRDM, and what goes wrong is named, left tidy and can go on."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.deposit.invenio import TOKEN, Fault, Invenio, running

from infracommons.insights.data_package import export_release
from infracommons.pipeline.deposit import Deposited, DepositError, Job, Repository, deposit
from infracommons.vocabulary.problems import UnusableInputError

ADA = "Example, Ada (0000-0002-1825-0097)"


@pytest.fixture(scope="session")
def package(golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package") / "out"
    export_release(golden_release / "current", out, ["parquet"])
    return out


@pytest.fixture
def invenio() -> Iterator[Invenio]:
    with running(Invenio()) as state:
        yield state


@pytest.fixture
def pauses() -> list[float]:
    return []


def send(
    invenio: Invenio, package: Path, pauses: list[float] | None = None, *, token: str = TOKEN, **job: Any
) -> Deposited:
    sleep = (pauses if pauses is not None else []).append
    with Repository(invenio.url, token, sleep=sleep) as repository:
        return deposit(Job(package, (ADA,), **job), repository)


def contents(record: dict[str, Any]) -> dict[str, bytes]:
    return {key: entry["content"] for key, entry in record["entries"].items()}


def files(package: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in package.iterdir()}


def test_a_package_becomes_a_draft_with_its_files_byte_for_byte(invenio: Invenio, package: Path) -> None:
    done = send(invenio, package)
    (record,) = invenio.records.values()
    assert contents(record) == files(package)
    assert {entry["status"] for entry in record["entries"].values()} == {"completed"}
    assert (done.record_id, done.uploaded, done.already_there) == (record["id"], len(files(package)), 0)
    assert done.address == f"{invenio.url}/uploads/{record['id']}"


def test_nothing_is_published_unless_it_is_asked_for(invenio: Invenio, package: Path) -> None:
    done = send(invenio, package)
    assert not done.is_published
    assert not any(path.endswith("publish") for _, path in invenio.asked)
    assert "nothing is public" in done.lines()[0]
    published = send(invenio, package, publish=True)
    assert invenio.records[published.record_id]["is_published"]
    assert (published.is_published, published.doi) == (True, f"10.5072/{published.record_id}")


def test_the_record_says_what_the_package_says(invenio: Invenio, package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_bytes())
    done = send(invenio, package)
    said = invenio.records[done.record_id]["metadata"]
    assert said["title"] == f"Awards to open infrastructure: release {told['version']}"
    assert (said["version"], said["publication_date"]) == (told["version"], told["created"][:10])
    assert said["creators"] == [
        {
            "person_or_org": {
                "type": "personal",
                "family_name": "Example",
                "given_name": "Ada",
                "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
            }
        }
    ]
    derived = [related["identifier"] for related in said["related_identifiers"]]
    assert derived == [source["path"] for source in told["sources"] if "path" in source]
    assert said["rights"][0]["title"] == {"en": "Licences of the sources"}


def test_title_and_licence_can_be_given(invenio: Invenio, package: Path) -> None:
    done = send(invenio, package, title="Who pays", licence="CC-BY-4.0")
    said = invenio.records[done.record_id]["metadata"]
    assert (said["title"], said["rights"]) == ("Who pays", [{"id": "cc-by-4.0"}])


def test_a_zip_file_is_one_file_of_the_record(invenio: Invenio, golden_release: Path, tmp_path: Path) -> None:
    (path,) = export_release(golden_release / "current", tmp_path / "all.zip", ["csv"])
    done = send(invenio, path)
    assert contents(invenio.records[done.record_id]) == {"all.zip": path.read_bytes()}


def test_a_new_version_belongs_to_the_record_before(invenio: Invenio, package: Path) -> None:
    first = send(invenio, package, publish=True)
    second = send(invenio, package, new_version_of=first.record_id)
    record = invenio.records[second.record_id]
    assert record["version_of"] == first.record_id != second.record_id
    assert record["metadata"]["version"], "the repository leaves it out of a new version"
    assert contents(record) == files(package)


def test_a_refused_token_is_named_and_nothing_is_made(invenio: Invenio, package: Path) -> None:
    with pytest.raises(DepositError, match=r"making a draft: answered 401 .* make a new one there") as problem:
        send(invenio, package, token="another-token")  # noqa: S106 - of nothing
    assert problem.value.code == "token_refused"
    assert "another-token" not in str(problem.value)
    assert invenio.records == {}


def test_a_file_that_is_too_large_is_named_and_the_draft_can_go_on(invenio: Invenio, package: Path) -> None:
    largest = max(package.iterdir(), key=lambda path: path.stat().st_size)
    invenio.largest = largest.stat().st_size - 1
    with pytest.raises(DepositError, match=rf"{largest.name}: uploading: answered 413 .*more room") as problem:
        send(invenio, package)
    assert problem.value.code == "too_large"
    (draft_id,) = invenio.records
    assert f"--draft {draft_id} goes on" in str(problem.value)
    invenio.largest = 10**9
    done = send(invenio, package, draft=draft_id)
    assert done.record_id == draft_id
    assert done.already_there > 0
    assert done.uploaded + done.already_there == len(files(package))
    assert contents(invenio.records[draft_id]) == files(package)


def test_a_draft_that_failed_is_deleted_where_that_was_asked(invenio: Invenio, package: Path) -> None:
    invenio.largest = 10
    with pytest.raises(DepositError, match="was deleted"):
        send(invenio, package, discard=True)
    assert invenio.records == {}


def test_a_repository_that_fails_is_named_and_not_asked_to_publish_twice(invenio: Invenio, package: Path) -> None:
    invenio.faults = [Fault("POST", "/actions/publish", 500)]
    with pytest.raises(DepositError, match=r"publishing draft .*: answered 500; the repository failed") as problem:
        send(invenio, package, publish=True)
    assert problem.value.code == "server_error"
    assert sum(path.endswith("publish") for _, path in invenio.asked) == 0, "the fault came before it was done"
    (draft_id,) = invenio.records
    assert send(invenio, package, draft=draft_id, publish=True).is_published


def test_500_while_a_draft_is_made_leaves_nothing(invenio: Invenio, package: Path, pauses: list[float]) -> None:
    invenio.faults = [Fault("POST", "/api/records", 500)]
    with pytest.raises(DepositError, match="server_error: making a draft: answered 500"):
        send(invenio, package, pauses)
    assert (invenio.records, pauses) == ({}, []), "a draft is never asked for twice"


def test_a_broken_connection_is_tried_again(invenio: Invenio, package: Path, pauses: list[float]) -> None:
    invenio.faults = [Fault("PUT", "/award.parquet/content"), Fault("PUT", "/award.parquet/content")]
    done = send(invenio, package, pauses)
    assert contents(invenio.records[done.record_id]) == files(package)
    assert pauses == [2.0, 4.0]


def test_a_connection_that_stays_broken_is_named_and_can_go_on(
    invenio: Invenio, package: Path, pauses: list[float]
) -> None:
    invenio.faults = [Fault("PUT", "/award.parquet/content")] * 3
    with pytest.raises(DepositError, match=r"award.parquet: uploading: \w+; check the network") as problem:
        send(invenio, package, pauses)
    assert problem.value.code == "connection_broken"
    (draft_id,) = invenio.records
    assert invenio.records[draft_id]["entries"]["award.parquet"]["status"] == "pending"
    send(invenio, package, draft=draft_id)
    assert contents(invenio.records[draft_id]) == files(package)


def test_a_pause_that_the_repository_asks_for_is_kept(invenio: Invenio, package: Path, pauses: list[float]) -> None:
    invenio.faults = [Fault("PUT", "/content", 429, {"Retry-After": "17"})]
    send(invenio, package, pauses)
    assert pauses == [17.0]


def test_metadata_that_the_repository_refuses_is_named_by_field_before_any_upload(
    invenio: Invenio, package: Path
) -> None:
    with pytest.raises(DepositError, match=r"metadata\.rights\.0: Invalid license id.*was deleted") as problem:
        send(invenio, package, licence="unheard-of")
    assert problem.value.code == "metadata_refused"
    assert invenio.records == {}
    assert not any("/files" in path for _, path in invenio.asked)


def test_what_arrives_otherwise_than_sent_is_noticed(invenio: Invenio, package: Path) -> None:
    invenio.spoils = True
    with pytest.raises(DepositError, match="arrived with checksum md5"):
        send(invenio, package, publish=True)
    assert not any(record["is_published"] for record in invenio.records.values())


def test_files_of_a_draft_that_are_not_of_the_package_go(invenio: Invenio, package: Path) -> None:
    first = send(invenio, package)
    record = invenio.records[first.record_id]
    record["entries"]["old.csv"] = {"key": "old.csv", "status": "completed", "checksum": "md5:0", "content": b""}
    record["entries"]["award.parquet"] |= {"checksum": "md5:of another release", "content": b"old"}
    done = send(invenio, package, draft=first.record_id)
    assert contents(record) == files(package)
    assert done.uploaded == 1


def test_the_token_is_not_carried_to_another_address(invenio: Invenio, package: Path) -> None:
    with running(Invenio()) as other:
        invenio.faults = [Fault("POST", "/api/records", 307, {"Location": f"{other.url}/api/records"})]
        with pytest.raises(DepositError, match="moved: making a draft: answered 307"):
            send(invenio, package)
        assert other.asked == []


@pytest.mark.parametrize("address", ["http://zenodo.example", "ftp://127.0.0.1", "zenodo.example", ""])
def test_an_address_at_which_the_token_could_be_read_is_refused(address: str) -> None:
    with pytest.raises(UnusableInputError, match=r"--to: .*give an https address"):
        Repository(address, TOKEN)


def test_an_unknown_draft_is_named(invenio: Invenio, package: Path) -> None:
    with pytest.raises(DepositError, match="not_found: describing draft nothing-here: answered 404"):
        send(invenio, package, draft="nothing-here")


def test_a_draft_and_a_record_to_follow_are_not_named_together(invenio: Invenio, package: Path) -> None:
    with pytest.raises(UnusableInputError, match="--draft, --new-version-of"):
        send(invenio, package, draft="one", new_version_of="other")
    assert invenio.asked == []


@pytest.mark.parametrize(
    ("creator", "said"),
    [
        ("Example, Ada (0000-0002-1825-0098)", "not an ORCID iD"),
        ("Example, Ada (ada@example.org)", "write 'Family, Given'"),
        ("  ", "write 'Family, Given'"),
    ],
)
def test_a_creator_that_cannot_be_read_is_named(invenio: Invenio, package: Path, creator: str, said: str) -> None:
    with Repository(invenio.url, TOKEN) as repository, pytest.raises(UnusableInputError, match=said):
        deposit(Job(package, (creator,)), repository)
    assert invenio.asked == []


def test_a_name_without_a_comma_is_an_organisation(invenio: Invenio, package: Path) -> None:
    with Repository(invenio.url, TOKEN) as repository:
        done = deposit(Job(package, ("Example Foundation",)), repository)
    (creator,) = invenio.records[done.record_id]["metadata"]["creators"]
    assert creator == {"person_or_org": {"type": "organizational", "name": "Example Foundation"}}


def test_what_is_no_package_is_refused_before_anything_is_asked(
    invenio: Invenio, package: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.zip").write_bytes(b"not a zip")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for place in (tmp_path, tmp_path / "notes.zip", tmp_path / "empty.zip"):
        with pytest.raises(UnusableInputError, match="no data package"):
            send(invenio, place)
    copied = tmp_path / "copied"
    copied.mkdir()
    (copied / "datapackage.json").write_bytes((package / "datapackage.json").read_bytes())
    (copied / "passwords").symlink_to("/etc/hostname")
    with pytest.raises(UnusableInputError, match="passwords: not a file of a data package"):
        send(invenio, copied)
    assert invenio.asked == []


def test_an_answer_that_is_not_of_invenio_is_named(invenio: Invenio, package: Path) -> None:
    invenio.faults = [Fault("POST", "/api/records", 200)]
    with pytest.raises(DepositError, match="not_understood: the repository gives a draft the id None"):
        send(invenio, package)


def run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infracommons", "deposit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)


def test_the_command_takes_the_token_from_the_environment_and_never_tells_it(
    invenio: Invenio, package: Path, tmp_path: Path
) -> None:
    asked = [str(package), "--to", invenio.url, "--token-env", "REPOSITORY_TOKEN", "--creator", "Ada Example"]
    home = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    without = run(*asked, environment=home)
    assert (without.returncode, "REPOSITORY_TOKEN: no such variable" in without.stderr) == (2, True)
    refused = run(*asked, environment=home | {"REPOSITORY_TOKEN": "wrong-secret"})
    assert (refused.returncode, "token_refused" in refused.stderr) == (2, True)
    done = run(*asked, "--json", environment=home | {"REPOSITORY_TOKEN": TOKEN})
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["is_published"] is False
    assert contents(invenio.records[said["record_id"]]) == files(package)
    for output in (without, refused, done):
        assert TOKEN not in output.stdout + output.stderr
        assert "wrong-secret" not in output.stdout + output.stderr


def test_checksums_are_those_of_the_files(invenio: Invenio, package: Path) -> None:
    record = invenio.records[send(invenio, package).record_id]
    for path in package.iterdir():
        checksum = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
        assert record["entries"][path.name]["checksum"] == f"md5:{checksum}"
