"""Serves the site with Waitress, from one process."""

import sys

from waitress import create_server

from infracommons.vocabulary.problems import UnusableInputError

_THREADS = 8


def serve(port: int = 8000, host: str = "127.0.0.1") -> None:
    """Serve until interrupted, and print the address once the port is open; port 0 takes any free one.

    Raises UnusableInputError where the port cannot be opened.
    """
    from infracommons.config.wsgi import application  # noqa: PLC0415 - settings read the environment only now

    try:
        server = create_server(application, host=host, port=port, threads=_THREADS, ident="infracommons")
    except OSError as error:
        message = f"port {port} of {host}: {error.strerror or error}; choose another with PORT= or --port"
        raise UnusableInputError(message) from error
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Infracommons is at http://{shown}:{server.effective_port}/ (stop with Ctrl+C)\n")
    sys.stdout.flush()
    server.run()
