"""Works off what the site does in the background, in a child process that ends with the site."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep

_SECONDS_TO_END = 10
_SECONDS_BETWEEN_LOOKS = 1


@contextmanager
def worker() -> Iterator[None]:
    """Keep a worker running beside the site.

    It lives in a process group of its own, with what it starts, and ends when the pipe to it closes: also where the
    site is killed.
    """
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as process:  # noqa: S603 - our own
        try:
            yield
        finally:
            if process.stdin is not None:
                process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_END)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def main() -> None:
    """Take tasks from the database until the pipe closes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infracommons.config.settings")
    import django  # noqa: PLC0415 - settings read the environment only now
    from django.core.management import call_command  # noqa: PLC0415

    Thread(target=_end_with_the_pipe, daemon=True).start()
    django.setup()
    from django.db import DatabaseError, close_old_connections  # noqa: PLC0415

    while True:
        with suppress(DatabaseError):  # without tables yet, or gone for a while: pages say that nothing is taken up
            call_command("db_worker", interval=_SECONDS_BETWEEN_LOOKS, startup_delay=False, verbosity=0)
        close_old_connections()
        sleep(_SECONDS_TO_END)


def _end_with_the_pipe() -> None:
    """Wait for the other end to close, then end this process and all that it started."""
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
