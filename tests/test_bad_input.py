"""The hostile and the clumsy user of the command line: bad input is told in one line, and nothing is lost silently."""

import gzip
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from infracommons import cli

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared" / "data"
HEADER = "identifier,funder_name,recipient_name,title,start_date,amount,currency"
ZENODO = "Zenodo as a repository for all research data"
GOOD = f"1,Fund A,CERN,{ZENODO},2020-01-03,100.00,USD"
CORRECTIONS = "decision_id,kind,record_id,other_record_id,infrastructure_id,value,reason,decided_on"


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    line: str  # the last of the error stream


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run the real command in this process, as its entry point does: whatever it does not catch fails the test."""

    def command(*arguments: str | Path) -> Said:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["infracommons", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        lines = [line for line in err.splitlines() if line.startswith("infracommons: ")]
        status = ended.value.code if isinstance(ended.value.code, int) else 0
        assert len(lines) == (1 if status else 0), err
        assert not status or err.splitlines()[-1] == lines[0], "the one line is the last"
        return Said(status, out, lines[0] if lines else "")

    return command


@pytest.fixture(scope="session")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Definitions of one infrastructure: reading all of them takes longer than the rest of a small release."""
    folder = tmp_path_factory.mktemp("definitions")
    for part in ("catalogue", "search_terms"):
        (folder / part).mkdir()
        shutil.copy(ROOT / "definitions" / part / "zenodo.yaml", folder / part)
    return folder


@pytest.fixture
def make(run: Callable[..., Said], definitions: Path) -> Callable[[Path], "Release"]:
    """Make a release from a raw folder with the real command."""
    return lambda raw: Release(run, raw, definitions)


class Release:
    """A release made by the real command from a raw folder, and what came of it."""

    def __init__(self, run: Callable[..., Said], raw: Path, definitions: Path) -> None:
        self.out = raw.parent / "releases"
        said = run("release", "--raw", raw, "--out", self.out, "--definitions", definitions, "--json")
        assert said.status == 0, said.line
        self.counts: dict[str, Any] = json.loads(said.out.splitlines()[-1])
        parts = ("canonical", "duplicate", "instalment", "excluded")
        assert self.counts["records_in"] == sum(self.counts[part] for part in parts)

    def rows(self, table: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(self.out / "current" / f"{table}.parquet").to_pylist()
        return rows

    def set_aside(self) -> list[dict[str, Any]]:
        return [row for row in self.rows("exclusion") if row["stage"] == "normalise"]

    def only_one_set_aside(self) -> dict[str, Any]:
        (row,) = self.set_aside()
        return row


def own(raw: Path, *lines: str, name: str = "ours.csv", header: str = HEADER) -> Path:
    folder = raw / "award_table"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return raw


def put(raw: Path, source: str, name: str, content: bytes) -> Path:
    (raw / source).mkdir(parents=True, exist_ok=True)
    (raw / source / name).write_bytes(content)
    return raw


def zipped(members: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, content)
    return stream.getvalue()


def nsf(number: int, *, title: str = ZENODO) -> bytes:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<rootTag><Award><AwardTitle>{title}</AwardTitle>"
        f"<AwardEffectiveDate>07/01/2020</AwardEffectiveDate><AwardTotalIntnAmount>100</AwardTotalIntnAmount>"
        f"<AwardID>{number}</AwardID></Award></rootTag>"
    ).encode()


def project(number: int, **values: Any) -> dict[str, Any]:
    given = {
        "appl_id": number, "core_project_num": "R01GM000001", "project_title": ZENODO, "fiscal_year": 2020,
        "award_amount": 100, "agency_code": "NIH", "budget_start": "2020-01-02T00:00:00Z",
        "project_num": "5R01GM000001-02",
    }  # fmt: skip
    return given | values


def nih(*projects: dict[str, Any]) -> bytes:
    return json.dumps({"meta": {"search_id": "x", "total": len(projects)}, "results": projects}).encode()


# One record that is wrong.


