"""Sites on this machine that answer as sites on the web do, well and badly, and a policy that may ask them."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from infracommons.web.catalogue.upkeep.reach import Finding, Policy, Visitor
from infracommons.web.catalogue.upkeep.visits import visit_all

Resolve = Callable[[str, int], Awaitable[list[str]]]
Visits = Callable[..., dict[str, Finding]]


@dataclass
class Site:
    """A site: `answers` are (status, headers, body) by path, `asked` what was asked of it as (method, path, Host)."""

    port: int
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "site.example.com") -> str:
        return f"http://{host}:{self.port}{path}"


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            site.asked.append((self.command, self.path, self.headers.get("Host", "")))
            site.agents.add(self.headers.get("User-Agent", ""))
            if self.path == "/silent":
                site.release.wait(10)
            status, headers, body = site.answers.get(self.path, (200, {}, b"ok"))
            if self.command == "HEAD" and self.path == "/no-head":
                status = 405
            site.at_once -= 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self._send(body)

        do_GET = do_HEAD = answer  # noqa: N815 - the names of the standard library

        def _send(self, body: bytes) -> None:
            try:
                self.wfile.write(body)
            except OSError:
                site.asked.append(("cut", self.path, ""))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's signature
            pass

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site(0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(found))
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.release.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def loopback() -> Policy:
    """A policy that takes this machine for the web, and knows every name."""
    return Policy(written=lambda url: url, allows=lambda address: address.is_loopback, resolve=resolving())


@pytest.fixture
def visits(loopback: Policy) -> Visits:
    """Return a function that visits addresses under a policy, without pauses."""

    def visit(*urls: str, policy: Policy = loopback, seconds: float = 5.0) -> dict[str, Finding]:
        def visitor_of(client: httpx.AsyncClient) -> Visitor:
            return Visitor(client, policy, seconds=seconds, pause=0)

        return asyncio.run(visit_all(urls, visitor_of))

    return visit


def resolving(**hosts: list[str]) -> Resolve:
    """Return a resolver that knows these hosts (dots written as _) and leads all others to this machine."""

    async def resolve(host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return hosts.get(host.replace(".", "_"), ["127.0.0.1"])

    return resolve
