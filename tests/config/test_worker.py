"""The worker runs beside the site and ends with it, however the site ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A site that says which process works for it, and then does nothing until it is ended.
SITE = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
from infracommons.config import worker as beside
class Named(subprocess.Popen):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        print(self.pid, flush=True)
subprocess.Popen = Named
with beside.worker():
    time.sleep({seconds})
"""


def _started(work: Path, seconds: int) -> tuple[subprocess.Popen[str], int]:
    (work / "definitions").symlink_to(ROOT / "definitions")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": f"sqlite:///{work / 'app.sqlite3'}"}
    command = [sys.executable, "-c", SITE.format(seconds=seconds)]
    site = subprocess.Popen(command, cwd=work, env=environment, stdout=subprocess.PIPE, text=True)
    assert site.stdout is not None
    return site, int(site.stdout.readline())


def _is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        with suppress(OSError):
            if "Z" in Path(f"/proc/{pid}/stat").read_text().split(") ")[1][:1]:
                return True  # ended, and only nobody looked after it
        time.sleep(0.2)
    return False


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    site, worker = _started(tmp_path, seconds=60)
    yield site, worker
    with suppress(ProcessLookupError):
        os.killpg(worker, signal.SIGKILL)
    site.kill()
    site.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_the_worker_ends_with_the_site(running: tuple[subprocess.Popen[str], int], how: signal.Signals) -> None:
    site, worker = running
    assert not Path(f"/proc/{worker}").exists() or os.getpgid(worker) == worker, "a group of its own"
    site.send_signal(how)
    assert _is_gone(worker)