@pytest.mark.parametrize(
    ("line", "reason", "said"),
    [
        ("2,Fund B,CERN,Zenodo,20222-01-01,1.00,USD", "bad_date", "start_date: '20222-01-01': not a date"),
        ('2,Fund B,CERN,Zenodo,2020-01-01,"1.000,00",EUR', "bad_amount", "amount: '1.000,00': not an amount"),
        ("2,Fund B,CERN,Zenodo,2020-01-01,1.000,EUR", "bad_amount", "amount: '1.000': one, or one thousand?"),
        ("2,Fund B,CERN,Zenodo,2020-01-01,1.00,XBT", "unknown_currency", "currency: 'XBT': not a currency code"),
        ("2,Fund B,CERN,Zenodo,2020-01-01,1.00,", "missing_value", "currency: None: an amount needs its currency"),
        (",Fund B,CERN,Zenodo,2020-01-01,1.00,USD", "missing_value", "identifier: '': an award needs it"),
        ("2,Fund B,CERN,Zenodo", "malformed_record", "the row has 4 fields, the header 7"),
        ('2,Fund B,CERN,"Zen"odo,2020-01-01,1.00,USD', "malformed_record", "not readable as CSV"),
        ('2,Fund B,CERN,"Zen"odo,2020-01-01,1.00,"U', "malformed_record", "not readable as CSV"),
        (f"2,Fund B,CERN,{'x' * 2**24}x,2020-01-01,1.00,USD", "malformed_record", "field larger than field limit"),
        ("2\0,Fund B,CERN,Zenodo,2020-01-01,1.00,USD", "malformed_record", "record_id: "),
    ],
    ids=lambda value: value[:40].replace("\0", "NUL") if isinstance(value, str) else None,
)
def test_a_malformed_record_is_set_aside_by_file_record_field_and_value_and_the_run_goes_on(
    make: Callable[[Path], Release], tmp_path: Path, line: str, reason: str, said: str
) -> None:
    release = make(own(tmp_path / "raw", line, GOOD))
    row = release.only_one_set_aside()
    assert (row["reason_code"], row["record_id"]) == (reason, "award_table:award_table/ours.csv#row 2")
    assert row["detail"].startswith("award_table/ours.csv: row 2: ")
    assert said in row["detail"]
    assert [award["amount_usd"] for award in release.rows("award")] == [Decimal("100.00")]


def test_an_amount_with_grouped_thousands_is_read(make: Callable[[Path], Release], tmp_path: Path) -> None:
    release = make(own(tmp_path / "raw", GOOD.replace("100.00", '"1,000.00"')))
    assert [row["amount"] for row in release.rows("award")] == [Decimal("1000.00")]


@pytest.mark.parametrize(
    ("odd", "column"),
    [
        ({"project_num": 17, "core_project_num": 9}, "award_number"),
        ({"project_detail_url": ["x"]}, "source_url"),
        ({"project_detail_url": "half \ud800 character"}, "source_url"),
        ({"organization": "CERN"}, "str"),
        ({"award_amount": {"USD": 1}}, "award_amount"),
        ({"project_title": {"en": "Zenodo"}}, "not the record's usual shape"),
    ],
)
def test_a_json_value_of_the_wrong_kind_costs_its_own_record_only(
    make: Callable[[Path], Release], tmp_path: Path, odd: dict[str, Any], column: str
) -> None:
    content = nih(project(1, **odd), project(2))
    release = make(put(tmp_path / "raw", "nih_reporter", "page.json", content))
    row = release.only_one_set_aside()
    assert row["record_id"] == "nih_reporter:nih_reporter/page.json#record 1"
    assert column in row["detail"]
    assert release.counts["awards"] == 1


def test_half_a_character_and_control_characters_in_a_text_do_not_cost_the_award(
    make: Callable[[Path], Release], tmp_path: Path
) -> None:
    content = nih(project(1, project_title=f"{ZENODO} \ud800\0\u0007!"))
    release = make(put(tmp_path / "raw", "nih_reporter", "page.json", content))
    assert [row["title"] for row in release.rows("award")] == [f"{ZENODO} \ufffd!"]


def test_a_rate_that_no_column_can_hold_is_set_aside(make: Callable[[Path], Release], tmp_path: Path) -> None:
    raw = own(tmp_path / "raw", GOOD)
    put(raw, "ecb_rates", "rates.csv", b"Date,USD,JPY,\n2020-01-03,1e40,120,\n2020-01-02,1.1,120,\n")
    assert "per_eur" in make(raw).only_one_set_aside()["detail"]


# Keys that stand twice.


def test_an_id_that_stands_twice_is_kept_twice_and_counted_once(
    make: Callable[[Path], Release], tmp_path: Path
) -> None:
    raw = own(tmp_path / "raw", GOOD, GOOD)
    own(raw, GOOD, name="again.csv")
    release = make(raw)
    assert [row["role"] for row in release.rows("award_record")].count("duplicate") == 2
    assert [row["amount_usd"] for row in release.rows("award")] == [Decimal("100.00")]


