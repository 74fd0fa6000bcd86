"""A publisher's server on this machine, which pages, fails, stalls and cuts answers off as a test tells it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest


@dataclass
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    json: Any
    headers: dict[str, str]


@dataclass
class Answer:
    """What the server answers. `keep`: bytes of the body that it sends before it hangs up; `stall`: seconds before."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    keep: int | None = None
    stall: float = 0.0


@dataclass
class Loopback:
    """The server: `answer` gives the answer to each request; `faults` are given first, in their order."""

    url: str = ""
    answer: Callable[[Asked], Answer] = lambda _: Answer(status=404)
    faults: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def reply(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.faults.pop(0) if self.faults else self.answer(asked)


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    state = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, sent: bytes) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
            body = json.loads(sent) if sent else None
            answer = state.reply(Asked(self.command, parts.path, query, body, dict(self.headers)))
            if answer.stall:
                state.released.wait(answer.stall)
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: answer.keep])

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield state
        state.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer
