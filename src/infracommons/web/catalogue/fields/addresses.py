"""Web and e-mail addresses that people give: only public http and https ones are stored, and nothing is asked here."""

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from infracommons.web.catalogue.fields.problems import ValueProblem

MAX_LENGTH = 2000
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\.?")
# Names that RFC 6761, RFC 6762, RFC 7686, RFC 8375 and ICANN keep for private use, and those that routers make up.
_NOT_PUBLIC = tuple(
    ".localhost .local .internal .invalid .test .example .onion .alt .home.arpa .localdomain .lan .home .corp .intranet"
    " .private".split()
)
# Networks behind which a translator puts any IPv4 address (RFC 6052, RFC 8215).
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def web_address(text: str, part: str = "url") -> str:
    """Return a public http or https address in a form that is safe in a link.

    Raises ValueProblem for another scheme, a private or unreachable host, a user name in it, or one that is too long.
    """
    given = text.strip()
    if len(given) > MAX_LENGTH:
        raise ValueProblem(part, given, f"This address has more than {MAX_LENGTH:,} characters. Give a shorter one.")
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise ValueProblem(part, given, "This is not a web address. Give one such as https://example.org/.") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise ValueProblem(part, given, "This is not a web address. It must start with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise ValueProblem(part, given, "This address has a user name or password in it. Leave that out.")
    host = _host(parts, part, given)
    netloc = f"[{host}]" if ":" in host else host
    netloc = f"{netloc}:{port}" if port else netloc
    try:
        path, query, fragment = (quote(piece, safe=_SAFE) for piece in (parts.path, parts.query, parts.fragment))
    except UnicodeEncodeError as error:
        raise ValueProblem(part, given, "This address has half a character in it. Copy it once more.") from error
    whole = urlunsplit((parts.scheme.lower(), netloc, path, query, fragment))
    if len(whole) > MAX_LENGTH:  # letters of other scripts take up to twelve characters each
        raise ValueProblem(part, given, f"Written out, this address has more than {MAX_LENGTH:,} characters.")
    return whole


def _host(parts: SplitResult, part: str, given: str) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is not None:
        if not is_public(address):
            raise ValueProblem(part, given, "This address is in a private network. Give a public one.")
        return host
    try:
        # Full stops of other scripts become plain ones only here.
        ascii_host = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise ValueProblem(part, given, "The name of the site cannot be read. Check its spelling.") from error
    if f".{ascii_host}".endswith(_NOT_PUBLIC) or not _HOST.fullmatch(ascii_host):
        raise ValueProblem(part, given, "This is not the address of a public site. Check its spelling.")
    return ascii_host


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Return whether anyone on the internet can reach the address, also where IPv6 wraps an IPv4 one."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is not None:
            return is_public(wrapped)
        if address.scope_id or address.teredo is not None or any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast


def contact_address(text: str) -> str:
    """Return a web address, or an e-mail address as `mailto:name@host`; raise ValueProblem for anything else."""
    given = text.strip()
    plain = given[len("mailto:") :] if given.lower().startswith("mailto:") else given
    bare = plain.partition("?")[0]
    if _EMAIL.fullmatch(bare):
        return f"mailto:{bare}"
    if "://" in given:
        return web_address(given, "contact")
    raise ValueProblem("contact", given, "Give a web address that starts with https://, or an e-mail address.")