def test_an_id_that_looks_like_a_repeated_one_does_not_meet_it(make: Callable[[Path], Release], tmp_path: Path) -> None:
    other = GOOD.replace("1,", "1#2,", 1)
    release = make(own(tmp_path / "raw", GOOD, GOOD, other, other))
    assert len({row["record_id"] for row in release.rows("award_record")}) == 4


def test_an_instalment_that_stands_twice_is_a_duplicate_and_never_counted_twice(
    make: Callable[[Path], Release], tmp_path: Path
) -> None:
    raw = put(tmp_path / "raw", "nih_reporter", "a.json", nih(project(1), project(1)))
    later = project(2, fiscal_year=2021, award_amount=50, budget_start="2021-01-02T00:00:00Z")
    put(raw, "nih_reporter", "b.json", nih(project(1), later))
    release = make(raw)
    assert sorted(row["role"] for row in release.rows("award_record")) == [
        "canonical", "duplicate", "duplicate", "instalment",
    ]  # fmt: skip
    assert [row["amount_usd"] for row in release.rows("award")] == [Decimal("150.00")]


def test_two_members_of_one_name_are_both_read_and_both_booked(make: Callable[[Path], Release], tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped([("a.xml", nsf(1)), ("a.xml", nsf(2)), ("b.xml", nsf(3)[:-5]), ("b.xml", nsf(4)[:20])])
    release = make(put(tmp_path / "raw", "nsf", "awards.zip", content))
    assert {row["record_id"] for row in release.rows("award_record")} == {"nsf:1", "nsf:2", "nsf:3"}
    assert len(release.set_aside()) == 2


# Files that are cut, damaged, hostile or something else, put into the raw folder by hand.


def _cut_zip() -> bytes:
    """Return an archive cut off inside its third member."""
    content = zipped({f"{n}.xml": nsf(n) for n in range(1, 6)})
    return content[: content.index(b"3.xml") + 50]


def _gz(lines: int) -> bytes:
    golden = (GOLDEN / "ukri_gtr" / "raw").glob("*.jsonl*")
    line = next(golden).read_bytes().splitlines()[0]
    record = json.loads(line)
    many = [json.dumps({**record, "id": f"{number}-{zlib.crc32(bytes(number)):08x}"}) for number in range(lines)]
    return gzip.compress("\n".join(many).encode())


_GZ = _gz(200)
_CUT_GZ = _GZ[: len(_GZ) // 2]


@pytest.mark.parametrize(
    ("source", "name", "content", "kept"),
    [
        ("award_table", "cut.csv", f'{HEADER}\n{GOOD}\n2,Fund B,"CER'.encode(), 1),
        ("nsf", "cut.zip", _cut_zip(), 2),
        ("nsf", "cut.xml", nsf(1).removesuffix(b"</rootTag>") + b"<Award><AwardTit", 1),
        ("nih_reporter", "cut.json", nih(project(1), project(2), project(3))[:-40], 2),
        ("ukri_gtr", "cut.jsonl.gz", _CUT_GZ, zlib.decompressobj(31).decompress(_CUT_GZ).count(b"\n")),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_file_cut_in_the_middle_gives_the_records_before_the_cut_which_is_booked_and_harvest_refuses_it(
    run: Callable[..., Said],
    make: Callable[[Path], Release],
    tmp_path: Path,
    source: str,
    name: str,
    content: bytes,
    kept: int,
) -> None:
    release = make(put(tmp_path / "raw", source, name, content))
    cuts = [row for row in release.set_aside() if row["reason_code"] in {"damaged_file", "malformed_record"}]
    assert cuts
    assert all(f"{source}/{name}" in row["detail"] for row in cuts)
    assert release.counts["records_in"] - len(release.set_aside()) == kept > 0
    harvested = run("harvest", source, "--from", tmp_path / "raw" / source / name, "--raw", tmp_path / "other")
    assert harvested.status == 2
    assert name in harvested.line
    assert not (tmp_path / "other").exists()


def _lying_xlsx() -> bytes:
    """Return a spreadsheet that says it is small, checksum of the small part included, and is large."""
    content = zipped({"xl/sharedStrings.xml": b"Identifier Funding Org:Identifier" + bytes(2**23)})
    for magic, at_crc, at_size in ((b"PK\x03\x04", 14, 22), (b"PK\x01\x02", 16, 24)):
        start = content.index(magic)
        small = b"Identifier Funding Org:Identifier" + bytes(7)
        for at, value in ((at_crc, zlib.crc32(small)), (at_size, len(small))):
            content = content[: start + at] + value.to_bytes(4, "little") + content[start + at + 4 :]
    return content


def _overlapping() -> bytes:
    """Return a zip whose second member lies inside the first."""
    content = bytearray(zipped({"a.xml": nsf(1), "b.xml": nsf(2)}))
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    content[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(content)


def _bad_name() -> bytes:
    """Return a zip that says its member's name is UTF-8, which it is not."""
    content = zipped({"\u00e9\u00e9.xml": nsf(1)})
    return content.replace("\u00e9\u00e9.xml".encode(), b"\xff\xfe\xff\xfe.xml")


def _unknown_method() -> bytes:
    content = zipped({"a.xml": nsf(1)})
    for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = content.index(magic) + at
        content = content[:start] + (97).to_bytes(2, "little") + content[start + 2 :]
    return content


_TWICE = (
    b"donor,donee,amount,amount,donation_date,donation_date_precision,cause_area,notes\nA,B,1,2,2020-01-01,day,x,y\n"
)


@pytest.mark.parametrize(
    ("source", "name", "content", "said"),
    [
        ("nsf", "other.xml", b"<catalogue/>", "not in the format of"),
        ("nsf", "empty.xml", b"", "not in the format of"),
        ("award_table", "header_only_of_another.csv", b"a,b\n1,2\n", "not in the format of"),
        ("nsf", "empty.zip", zipped({}), "an empty archive"),
        ("nsf", "climbs.zip", zipped({"../../a.xml": nsf(1)}), "climbs out of the archive; refused"),
        ("nsf", "nested.zip", zipped({"inner.zip": zipped({"a.xml": nsf(1)})}), "not in the format of"),
        ("nsf", "bomb.zip", zipped({f"{n}.xml": bytes(2**21) for n in range(3)}), "refused as a bomb"),
        ("nsf", "overlap.zip", _overlapping(), "verlap"),
        ("nsf", "name.zip", _bad_name(), "name.zip"),
        ("nsf", "method.zip", _unknown_method(), "damaged"),
        ("ukri_gtr", "bomb.jsonl.gz", gzip.compress(b'{"id": "1", "ref": "' + bytes(2**23)), "refused as a bomb"),
        ("threesixtygiving", "bomb.xlsx", _lying_xlsx(), "refused as a bomb"),
        ("nih_reporter", "deep.json", b'{"search_id":"x","appl_id":1,"results":[' + b"[" * 10**6, "nested too deeply"),
        ("nsf", "laughs.xml", b"<rootTag><AwardEffectiveDate/><Award>&lol;", "unreadable after start"),
        ("donations", "twice.csv", _TWICE, "column 'amount' stands 2 times"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_hostile_or_foreign_file_in_the_raw_folder_is_booked_and_harvest_refuses_it(
    run: Callable[..., Said], make: Callable[[Path], Release], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    source: str, name: str, content: bytes, said: str,
) -> None:  # fmt: skip
    for module in ("raw", "spreadsheet"):
        monkeypatch.setattr(f"infracommons.pipeline.{module}.RATIO_JUDGED_FROM", 2**20)
    release = make(own(put(tmp_path / "raw", source, name, content), GOOD, name="good.csv"))
    aside = release.set_aside()
    assert any(said in row["detail"] and f"{source}/{name}" in row["detail"] for row in aside), aside
    assert release.counts["awards"] >= 1, "the other files are read"
    harvested = run("harvest", source, "--from", tmp_path / "raw" / source / name, "--raw", tmp_path / "other")
    assert harvested.status == 2
    assert name in harvested.line
    assert not (tmp_path / "other").exists()


def test_a_damaged_member_does_not_take_the_others_with_it(make: Callable[[Path], Release], tmp_path: Path) -> None:
    content = bytearray(zipped({f"{n}.xml": nsf(n) for n in range(1, 4)}))
    at = content.index(b"PK\x03\x04", 10) + 60
    content[at : at + 20] = bytes(20)
    release = make(put(tmp_path / "raw", "nsf", "hurt.zip", bytes(content)))
    assert "hurt.zip!2.xml" in release.only_one_set_aside()["detail"]
    assert {row["record_id"] for row in release.rows("award_record")} == {"nsf:1", "nsf:3"}


def test_a_byte_order_mark_and_mixed_line_ends_are_read(make: Callable[[Path], Release], tmp_path: Path) -> None:
    lines = [HEADER, GOOD, GOOD.replace("1,", "2,", 1), GOOD.replace("1,", "3,", 1)]
    content = (
        b"\xef\xbb\xbf" + "".join(f"{a}{b}" for a, b in zip(lines, ("\r", "\r\n", "\n", ""), strict=True)).encode()
    )
    release = make(put(tmp_path / "raw", "award_table", "ours.csv", content))
    assert (release.counts["records_in"], release.set_aside()) == (3, [])


def test_a_file_whose_name_is_no_utf_8_is_read_under_a_name_that_can_be_written(
    run: Callable[..., Said], make: Callable[[Path], Release], tmp_path: Path
) -> None:
    raw = own(tmp_path / "raw", GOOD)
    odd = Path(os.fsdecode(os.fsencode(raw / "award_table") + b"/\xff.csv"))
    (raw / "award_table" / "ours.csv").rename(odd)
    assert [row["raw_file"] for row in make(raw).rows("award_record")] == [r"award_table/\xff.csv"]
    assert run("harvest", "award_table", "--from", odd, "--raw", tmp_path / "other").status == 0
    assert run("harvest", "nsf", "--from", odd, "--raw", tmp_path / "other").status == 2


def test_links_are_read_as_the_files_they_lead_to_and_all_others_are_told(
    run: Callable[..., Said], make: Callable[[Path], Release], tmp_path: Path
) -> None:
    given, elsewhere = tmp_path / "given", own(tmp_path / "elsewhere", GOOD) / "award_table"
    given.mkdir()
    (given / "round").symlink_to(given)
    (given / "folder").symlink_to(elsewhere)
    (given / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    (given / "linked.csv").symlink_to(elsewhere / "ours.csv")
    said = run("harvest", "award_table", "--from", given, "--raw", tmp_path / "raw")
    assert said.status == 0
    assert "left out: folder: a link to a folder" in said.out
    assert "left out: round: a link to a folder" in said.out
    assert "left out: nowhere.csv: a link that leads nowhere" in said.out
    (tmp_path / "raw" / "award_table" / "more").symlink_to(elsewhere)
    (tmp_path / "raw" / "award_tabel").mkdir()
    warnings = make(tmp_path / "raw").counts["warnings"]
    assert [warning.partition(":")[0] for warning in warnings] == ["award_tabel", "award_table/more"]


@pytest.mark.parametrize("what", ["ours.csv", ""])
def test_what_may_not_be_read_is_refused_by_name_and_not_left_out(
    run: Callable[..., Said], definitions: Path, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = own(tmp_path / "raw", GOOD)
    path = raw / "award_table" / what
    if os.geteuid():
        path.chmod(0)
    else:  # root may read everything, so the system's answer is put in its mouth

        def denied(*_: object, onerror: Any = None) -> list[Any]:
            error = PermissionError(13, "Permission denied", str(path))
            if onerror:
                onerror(error)
            raise error

        monkeypatch.setattr("infracommons.pipeline.stages.normalise.sha256" if what else "os.walk", denied)
    said = run("release", "--raw", raw, "--out", tmp_path / "out", "--definitions", definitions)
    if os.geteuid():
        path.chmod(0o755)
    assert said.status == 2
    assert str(path) in said.line
    assert "cannot be read (Permission denied)" in said.line
    assert not (tmp_path / "out" / "current").exists()


# Commands that name something that is not there, or no such thing.


def test_an_unknown_source_is_refused_and_the_known_ones_are_listed(run: Callable[..., Said], tmp_path: Path) -> None:
    said = run("harvest", "nasa", "--from", tmp_path)
    assert said.status == 2
    assert "nasa: no such source; there are auto, award_table, " in said.line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["harvest", "auto", "--from", "nowhere"], "nowhere: no such file or folder"),
        (["harvest", "auto", "--from", "empty"], "empty: no file that any source can read: it is empty"),
        (["harvest", "auto", "--from", "notes"], "notes: no file that any source can read: a.txt: not in the format"),
        (["harvest", "award_table"], "award_table: is not harvested over HTTP; give its files with --from"),
        (["release", "--raw", "nowhere"], "nowhere: no such folder"),
        (["release", "--raw", "notes"], "notes: no file of any source"),
        (["release", "--raw", "notes/a.txt"], "notes/a.txt: not a folder"),
        (["release"], "work/raw: nothing was harvested yet; bring files in with `infracommons harvest"),
        (["release", "--raw", "raw", "--definitions", "nowhere"], "nowhere/catalogue: no definitions here"),
        (["release", "--raw", "raw", "--out", "notes/a.txt"], "notes/a.txt: not a folder"),
        (["release", "--engine", "abacus"], "'abacus' is not one of"),
        (["export", "release", "new", "--releases", "nowhere"], "nowhere/current: no readable release"),
        (["evaluate", "relevance", "nowhere.csv"], "'nowhere.csv' does not exist"),
        (["relase"], "No such command 'relase'"),
    ],
)
def test_what_is_not_there_is_told_in_one_line_with_status_2(
    run: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("notes")
    own(tmp_path / "raw", GOOD)
    told = run(*arguments)
    assert told.status == 2
    assert said in told.line


# Two at once, a kill at any moment, a disk that fills.


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "infracommons", *map(str, arguments)]


def is_whole(release: Path) -> bool:
    manifest = json.loads((release / "release.json").read_bytes())
    return all(pq.read_table(release / t["file"]).num_rows == t["rows"] for t in manifest["tables"])


@pytest.fixture
def small_golden(tmp_path: Path) -> Path:
    """The golden raw files of every source."""
    for folder in sorted(GOLDEN.iterdir()):
        shutil.copytree(folder / "raw", tmp_path / "golden" / folder.name)
    return tmp_path / "golden"


def test_of_two_releases_at_once_one_is_made_and_the_other_says_so(
    small_golden: Path, definitions: Path, tmp_path: Path
) -> None:
    arguments = command("release", "--raw", small_golden, "--out", tmp_path / "out", "--definitions", definitions)
    both = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.wait(): process.communicate()[1] for process in both}
    assert set(said) == {0, 2}
    assert "another release is being made here; wait for it" in said[2].splitlines()[-1]
    assert is_whole(tmp_path / "out" / "current")


def test_a_kill_at_any_moment_leaves_the_current_release_whole_and_the_next_run_succeeds(
    make: Callable[[Path], Release], small_golden: Path, definitions: Path, tmp_path: Path
) -> None:
    make(own(tmp_path / "raw", GOOD))
    out = tmp_path / "releases"
    arguments = command("release", "--raw", small_golden, "--out", out, "--definitions", definitions)
    began = time.monotonic()
    subprocess.run(arguments, capture_output=True, check=True)
    whole = time.monotonic() - began
    # From the moment the work has begun until after the last rename.
    for part in (0.4, 0.6, 0.8, 0.95):
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert is_whole(out / "current"), part
    subprocess.run(arguments, capture_output=True, check=True)
    assert is_whole(out / "current")
    assert not [path for path in out.iterdir() if path.name.startswith((".building", ".current-"))]


@pytest.mark.parametrize("step", ["rename", "symlink_to", "replace"])
def test_a_kill_between_the_last_steps_leaves_one_release_or_the_other(
    make: Callable[[Path], Release], definitions: Path, tmp_path: Path, step: str
) -> None:
    raw = own(tmp_path / "raw", GOOD)
    releases = make(raw).out
    own(raw, GOOD.replace("1,", "2,", 1), name="more.csv")
    dies = f"import os, pathlib; pathlib.Path.{step} = lambda *_: os.kill(os.getpid(), {signal.SIGKILL:d})"
    _, _, _, *arguments = command("release", "--raw", raw, "--out", releases, "--definitions", definitions)
    dying = [sys.executable, "-c", f"{dies}; from infracommons.cli import main; main()", *arguments]
    assert subprocess.run(dying, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert is_whole(tmp_path / "releases" / "current")
    assert len(make(raw).rows("award_record")) == 2


def test_a_disk_that_fills_while_harvesting_leaves_no_half_file_and_stops_at_once(tmp_path: Path) -> None:
    given = own(tmp_path / "given", *([GOOD] * 200)) / "award_table"
    shutil.copy(given / "ours.csv", given / "theirs.csv")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    arguments = command("harvest", "award_table", "--from", given, "--raw", tmp_path / "raw")
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, preexec_fn=full)
    assert done.returncode == 1
    assert "cannot be written (File too large); nothing of it was kept" in done.stderr.splitlines()[-1]
    assert [path for path in (tmp_path / "raw").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda current: (current / "release.json").unlink(), "not a whole release"),
        (lambda current: (current / "award.parquet").unlink(), "a table is missing"),
        (lambda current: (current / "award_record.parquet").write_bytes(b"PAR1"), "damaged"),
    ],
)
def test_a_spoilt_current_release_is_told_before_awards_get_new_ids(
    run: Callable[..., Said], make: Callable[[Path], Release], definitions: Path, tmp_path: Path,
    spoil: Callable[[Path], object], said: str,
) -> None:  # fmt: skip
    raw = own(tmp_path / "raw", GOOD)
    current = make(raw).out / "current"
    for path in current.iterdir():
        path.chmod(0o644)
    spoil(current)
    told = run("release", "--raw", raw, "--out", tmp_path / "releases", "--definitions", definitions)
    assert told.status == 2
    assert said in told.line


# What people write by hand: definitions, corrections, labelled rows.


@pytest.fixture
def own_definitions(definitions: Path, tmp_path: Path) -> Path:
    """Definitions that a test may spoil."""
    return shutil.copytree(definitions, tmp_path / "definitions")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("catalogue", "name: Zenodo", "name: 5", "zenodo.yaml: name: 5: needs a text"),
        ("catalogue", "aliases: [Zenodo.org", "alias: [Zenodo.org", "zenodo.yaml: unknown key alias"),
        ("catalogue", "categories: [repository_service]", "categories: repository_service", "needs a list"),
        ("catalogue", "launched: 2013", "launched: soon", "launched: 'soon': needs a whole number"),
        ("catalogue", "country: CH", "country: no", "country: False: needs a text"),
        ("catalogue", "name: Zenodo", "name: [", "not readable as YAML"),
        ("catalogue", "steward: {name", "steward: {nam", "steward: missing name"),
        ("search_terms", "abstract:", "abstrac:", "zenodo.yaml: missing abstract"),
        ("search_terms", "\\bzenodo", "(zenodo", "missing ), unterminated subpattern"),
        ("search_terms", "no_match:", "nomatch:", "examples: missing no_match"),
        ("search_terms", "field: abstract", "field: abstrakt", "needs a field"),
        ("search_terms", "words:", "word:", "other_meanings: missing words"),
    ],
)
def test_a_slip_in_a_definition_is_told_by_file_key_and_value(
    run: Callable[..., Said], own_definitions: Path, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    path = own_definitions / file / "zenodo.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    told = run(
        "release", "--raw", own(tmp_path / "raw", GOOD), "--out", tmp_path / "out", "--definitions", own_definitions
    )
    assert told.status == 2
    assert f"{file}/zenodo.yaml: " in told.line
    assert said in told.line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("d1,support,award_table:1,,zenoddo,supports,why,", "infrastructure_id: 'zenoddo': the catalogue has no such"),
        ("d1,share,award_table:1,,zenodo,half,why,", "value: 'half': not an amount"),
        ('d1,share,award_table:1,,zenodo,"1.000,00",why,', "value: '1.000,00': not an amount"),
        ("d1,support,award_table:1,,zenodo,maybe,why,", "value: 'maybe': not one of supports, rejected"),
        ("d1,suport,award_table:1,,zenodo,supports,why,", "kind: 'suport': not one of"),
        ("d1,same_award,award_table:1,,,,why,", "other_record_id: None: a decision of kind same_award needs it"),
        ("d1,same_award,award_table:1,award_table:1,,,why,", "other_record_id: 'award_table:1': the record itself"),
        ("d1,support,award_table:1,,zenodo,supports,,", "reason: '': "),
        ("d1,support,award_table:1,,zenodo,supports,why,2026-13-01", "decided_on: '2026-13-01': not a date"),
        ("d1,support,award_table:1", "decision_id: None: the row has 3 fields, the header 8"),
    ],
)
def test_a_slip_in_a_correction_is_told_by_file_row_column_and_value(
    run: Callable[..., Said], own_definitions: Path, tmp_path: Path, line: str, said: str
) -> None:
    (own_definitions / "corrections").mkdir()
    (own_definitions / "corrections" / "ours.csv").write_text(f"{CORRECTIONS}\n{line}\n")
    told = run(
        "release", "--raw", own(tmp_path / "raw", GOOD), "--out", tmp_path / "out", "--definitions", own_definitions
    )
    assert told.status == 2
    assert f"corrections/ours.csv: row 2: {said}" in told.line


