"""Files from a path go into the raw folder bytes unchanged, and only such as can be read."""

import gzip
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from infracommons.pipeline.harvest import AUTO, harvest_from
from infracommons.vocabulary.problems import NotWrittenError, UnusableInputError

GOLDEN = Path(__file__).parents[1] / "golden"
NSF = GOLDEN / "nsf" / "raw"
PAGE = NSF / "awards-2021-03-000001.json"
FEBRUARY_2021 = 1_613_561_858  # 17 February 2021, 11:37:38 UTC


@pytest.fixture
def grants(tmp_path: Path) -> Path:
    """A publisher's file, last changed in February 2021."""
    path = tmp_path / "in" / "nsf awards (2021).json"
    path.parent.mkdir()
    shutil.copy(PAGE, path)
    os.utime(path, (FEBRUARY_2021, FEBRUARY_2021))
    return path


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def test_a_file_keeps_its_bytes_and_its_name_tells_subject_day_and_version(grants: Path, tmp_path: Path) -> None:
    report = harvest_from("nsf", grants, tmp_path / "raw")
    (stored,) = report.stored
    assert stored.file == f"nsf/nsf-awards-2021_2021-02-17_{stored.sha256[:12]}.json"
    assert (tmp_path / "raw" / stored.file).read_bytes() == grants.read_bytes()
    assert (stored.records, stored.was_there, report.skipped) == (4, False, [])


def test_the_same_bytes_are_stored_once_whatever_the_file_is_called(grants: Path, tmp_path: Path) -> None:
    harvest_from("nsf", grants, tmp_path / "raw")
    other = shutil.copy(grants, tmp_path / "another name.json")
    (again,) = harvest_from("nsf", Path(other), tmp_path / "raw").stored
    assert again.was_there
    assert len(list((tmp_path / "raw").rglob("*.json"))) == 1


def test_a_new_version_stands_beside_the_old_one(grants: Path, tmp_path: Path) -> None:
    harvest_from("nsf", grants, tmp_path / "raw")
    before = {path: path.read_bytes() for path in (tmp_path / "raw").rglob("*.json")}
    grants.write_bytes(grants.read_bytes() + b"\n")
    harvest_from("nsf", grants, tmp_path / "raw")
    after = {path: path.read_bytes() for path in (tmp_path / "raw").rglob("*.json")}
    assert len(after) == 2
    assert before.items() <= after.items()


def test_auto_finds_the_source_of_each_file_in_a_folder_and_lists_what_it_leaves(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("nsf", "ror", "threesixtygiving"):
        shutil.copytree(GOLDEN / name / "raw", folder / name, ignore=shutil.ignore_patterns("9000010.xml"))
    (folder / "notes.txt").write_text("what I did")
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "registry.json").write_text('[{"title": "a registry", "publisher": {"name": "Example"}}]')
    report = harvest_from(AUTO, folder, tmp_path / "raw")
    by_source = {
        source: sum(one.source == source for one in report.stored) for source in ("nsf", "ror", "threesixtygiving")
    }
    assert by_source == {"nsf": 11, "ror": 3, "threesixtygiving": 4}
    assert {one.file: one.reason.partition(": ")[2] for one in report.skipped} == {
        ".DS_Store": "hidden",
        "notes.txt": "not in the format of any source",
        "registry.json": "not in the format of any source",
    }


def test_a_folder_without_a_usable_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UnusableInputError, match="no file that any source can read: it is empty"):
        harvest_from(AUTO, tmp_path / "in", tmp_path / "raw")
    (tmp_path / "in" / "notes.txt").write_text("what I did")
    with pytest.raises(UnusableInputError, match=r"no file that source nsf can read: notes\.txt: not in the format of"):
        harvest_from("nsf", tmp_path / "in", tmp_path / "raw")
    assert not (tmp_path / "raw").exists()


def test_a_file_of_another_source_is_refused_by_name(grants: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"nsf awards \(2021\)\.json: not in the format of source ror"):
        harvest_from("ror", grants, tmp_path / "raw")


@pytest.mark.parametrize(
    ("source", "path", "said"),
    [("nasa", "x", "nasa: no such source; there are auto, "), ("nsf", "nowhere", "nowhere: no such file or folder")],
)
def test_what_is_not_there_is_said(source: str, path: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=said):
        harvest_from(source, tmp_path / path, tmp_path / "raw")


