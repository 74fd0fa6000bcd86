import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.fields.addresses import contact_address, is_public, web_address
from infracommons.web.catalogue.fields.problems import ValueProblem

PIECES = st.text(max_size=30)


def attempt(text: str) -> str | None:
    try:
        return web_address(text)
    except ValueProblem:
        return None


@given(st.builds("{}://{}{}".format, st.sampled_from(["https", "HTTP", "ftp"]), PIECES, PIECES) | PIECES)
def test_an_address_is_refused_or_parses_to_itself(text: str) -> None:
    address = attempt(text)

    if address is not None:
        assert web_address(address) == address
        assert address.isascii()
        assert address.startswith(("https://", "http://"))
        assert not set(address) & set("<>\" '\\^`{|}") - {"'"}


@given(PIECES, PIECES)
def test_any_path_and_query_is_safe_in_a_link(path: str, query: str) -> None:
    address = attempt(f"https://example.org/{path}?{query}")

    if address is not None:
        assert address.startswith("https://example.org")
        assert not set(address) & set('<>" \\^`{|}\n\t')


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (" https://Example.ORG ", "https://example.org"),
        ("HTTP://example.org:8080/a b?c=d e#f", "http://example.org:8080/a%20b?c=d%20e#f"),
        ("https://münchen.example.org/straße", "https://xn--mnchen-3ya.example.org/stra%C3%9Fe"),
        ("https://example.org./", "https://example.org/"),
        ("https://8.8.8.8/dns", "https://8.8.8.8/dns"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_a_public_address_has_one_form(given: str, stored: str) -> None:
    assert web_address(given) == stored


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/hostname",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "https://",
        "https:///path",
        "https://localhost/",
        "https://localhost.localdomain./",
        "https://printer.local/",
        "https://db.internal/",
        "https://host.test/",
        "https://a.example/",
        "https://router.lan/",
        "https://router.local\u3002/",
        "https://a.localhost\uff0e/",
        "https://[2606:4700::1111%25eth0]/",
        "https://[64:ff9b:1::7f00:1]/",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://172.16.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example.net/",
        "https://example.org:99999/",
        "https://example.org:abc/",
        "https://exa mple.org/",
        "https://example..org/",
        "https://-.org/",
        f"https://{'a' * 64}.org/",
        "https://[::1/",
        f"https://example.org/{'a' * 2000}",
        "https://example.org/\ud800",
        "https://\ud800.org/",
    ],
)
def test_what_is_no_public_address_is_refused(address: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        web_address(address, "website")
    assert caught.value.part == "website"


def test_a_private_address_is_called_private() -> None:
    with pytest.raises(ValueProblem, match="private network"):
        web_address("https://192.168.1.1/")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_public_inside_ipv6_as_outside(address: ipaddress.IPv4Address) -> None:
    assert is_public(ipaddress.IPv6Address(f"::ffff:{address}")) == is_public(address)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("ada@example.org", "mailto:ada@example.org"),
        (" MAILTO:ada@example.org?subject=x ", "mailto:ada@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
    ],
)
def test_a_contact_is_a_page_or_a_mail_address(given: str, stored: str) -> None:
    assert contact_address(given) == stored
    assert contact_address(stored) == stored


@pytest.mark.parametrize(
    "given",
    ["ada", "ada@example", "ada@exa mple.org", "a@b@example.org", "tel:123", "javascript:x@example.org", "@x.org"],
)
def test_what_is_no_contact_is_refused(given: str) -> None:
    with pytest.raises(ValueProblem):
        contact_address(given)


def test_an_address_is_short_enough_also_once_it_is_written_out() -> None:
    with pytest.raises(ValueProblem, match="more than 2,000 characters"):
        web_address(f"https://example.org/{'é' * 400}")
    assert len(web_address(f"https://example.org/{'é' * 300}")) == len("https://example.org/") + 300 * len("%C3%A9")
