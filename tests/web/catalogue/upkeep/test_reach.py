"""A link is asked politely and within bounds, and nothing but a public address is ever connected to."""

import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from infracommons.web.catalogue.fields.addresses import web_address
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.upkeep.reach import MOST_BYTES, MOST_REDIRECTS, Finding, Policy, Visitor

Visits = Callable[..., dict[str, Finding]]


def one(findings: dict[str, Finding]) -> Finding:
    (found,) = findings.values()
    return found


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, LinkOutcome.OK),
        (204, LinkOutcome.OK),
        (401, LinkOutcome.REFUSED),
        (403, LinkOutcome.REFUSED),
        (429, LinkOutcome.REFUSED),
        (404, LinkOutcome.BROKEN),
        (410, LinkOutcome.BROKEN),
        (500, LinkOutcome.BROKEN),
        (503, LinkOutcome.BROKEN),
    ],
)
def test_an_answer_is_judged_by_its_status(site: Any, visits: Visits, status: int, outcome: LinkOutcome) -> None:
    site.answers["/"] = (status, {}, b"")
    found = one(visits(site.url()))
    assert (found.outcome, found.http_status) == (outcome, status)


def test_a_link_that_answers_is_asked_once_by_head_and_told_who_asks(site: Any, visits: Visits) -> None:
    visits(site.url("/page?a=1#part"))
    assert site.asked == [("HEAD", "/page?a=1", f"site.example.com:{site.port}")]
    (agent,) = site.agents
    assert agent.startswith("Infracommons-link-check/")
    assert "/about/upkeep/" in agent


def test_a_server_that_does_not_like_head_is_asked_by_get(site: Any, visits: Visits) -> None:
    assert one(visits(site.url("/no-head"))).outcome == LinkOutcome.OK
    assert [method for method, *_ in site.asked] == ["HEAD", "GET"]


def test_of_a_long_answer_only_the_beginning_is_read(site: Any, visits: Visits) -> None:
    site.answers["/no-head"] = (200, {}, b"x" * (MOST_BYTES * 400))
    assert one(visits(site.url("/no-head"))).outcome == LinkOutcome.OK
    for _ in range(200):
        if ("cut", "/no-head", "") in site.asked:
            break
        threading.Event().wait(0.01)
    assert ("cut", "/no-head", "") in site.asked


def test_a_silent_server_is_left_after_the_time_it_has(site: Any, visits: Visits) -> None:
    found = one(visits(site.url("/silent"), seconds=0.2))
    assert found.outcome == LinkOutcome.BROKEN
    assert found.detail == "no answer within 0.2 seconds"


@pytest.mark.parametrize(("status", "outcome"), [(301, LinkOutcome.MOVED), (308, LinkOutcome.MOVED), (302, "ok")])
def test_a_redirect_is_followed_and_only_one_for_good_is_a_move(
    site: Any, visits: Visits, status: int, outcome: str
) -> None:
    site.answers["/old"] = (status, {"Location": "/new"}, b"")
    found = one(visits(site.url("/old")))
    assert (found.outcome, found.detail) == (outcome, site.url("/new"))


def test_a_circle_of_redirects_ends(site: Any, visits: Visits) -> None:
    site.answers["/"] = (302, {"Location": "/"}, b"")
    found = one(visits(site.url()))
    assert found.outcome == LinkOutcome.BROKEN
    assert len(site.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "file:///etc/passwd",
        "ftp://a.org/",
    ],
)
def test_a_redirect_to_what_is_not_public_is_not_followed(
    site: Any, visits: Visits, loopback: Policy, target: str
) -> None:
    site.answers["/"] = (302, {"Location": target}, b"")
    policy = replace(loopback, written=lambda url: url if f":{site.port}" in url else web_address(url))
    found = one(visits(site.url(), policy=policy))
    assert found.outcome == LinkOutcome.NOT_PUBLIC
    assert len(site.asked) == 1


