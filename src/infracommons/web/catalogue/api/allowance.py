"""How many requests one address may still make: a bucket that fills steadily, kept in Django's cache."""

import hashlib
import hmac
import ipaddress
import math
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60
_NAME = "reads"
_IPV6_NETWORK = 64  # what one subscriber commonly has
_writing = threading.Lock()  # between the threads of one process; between processes a request may slip through


@dataclass(frozen=True)
class Allowance:
    """What is left after a request: whole requests, seconds until all are back, seconds to wait (0: go on)."""

    per_minute: int
    left: int
    full_in: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers of draft-ietf-httpapi-ratelimit-headers, and Retry-After where the request is refused."""
        shown = {
            "RateLimit-Policy": f'"{_NAME}";q={self.per_minute};w={WINDOW_SECONDS}',
            "RateLimit": f'"{_NAME}";r={self.left};t={self.full_in}',
        }
        return shown | ({"Retry-After": str(self.wait)} if self.wait else {})


def take(request: HttpRequest, now: float | None = None) -> Allowance | None:
    """Count one request of the client; None where INFRACOMMONS_API_PER_MINUTE is 0, which means no limit."""
    per_minute = settings.INFRACOMMONS_API_PER_MINUTE
    if per_minute <= 0:
        return None
    key, at, rate = _key(request), time.time() if now is None else now, per_minute / WINDOW_SECONDS
    with _writing:
        tokens, before = cache.get(key) or (float(per_minute), at)
        tokens = min(per_minute, tokens + max(at - before, 0) * rate)
        is_allowed = tokens >= 1
        tokens -= is_allowed
        cache.set(key, (tokens, at), timeout=2 * WINDOW_SECONDS)
    wait = 0 if is_allowed else max(math.ceil((1 - tokens) / rate), 1)
    return Allowance(per_minute, int(tokens), math.ceil((per_minute - tokens) / rate), wait)


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of our own proxies saw, else that of the connection."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return seen[-proxies] if 0 < proxies <= len(seen) else str(request.META.get("REMOTE_ADDR", ""))


def _key(request: HttpRequest) -> str:
    """Return a name for the client that does not tell the address to who reads the cache."""
    given = client_address(request)
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        network = given
    else:
        prefix = _IPV6_NETWORK if address.version == 6 else address.max_prefixlen  # noqa: PLR2004 - IPv6
        network = str(ipaddress.ip_network((address, prefix), strict=False))
    return "api:" + hmac.new(settings.SECRET_KEY.encode(), network.encode(), hashlib.sha256).hexdigest()[:32]