def test_an_archive_is_taken_as_it_is_when_its_documents_can_be_read(tmp_path: Path) -> None:
    documents = {path.name.replace(".", "__"): path.read_bytes() for path in (NSF / "2020").iterdir()}
    archive = zipped(tmp_path / "2020.zip", **documents, readme__txt=b"about")
    (stored,) = harvest_from("nsf", archive, tmp_path / "raw").stored
    assert stored.records == 10
    assert [one.partition(": ")[0] for one in stored.broken] == ["2020.zip!9000010.xml"]
    assert (tmp_path / "raw" / stored.file).read_bytes() == archive.read_bytes()


def test_an_archive_of_two_sources_is_sent_back_to_be_unpacked(tmp_path: Path) -> None:
    ror = (GOLDEN / "ror" / "raw" / "organisations-ax-0001.json").read_bytes()
    archive = zipped(tmp_path / "both.zip", a__json=PAGE.read_bytes(), b__json=ror)
    with pytest.raises(UnusableInputError, match="holds documents of nsf and of ror; unpack it"):
        harvest_from(AUTO, archive, tmp_path / "raw")


def unusable(name: str, folder: Path) -> bytes:
    """Return an archive or file that must not get into the raw folder."""
    page = PAGE.read_bytes()
    if name.endswith(".gz"):
        return gzip.compress(page)[:-40] if name.startswith("cut") else gzip.compress(b'{"response": [' + bytes(2**22))
    if name.endswith(".zip"):
        members = {"empty.zip": {}, "climbs.zip": {"../a__json": page}}.get(name, {"a__json": page})
        whole = zipped(folder / "made", **members).read_bytes()
        return whole[:-30] if name.startswith("cut") else whole
    without = json.dumps({"response": {"award": []}}).encode()
    return {"cut.json": page[: len(page) // 2], "empty.json": b"", "without.json": without}[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cut.json.gz", "damaged or cut off"),
        ("cut.json", "cut off or damaged"),
        ("cut.zip", "not a whole zip archive"),
        ("empty.zip", "an empty archive"),
        ("climbs.zip", "climbs out of the archive"),
        ("bomb.json.gz", "refused as a bomb"),
        ("empty.json", "not in the format of"),
        ("without.json", "without a record"),
    ],
)
def test_a_cut_empty_or_hostile_file_is_refused_before_it_is_stored(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infracommons.pipeline.raw.RATIO_JUDGED_FROM", 2**20)
    path = tmp_path / name
    path.write_bytes(unusable(name, tmp_path))
    with pytest.raises(UnusableInputError, match=said) as error:
        harvest_from(AUTO, path, tmp_path / "raw")
    assert name in str(error.value)
    assert not (tmp_path / "raw").exists()


def test_a_disk_that_fills_leaves_no_half_file(grants: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("infracommons.pipeline.landing.os.fsync", full)
    with pytest.raises(NotWrittenError, match=r"cannot be written \(No space left on device\); nothing of it was kept"):
        harvest_from("nsf", grants, tmp_path / "raw")
    assert list((tmp_path / "raw" / "nsf").iterdir()) == []


def test_an_interruption_leaves_no_half_file(grants: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("infracommons.pipeline.landing.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        harvest_from("nsf", grants, tmp_path / "raw")
    assert list((tmp_path / "raw" / "nsf").iterdir()) == []


def test_a_file_that_may_not_be_read_is_refused_by_name(
    grants: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: Path, _name: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("infracommons.pipeline.harvest.documents", denied)
    with pytest.raises(UnusableInputError, match=r"nsf awards \(2021\)\.json: cannot be read \(Permission denied\)"):
        harvest_from("nsf", grants, tmp_path / "raw")


def test_each_file_is_told_as_it_is_taken(grants: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    harvest_from("nsf", grants.parent, tmp_path / "raw", tell=lambda step, records: told.append((step, records)))
    assert told == [("Taking files", 4)]


def test_the_report_tells_a_person_and_a_program_the_same(grants: Path, tmp_path: Path) -> None:
    shutil.copytree(NSF / "2020", grants.parent / "2020")
    (grants.parent / "notes.txt").write_text("what I did")
    harvest_from("nsf", grants, tmp_path / "raw")
    report = harvest_from("nsf", grants.parent, tmp_path / "raw")
    lines, said = report.lines(), json.loads(json.dumps(report.as_dict()))
    assert lines[-1] == "11 files with 14 records"
    assert (said["files"], said["records"], len(said["stored"]), len(said["skipped"])) == (11, 14, 11, 2)
    there = [line for line in lines if line.endswith("there already")]
    assert [line.partition("_")[0] for line in there] == ["nsf/9000006", "nsf/nsf-awards-2021"]  # equal bytes, and seen
    assert "left out: notes.txt: not in the format of source nsf" in lines
    assert any(line.startswith("left out: 2020/9000010.xml: ") and "cut off or damaged" in line for line in lines)