def test_a_correction_of_a_record_that_is_away_waits_and_is_told(
    run: Callable[..., Said], own_definitions: Path, tmp_path: Path
) -> None:
    (own_definitions / "corrections").mkdir()
    line = "d1,support,award_table:9,,zenodo,supports,why,"
    (own_definitions / "corrections" / "ours.csv").write_bytes(f"\ufeff{CORRECTIONS}\r\n{line}\r\n".encode())
    raw = own(tmp_path / "raw", GOOD)
    decision = {"decision_id": "d7", "kind": "support", "record_id": "award_table:1", "infrastructure_id": "gone"}
    put(raw, "curation", "site.jsonl", json.dumps(decision | {"value": "supports", "reason": "it is"}).encode())
    release = Release(run, raw, own_definitions)
    manifest = json.loads((release.out / "current" / "release.json").read_bytes())
    away, gone = manifest["warnings"]
    assert away.endswith("ours.csv: row 2: record_id: 'award_table:9': no such record among the raw files; "
                         "the decision waits for it")  # fmt: skip
    assert gone.startswith("curation: decision d7: infrastructure_id: 'gone': the catalogue has no such infrastructure")


def test_a_source_whose_records_are_all_set_aside_is_still_accounted_for(
    make: Callable[[Path], Release], tmp_path: Path
) -> None:
    release = make(own(tmp_path / "raw", "1,,,,,,", "2,,,,,,"))
    assert (release.counts["records_in"], release.counts["excluded"], release.counts["awards"]) == (2, 2, 0)