def test_the_usual_policy_never_connects_to_this_machine(site: Any, visits: Visits) -> None:
    async def to_this_machine(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return ["127.0.0.1"]

    urls = [
        f"http://127.0.0.1:{site.port}/",
        f"http://localhost:{site.port}/",
        f"http://[::ffff:127.0.0.1]:{site.port}/",
        f"http://inside.example.org:{site.port}/",
    ]
    found = visits(*urls, policy=Policy(resolve=to_this_machine))
    assert {finding.outcome for finding in found.values()} == {LinkOutcome.NOT_PUBLIC}
    assert site.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(visits: Visits) -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return ["93.184.216.34", "192.168.0.1"]

    assert one(visits("https://mixed.example.org/", policy=Policy(resolve=mixed))).outcome == LinkOutcome.NOT_PUBLIC


def test_a_name_that_changes_its_mind_after_the_check_gains_nothing(
    site: Any, visits: Visits, loopback: Policy
) -> None:
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        await asyncio.sleep(0)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    public_but_one = replace(
        loopback, resolve=rebinding, allows=lambda address: address != ipaddress.ip_address("127.0.0.9")
    )
    # The name is in no resolver of this machine: what is connected to is the address that was checked, or nothing.
    assert one(visits(site.url(host="rebinding.example.com"), policy=public_but_one)).outcome == LinkOutcome.OK
    assert asked == ["rebinding.example.com"]
    asked.clear()
    assert one(visits(site.url("/no-head"), policy=public_but_one)).outcome == LinkOutcome.NOT_PUBLIC
    assert [method for method, *_ in site.asked] == ["HEAD", "HEAD"]


def test_a_name_that_nobody_knows_is_broken_and_not_reached(visits: Visits, loopback: Policy) -> None:
    async def unknown(host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        raise socket.gaierror(socket.EAI_NONAME, host)

    found = one(visits("http://gone.example.com/", policy=replace(loopback, resolve=unknown)))
    assert found == Finding(LinkOutcome.BROKEN, None, "no site of this name is known", is_reached=False)


def test_a_closed_port_is_broken_and_not_reached(visits: Visits) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = one(visits(f"http://closed.example.com:{port}/"))
    assert (found.outcome, found.detail, found.is_reached) == (LinkOutcome.BROKEN, "no connection", False)


def test_one_host_is_asked_one_thing_at_a_time(site: Any, visits: Visits) -> None:
    # Also where another site leads to it in the meantime.
    site.answers["/away"] = (302, {"Location": site.url("/far")}, b"")
    urls = [site.url(f"/{number}") for number in range(12)]
    visits(*urls, *(site.url("/away", host=f"other-{number}.example.com") for number in range(4)))
    to_site = [path for _, path, host in site.asked if host.startswith("site.")]
    assert len(to_site) == 12 + 4
    assert site.most_at_once <= 1 + 4


@pytest.mark.parametrize("answer", [b"", b"not http at all\r\n\r\n", b"HTTP/1.1 999999 x\r\n\r\n"])
def test_a_server_that_does_not_speak_http_is_broken(visits: Visits, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_talk, args=(server, answer))
        thread.start()
        found = one(visits(f"http://odd.example.com:{server.getsockname()[1]}/", seconds=2.0))
        thread.join()
    assert found.outcome == LinkOutcome.BROKEN


def _talk(server: socket.socket, answer: bytes) -> None:
    server.settimeout(1)
    for _ in range(2):  # HEAD, then GET
        try:
            connection, _ = server.accept()
        except TimeoutError:
            return
        with connection:
            connection.recv(4096)
            connection.sendall(answer)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate, signed by itself, for secure.example.com."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "secure.example.com")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("secure.example.com")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "secure.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[int, list[str | None]]]:
    """A site behind TLS: its port, and the names it was asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve_tls, args=(server, context))
        thread.start()
        yield server.getsockname()[1], names
        thread.join()


def _serve_tls(server: socket.socket, context: ssl.SSLContext) -> None:
    server.settimeout(5)
    connection, _ = server.accept()
    try:
        with context.wrap_socket(connection, server_side=True) as talk:
            talk.recv(4096)
            talk.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    except OSError:
        connection.close()  # the other side did not like the certificate


def _visit_tls(url: str, policy: Policy, context: ssl.SSLContext) -> Finding:
    async def visit() -> Finding:
        async with httpx.AsyncClient(verify=context, trust_env=False) as client:
            return await Visitor(client, policy, pause=0).visit(url)

    return asyncio.run(visit())


def test_a_certificate_is_checked_against_the_name_although_a_number_is_connected_to(
    secure: tuple[int, list[str | None]], loopback: Policy, certificate: Path
) -> None:
    port, names = secure
    trusting = ssl.create_default_context(cafile=str(certificate))
    found = _visit_tls(f"https://secure.example.com:{port}/", loopback, trusting)
    assert found.outcome == LinkOutcome.OK
    assert names == ["secure.example.com"]


def test_a_certificate_for_another_name_is_broken(
    secure: tuple[int, list[str | None]], loopback: Policy, certificate: Path
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    found = _visit_tls(f"https://other.example.com:{secure[0]}/", loopback, trusting)
    assert (found.outcome, found.detail) == (LinkOutcome.BROKEN, "its certificate is not valid")
