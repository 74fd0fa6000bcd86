import os
import subprocess
import sys
from pathlib import Path

import pytest

from infracommons.pipeline.releases import ReleaseRunningError, current_manifest, put_in_place, workspace
from infracommons.vocabulary.release_files import MANIFEST


def _publish(releases: Path, name: str) -> None:
    with workspace(releases) as folder:
        built = folder / "release"
        built.mkdir()
        (built / MANIFEST).write_text(f'{{"release": "{name}"}}')
        put_in_place(built, releases, name)


def test_the_first_release_becomes_current_and_the_next_takes_its_place(tmp_path: Path) -> None:
    assert current_manifest(tmp_path) is None
    _publish(tmp_path, "one")
    _publish(tmp_path, "two")
    assert current_manifest(tmp_path) == {"release": "two"}
    assert (tmp_path / "one" / MANIFEST).exists()


def test_two_releases_at_once_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with workspace(tmp_path), pytest.raises(ReleaseRunningError, match="wait for it"), workspace(tmp_path):
        pass  # pragma: no cover - never reached


def test_what_was_not_published_is_gone_and_current_is_whole_after_a_fault(tmp_path: Path) -> None:
    _publish(tmp_path, "one")
    with pytest.raises(ZeroDivisionError), workspace(tmp_path) as folder:
        (folder / "half").write_text(str(1 / 0))
    assert current_manifest(tmp_path) == {"release": "one"}
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "one", "current"}


def test_a_killed_release_gives_the_lock_back_and_its_folder_goes_with_the_next_run(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from infracommons.pipeline.releases import workspace\n"
        "with workspace(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'half').write_text('x'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -9
    assert list(tmp_path.glob(".building-*"))
    _publish(tmp_path, "one")
    assert not list(tmp_path.glob(".building-*"))
    assert current_manifest(tmp_path) == {"release": "one"}


def test_a_published_file_cannot_be_written(tmp_path: Path) -> None:
    _publish(tmp_path, "one")
    assert os.stat(tmp_path / "one" / MANIFEST).st_mode & 0o222 == 0  # noqa: PTH116 - the mode, not the rights of root