GOLD_SUPPORT = "oi_name,grant_title,grant_description,recipient,award_supercat,award_cat"


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("relevance", "", "gold.csv: no column"),
        ("relevance", "infrastructure,title\nZenodo,A title\n", "gold.csv: no column description, relevant"),
        ("relevance", "infrastructure,title,description,relevant\n", "gold.csv: no rows"),
        ("relevance", "infrastructure,title,description,relevant\nZenodo,T,D,PERHAPS\n", "row 2: relevant: 'PERHAPS'"),
        ("relevance", "infrastructure,title,description,relevant\nZenodo,T\n", "row 2: "),
        ("support-type", "", "gold.csv: no column"),
        ("support-type", "oi_name,grant_title\n", "gold.csv: no column award_cat, award_supercat"),
        ("support-type", f"{GOLD_SUPPORT}\n", "gold.csv: no rows"),
        ("support-type", f"{GOLD_SUPPORT}\n[],T,D,R,DIRECT,OTHER\n", "row 2: oi_name '[]' names no infrastructure"),
        ("support-type", f'{GOLD_SUPPORT}\n"[""Zenodo""]",T,D,R,SORT OF,\n', "row 2: award_supercat 'SORT OF'"),
        ("support-type", f"{GOLD_SUPPORT}\nZenodo\n", "row 2: "),
        ("support-type", f'{GOLD_SUPPORT}\n"[""Zeno', "gold.csv: "),
        ("duplicates", "", "gold.csv: no column"),
        ("duplicates", "id_a,id_b\n", "gold.csv: no column label"),
        ("duplicates", "id_a,id_b,label\n", "gold.csv: no rows"),
        ("duplicates", "id_a,id_b,label\n1,2,alike\n", "row 2: label: 'alike': none of"),
        ("duplicates", "id_a,id_b,label\n1,2\n", "row 2: "),
    ],
)
def test_labelled_rows_that_cannot_be_used_are_told_by_file_row_column_and_value(
    run: Callable[..., Said], definitions: Path, tmp_path: Path, kind: str, content: str, said: str
) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text(content)
    records = put(tmp_path, "records", "page.json", nih(project(1), project(2))) / "records" / "page.json"
    more = ["--records", records] if kind == "duplicates" else ["--definitions", definitions]
    told = run("evaluate", kind, gold, *more)
    assert told.status == 2
    assert said in told.line
    assert "gold.csv" in told.line


