"""Resumption tokens that hold the whole request, signed: the server remembers nothing between two pages."""

from dataclasses import asdict, dataclass

from django.core import signing

from infracommons.web.catalogue.exchange.oai.arguments import OaiError

_SALT = "infracommons.oai"
HOURS = 48
_SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class Place:
    """Where a list goes on: verb and arguments, the last record sent, how many were sent, how many there are."""

    verb: str
    arguments: dict[str, str]
    at: str  # moment of the last record's change
    key: int  # its number
    sent: int
    size: int


def token_of(place: Place) -> str:
    """Return the token for a place."""
    return signing.dumps(asdict(place), salt=_SALT, compress=True)


def place_of(token: str, verb: str) -> Place:
    """Return the place that a token holds. Raises OaiError badResumptionToken for one that is not ours, or is old."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=HOURS * _SECONDS_AN_HOUR)
        place = Place(**told)
    except (signing.BadSignature, TypeError, ValueError) as error:
        message = f"the token is not one of ours or is older than {HOURS} hours; begin the list again"
        raise OaiError("badResumptionToken", message) from error
    if place.verb != verb:
        message = f"the token belongs to {place.verb}"
        raise OaiError("badResumptionToken", message)
    return place
