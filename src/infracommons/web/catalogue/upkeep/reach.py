"""Asks one web address how it is, without ever connecting to anything but the public address that was checked."""

import asyncio
import ipaddress
import socket
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from infracommons.web.catalogue.fields.addresses import is_public, web_address
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.models.links import LinkOutcome

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MOST_REDIRECTS = 5
MOST_BYTES = 64 * 1024
_MOST_ADDRESSES = 3  # of one host, tried in turn
_FOR_GOOD, _FOR_NOW = {301, 308}, {302, 303, 307}
_REFUSALS = {401, 403, 405, 406, 407, 429, 451, 999}
_FIRST_ERROR = 400
_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """How an address answered; `is_reached` is false where no server was heard at all."""

    outcome: LinkOutcome
    http_status: int | None = None
    detail: str = ""
    is_reached: bool = True


async def addresses_of(host: str, port: int) -> list[str]:
    """Return the network addresses of a host, best first, as the system's resolver gives them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Policy:
    """What may be asked: `written` checks an address as it is written, `allows` the network address behind it."""

    written: Callable[[str], str] = web_address
    allows: Callable[[Address], bool] = is_public
    resolve: Callable[[str, int], Awaitable[list[str]]] = addresses_of


class _NotPublicError(Exception):
    """An address leads to where visitors cannot follow."""


@dataclass
class Visitor:
    """Visits addresses one request a host at a time, each answer within `seconds`, `pause` seconds apart.

    Network addresses are looked up once a request, checked, and connected to as such: a name that changes its mind
    between the check and the connection (DNS rebinding) gains nothing. Proxies of the environment are not used.
    """

    client: httpx.AsyncClient
    policy: Policy = field(default_factory=Policy)
    seconds: float = 10.0
    pause: float = 1.0
    _hosts: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def visit(self, url: str) -> Finding:
        """Return how the address answers, after at most five redirects; never raises for what a server does."""
        try:
            return await self._follow(url)
        except _NotPublicError as error:
            return Finding(LinkOutcome.NOT_PUBLIC, detail=str(error)[:_LONGEST_DETAIL])
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError, UnicodeError, ValueError) as error:
            return Finding(LinkOutcome.BROKEN, detail=self._words(error), is_reached=_is_heard(error))

    async def _follow(self, url: str) -> Finding:
        here, is_for_good, status = self._checked(url), True, 0
        for _ in range(MOST_REDIRECTS + 1):
            status, location = await self._ask(here)
            if status not in _FOR_GOOD | _FOR_NOW or not location:
                return _judged(status, "" if here == url else here, is_for_good=is_for_good)
            is_for_good = is_for_good and status in _FOR_GOOD
            here = self._checked(urljoin(here, location))
        return Finding(LinkOutcome.BROKEN, status, f"more than {MOST_REDIRECTS} redirects")

    def _checked(self, url: str) -> str:
        try:
            return self.policy.written(url)
        except ValueProblem as problem:
            message = f"leads to an address that is not public: {url}"
            raise _NotPublicError(message) from problem

    async def _ask(self, url: str) -> tuple[int, str]:
        """Return status and location: of a HEAD request, or of a GET where the server does not like HEAD."""
        async with self._hosts[urlsplit(url).hostname or ""]:
            try:
                status, location = await self._request("HEAD", url)
            except httpx.RemoteProtocolError:
                status, location = _FIRST_ERROR, ""
            if status >= _FIRST_ERROR:
                await asyncio.sleep(self.pause)
                status, location = await self._request("GET", url)
            await asyncio.sleep(self.pause)
        return status, location

    async def _request(self, method: str, url: str) -> tuple[int, str]:
        async with asyncio.timeout(self.seconds):
            parts = urlsplit(url)
            host = parts.hostname or ""
            port = parts.port or (443 if parts.scheme == "https" else 80)
            addresses = await self._allowed(host, port)
            for address in addresses[:-1]:
                try:
                    return await self._send(method, url, address, port)
                except httpx.ConnectError:
                    continue  # the host's next address may be reachable
            return await self._send(method, url, addresses[-1], port)

    async def _allowed(self, host: str, port: int) -> list[str]:
        addresses = await self.policy.resolve(host, port)
        if not all(self.policy.allows(ipaddress.ip_address(address)) for address in addresses):
            message = f"{host} is in a network that is not public"
            raise _NotPublicError(message)
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, host)
        return addresses[:_MOST_ADDRESSES]

    async def _send(self, method: str, url: str, address: str, port: int) -> tuple[int, str]:
        parts = urlsplit(url)
        numeric = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        target = urlunsplit((parts.scheme, numeric, parts.path or "/", parts.query, ""))
        request = self.client.stream(
            method, target, headers={"Host": parts.netloc}, extensions={"sni_hostname": parts.hostname or ""}
        )
        async with request as response:
            if method == "GET":
                await _read_some(response)
            return response.status_code, response.headers.get("location", "")

    def _words(self, error: Exception) -> str:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return "its certificate is not valid"
            if isinstance(cause, socket.gaierror):
                return "no site of this name is known"
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, (TimeoutError, httpx.TimeoutException)):
            return f"no answer within {self.seconds:g} seconds"
        return "no connection" if isinstance(error, (OSError, httpx.ConnectError)) else "no answer that can be read"


async def _read_some(response: httpx.Response) -> None:
    read = 0
    async for piece in response.aiter_raw():
        read += len(piece)
        if read >= MOST_BYTES:
            return


def _judged(status: int, target: str, *, is_for_good: bool) -> Finding:
    if status in _REFUSALS:
        return Finding(LinkOutcome.REFUSED, status, target[:_LONGEST_DETAIL])
    if status >= _FIRST_ERROR:
        return Finding(LinkOutcome.BROKEN, status, f"answers {status}")
    outcome = LinkOutcome.MOVED if target and is_for_good else LinkOutcome.OK
    return Finding(outcome, status, target[:_LONGEST_DETAIL])


def _is_heard(error: Exception) -> bool:
    """Return whether some server was there: what failed is then its affair, not this machine's network."""
    return isinstance(error, (httpx.ProtocolError, httpx.DecodingError, httpx.ReadError))