# Export.


def test_an_export_never_writes_over_files_and_refuses_an_unknown_format_before_it_writes(
    run: Callable[..., Said], make: Callable[[Path], Release], tmp_path: Path
) -> None:
    releases = make(own(tmp_path / "raw", GOOD)).out
    there = tmp_path / "export"
    there.mkdir()
    (there / "award.csv").write_text("mine")
    told = run("export", "release", there, "--releases", releases)
    assert (told.status, (there / "award.csv").read_text()) == (2, "mine")
    assert f"{there}: not empty" in told.line
    told = run("export", "release", tmp_path / "new", "--releases", releases, "--format", "pdf")
    assert (told.status, (tmp_path / "new").exists()) == (2, False)
    assert "'pdf': not a format; there are csv, jsonl, parquet, xlsx" in told.line
    assert run("export", "release", tmp_path / "new", "--releases", releases, "--format", "xlsx").status == 0


def test_a_folder_comes_from_the_option_or_else_from_the_environment(
    run: Callable[..., Said], make: Callable[[Path], Release], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = make(own(tmp_path / "raw", GOOD)).out
    monkeypatch.setenv("INFRACOMMONS_RELEASES", str(releases))
    assert run("export", "release", tmp_path / "one").status == 0
    monkeypatch.setenv("INFRACOMMONS_RELEASES", str(tmp_path / "nowhere"))
    assert run("export", "release", tmp_path / "two").status == 2
    assert run("export", "release", tmp_path / "two", "--releases", releases).status == 0
