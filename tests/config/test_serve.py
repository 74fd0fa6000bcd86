import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

SERVE = "from infracommons.config.serve import serve; serve(port=0)"


def environment(**more: str) -> dict[str, str]:
    """Return a fresh user's environment."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    root = Path(__file__).parents[2]
    return kept | {"PYTHONPATH": str(root / "src"), "INFRACOMMONS_DEFINITIONS": str(root / "definitions")} | more


@contextmanager
def served(work: Path, **more: str) -> Iterator[str]:
    """Serve from a fresh folder, and give the address that is printed."""
    command, env = [sys.executable, "-c", SERVE], environment(**more)
    with subprocess.Popen(command, cwd=work, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            process.terminate()


def test_a_fresh_folder_is_served_at_the_printed_address_and_says_what_to_do(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        answer = httpx.get(f"{address}funding/", timeout=30)
        assert answer.status_code == 503
        assert "infracommons release" in answer.text
    assert (tmp_path / "work" / "secret_key").stat().st_mode & 0o077 == 0


def test_the_release_that_the_environment_names_is_served_with_style_and_script(
    golden_release: Path, tmp_path: Path
) -> None:
    with served(tmp_path, INFRACOMMONS_RELEASES=str(golden_release), SECRET_KEY="x" * 50) as address:
        for part in (
            "funding/",
            "static/shared/style.css",
            "static/shared/page.js",
            "funding/awards.csv",
            "funding/awards.xlsx",
        ):
            answer = httpx.get(address + part, timeout=30)
            assert answer.status_code == 200
            assert answer.content
    assert not (tmp_path / "work" / "secret_key").exists(), "a key from the environment is not written down"


def test_a_port_in_use_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-c", SERVE.replace("0", str(port))]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False, timeout=60
        )
    assert done.returncode != 0
    assert f"UnusableInputError: port {port} of 127.0.0.1: " in done.stderr
    assert "choose another with PORT=" in done.stderr
