"""Holds off floods: so many submissions an hour from one address, to one mailbox, by one person."""

import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_HOUR = 3600


@dataclass(frozen=True)
class Limit:
    """How many of one thing are taken in an hour."""

    name: str
    most: int


BY_ADDRESS = Limit("address", 10)
BY_MAILBOX = Limit("mailbox", 5)
BY_PERSON = Limit("person", 30)
KEPT = Limit("kept", 30)  # forms that arrived signed out


class TooManyError(RuntimeError):
    """A limit is used up for the next `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many; again in {seconds} seconds")


def count(limit: Limit, who: str) -> None:
    """Count one more; raise TooManyError where the hour's number is used up. No address is kept, only its hash."""
    hour, past = divmod(int(time.time()), _HOUR)
    key = salted_hmac("infracommons.limit", f"{limit.name}\n{who}\n{hour}", algorithm="sha256").hexdigest()
    cache.add(key, 0, timeout=_HOUR)
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        number = 1
    if number > limit.most:
        raise TooManyError(_HOUR - past)


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from, behind as many proxies as the settings say."""
    return str(get_adapter().get_client_ip(request))
