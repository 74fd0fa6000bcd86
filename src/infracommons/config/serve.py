"""Serves the site with Waitress, from one process."""

import sys
from contextlib import suppress
from threading import Thread

from waitress import create_server

from infracommons.config.worker import worker
from infracommons.vocabulary.problems import UnusableInputError

_THREADS = 8


def serve(port: int = 8000, host: str = "127.0.0.1") -> None:
    """Serve until interrupted, and print the address once the port is open; port 0 takes any free one.

    Raises UnusableInputError where the port cannot be opened.
    """
    from django.conf import settings  # noqa: PLC0415 - settings read the environment only now
    from django.db import DatabaseError  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    from infracommons.config.wsgi import application  # noqa: PLC0415
    from infracommons.exhibits.warm import warm_exhibits  # noqa: PLC0415
    from infracommons.insights.warm import warm as warm_release  # noqa: PLC0415
    from infracommons.web.catalogue.search.index import catalogue_index  # noqa: PLC0415
    from infracommons.web.funding.search.warm import warm_search  # noqa: PLC0415
    from infracommons.web.shared.published import current_release  # noqa: PLC0415

    _ = get_resolver().url_patterns  # loads every page's code now, so that the first reader does not wait for it
    with suppress(DatabaseError):  # a database without tables is told of by the pages that need it
        catalogue_index()
    if (release := current_release()) is not None:
        warm_release(release)
    Thread(target=warm_search, name="warm-search", daemon=True).start()  # a large release without an index takes long
    # Beside: readers of other pages need no drawing.
    Thread(target=warm_exhibits, args=(release,), name="warm-exhibits", daemon=True).start()
    behind = settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0  # then what proxies say of the reader reaches Django
    options = {"threads": _THREADS, "ident": "infracommons", "clear_untrusted_proxy_headers": not behind}
    try:
        server = create_server(application, host=host, port=port, **options)
    except OSError as error:
        message = f"port {port} of {host}: {error.strerror or error}; choose another with PORT= or --port"
        raise UnusableInputError(message) from error
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Infracommons is at http://{shown}:{server.effective_port}/ (stop with Ctrl+C)\n")
    sys.stdout.flush()
    with worker():
        server.run()
