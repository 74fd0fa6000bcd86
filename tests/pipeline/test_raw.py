"""Raw files are opened whatever they are packed in, and trusted in nothing."""

import gzip
import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from infracommons.pipeline import raw
from infracommons.pipeline.raw import documents, sha256
from infracommons.vocabulary.problems import UnusableInputError

PLAIN = b'{"grants": []}'


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read_all(path: Path) -> dict[str, bytes]:
    return {document.name: document.read() for document in documents(path)}


def test_a_plain_file_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(PLAIN)
    (document,) = documents(tmp_path / "a.json", "nsf/a.json")
    assert (document.name, document.suffix, document.head(), document.read()) == ("nsf/a.json", ".json", PLAIN, PLAIN)


def test_a_gzip_is_one_document_with_the_ending_inside(tmp_path: Path) -> None:
    (tmp_path / "a.JSONL.gz").write_bytes(gzip.compress(PLAIN))
    (document,) = documents(tmp_path / "a.JSONL.gz")
    assert (document.suffix, document.read()) == (".jsonl", PLAIN)


def test_each_member_of_a_zip_is_a_document_and_folders_are_none(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"x/": b"", "x/b.xml": b"<b/>", "a.csv": b"a"})
    assert read_all(path) == {"a.zip!a.csv": b"a", "a.zip!x/b.xml": b"<b/>"}


def test_a_spreadsheet_is_one_document_though_it_is_a_zip(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<x/>"})
    assert list(read_all(path)) == ["a.xlsx"]


def test_only_the_head_of_a_large_file_is_read_to_know_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * 10_000)
    (document,) = documents(tmp_path / "a.csv")
    assert len(document.head()) == 4096


@pytest.mark.parametrize(
    "name", ["../evil.json", "a/../../evil.json", "/etc/evil.json", "C:/evil.json", "..\\evil.json"]
)
def test_a_zip_that_climbs_out_is_refused_before_anything_is_read(name: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "climbs.zip", {"good.json": PLAIN, name: PLAIN})
    with pytest.raises(UnusableInputError, match=r"climbs\.zip: member .* climbs out of the archive; refused"):
        next(documents(path))


def test_nothing_is_unpacked_onto_the_disk(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"b.json": PLAIN})
    read_all(path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_gzip_bomb_is_refused_while_it_goes_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "RATIO_JUDGED_FROM", 2**20)
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(bytes(2**23)))
    (document,) = documents(path)
    assert document.head() == bytes(4096)
    with pytest.raises(UnusableInputError, match="unpacks to more than 1,048,576 bytes; refused as a bomb"):
        document.read()


def test_a_zip_bomb_is_refused_by_what_it_says_before_it_goes_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "RATIO_JUDGED_FROM", 2**20)
    path = packed(tmp_path / "bomb.zip", {f"{number}.json": bytes(2**21) for number in range(3)})
    with pytest.raises(UnusableInputError, match=r"bomb\.zip: unpacks to more than 1,048,576 bytes; refused as a bomb"):
        next(documents(path))


def test_a_zip_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    path = packed(tmp_path / "lies.zip", {"a.json": bytes(2**20)})
    content = path.read_bytes()
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # the size unpacked, in both headers
        at = content.index(magic) + offset
        content = content[:at] + (100).to_bytes(4, "little") + content[at + 4 :]
    path.write_bytes(content)
    opened = documents(path)
    with pytest.raises(UnusableInputError, match="damaged or cut off"):
        next(opened).read()


def test_data_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 2**22))
    (document,) = documents(path)
    assert len(document.read()) == 2**22


@pytest.mark.parametrize("members", [{}, {"only_a_folder/": b""}])
def test_an_empty_archive_is_refused(members: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"empty\.zip: an empty archive"):
        list(documents(packed(tmp_path / "empty.zip", members)))


def test_a_zip_without_its_end_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "cut.zip", {"a.json": os.urandom(10_000)})
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnusableInputError, match=r"cut\.zip: not a whole zip archive .*; fetch it again"):
        list(documents(path))


def test_a_zip_damaged_inside_is_refused_where_the_damage_is(tmp_path: Path) -> None:
    path = packed(tmp_path / "hurt.zip", {"a.json": os.urandom(10_000), "b.json": PLAIN})
    content = bytearray(path.read_bytes())
    content[5_000:5_100] = bytes(100)
    path.write_bytes(content)
    opened = documents(path)
    with pytest.raises(UnusableInputError, match=r"hurt\.zip!a\.json: damaged or cut off"):
        next(opened).read()
    assert next(opened).read() == PLAIN


def test_a_gzip_cut_in_the_middle_gives_what_came_before_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.json.gz"
    path.write_bytes(gzip.compress(os.urandom(3 * 2**20))[: 2 * 2**20])
    (document,) = documents(path)
    with document.open() as stream:
        assert len(stream.read(2**20)) == 2**20
        with pytest.raises(UnusableInputError, match=r"cut\.json\.gz: damaged or cut off after [\d,]+ bytes"):
            stream.read()


def test_an_encrypted_member_is_refused_by_name(tmp_path: Path) -> None:
    path = packed(tmp_path / "locked.zip", {"secret.json": PLAIN})
    content = path.read_bytes()
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of encryption, in both headers
        at = content.index(magic) + offset
        content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=r"locked\.zip: member 'secret\.json' is encrypted; refused"):
        list(documents(path))


def test_the_checksum_is_that_of_the_bytes_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(PLAIN)
    assert sha256(tmp_path / "a") == hashlib.sha256(PLAIN).hexdigest()
