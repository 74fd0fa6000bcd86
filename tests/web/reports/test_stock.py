"""Files of reports are made once, one at a time, however many readers ask; a failure is told and tried again."""

import subprocess
import threading
import time
from pathlib import Path

import pytest

from infracommons.web.reports import stock as module
from infracommons.web.reports.stock import BusyError, NotMadeError, Stock, Wanted

WANTED = Wanted("ours", None, "html")


class Maker:
    """Makes files when it is let, and counts what it made and how many at a time."""

    def __init__(self, *, fails: bool = False) -> None:
        self.let = threading.Event()
        self.fails = fails
        self.made: list[str] = []
        self.at_once = self.most_at_once = 0

    def __call__(self, wanted: Wanted, out: Path) -> None:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.let.wait(10)
        self.at_once -= 1
        if self.fails:
            raise subprocess.CalledProcessError(2, "infracommons report")
        self.made.append(wanted.file)
        (out / wanted.file).write_text("made", encoding="utf-8")


def test_many_readers_who_ask_for_the_same_file_have_it_made_once(tmp_path: Path) -> None:
    maker = Maker()
    stock = Stock(tmp_path / "stock", maker)
    found: list[Path | None] = []
    readers = [threading.Thread(target=lambda: found.append(stock.ask(WANTED, 10))) for _ in range(8)]
    for reader in readers:
        reader.start()
    maker.let.set()
    for reader in readers:
        reader.join()
    assert found == [tmp_path / "stock" / "ours.html"] * 8
    assert maker.made == ["ours.html"]


def test_a_reader_waits_no_longer_than_asked_and_finds_the_file_later(tmp_path: Path) -> None:
    maker = Maker()
    stock = Stock(tmp_path / "stock", maker)
    began = time.monotonic()
    assert stock.ask(WANTED, 0.05) is None
    assert time.monotonic() - began < 2
    maker.let.set()
    assert stock.ask(WANTED, 10) == tmp_path / "stock" / "ours.html"


def test_different_files_are_made_one_after_another(tmp_path: Path) -> None:
    maker = Maker()
    stock = Stock(tmp_path / "stock", maker)
    wanted = [Wanted("ours", f"example-{number}", "pdf") for number in range(4)]
    assert [stock.ask(one, 0.01) for one in wanted] == [None] * 4
    maker.let.set()
    assert all(stock.ask(one, 10) for one in wanted)
    assert maker.most_at_once == 1


def test_two_processes_make_a_file_once(tmp_path: Path) -> None:
    first, second = Maker(), Maker()
    ours, theirs = Stock(tmp_path / "stock", first), Stock(tmp_path / "stock", second)
    assert ours.ask(WANTED, 0.05) is None
    assert theirs.ask(WANTED, 0.05) is None
    first.let.set()
    second.let.set()
    assert ours.ask(WANTED, 10)
    assert theirs.ask(WANTED, 10)
    assert sorted(first.made + second.made) == ["ours.html"]


def test_a_failure_is_told_and_tried_again_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker(fails=True)
    maker.let.set()
    stock = Stock(tmp_path / "stock", maker)
    for _ in range(2):
        with pytest.raises(NotMadeError):
            stock.ask(WANTED, 10)
    maker.fails = False
    with pytest.raises(NotMadeError):
        stock.ask(WANTED, 10)
    monkeypatch.setattr(module, "_TRY_AGAIN_SECONDS", -1)
    assert stock.ask(WANTED, 10)


def test_no_more_are_taken_than_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_WAITING", 2)
    maker = Maker()
    stock = Stock(tmp_path / "stock", maker)
    for name in ("one", "two"):
        assert stock.ask(Wanted("ours", name, "pdf"), 0.01) is None
    with pytest.raises(BusyError):
        stock.ask(Wanted("ours", "three", "pdf"), 0.01)
    maker.let.set()
    assert stock.ask(Wanted("ours", "two", "pdf"), 10)


def test_the_oldest_files_and_folders_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_FILES", 3)
    maker = Maker()
    maker.let.set()
    for number in range(6):
        assert Stock(tmp_path / f"release-{number}", maker).ask(WANTED, 10)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == module._MOST_FOLDERS
    stock = Stock(tmp_path / "release-5", maker)
    for number in range(5):
        assert stock.ask(Wanted("ours", f"example-{number}", "pdf"), 10)
    kept = {path.name for path in (tmp_path / "release-5").iterdir()} - {".lock"}
    assert len(kept) == 3
    assert "ours_example-4.pdf" in kept
