"""Holds off programs that fill in every form they find, without a riddle for people."""

from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict

TRAP = "second_name"  # nobody sees this field; what fills it is a program
STAMP = "opened"
_LEAST_SECONDS = 3
_SALT = "infracommons.form"


def new_stamp() -> str:
    """Return a signed word that says when a form was opened."""
    return TimestampSigner(salt=_SALT).sign(STAMP)


def stamp_in(post: QueryDict) -> str:
    """Return the stamp a form came with where we made it, else a new one."""
    given = post.get(STAMP, "")
    return given if _is_ours(given) else new_stamp()


def what_looks_odd(post: QueryDict) -> str:
    """Return what a person is to do where the form looks filled in by a program; empty where it does not."""
    if post.get(TRAP, ""):
        return "Empty the field that is marked to be left empty, then send the form again."
    given = post.get(STAMP, "")
    if not _is_ours(given):
        return "This form was opened in another way than on its page. Check what you typed and send it again."
    if _is_ours(given, _LEAST_SECONDS):
        return "This was very quick for a person. Check what you typed and send it again."
    return ""


def _is_ours(stamp: str, younger_than: int | None = None) -> bool:
    try:
        TimestampSigner(salt=_SALT).unsign(stamp, max_age=younger_than)
    except BadSignature:
        return False
    return True
