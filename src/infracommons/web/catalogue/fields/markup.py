"""Refuses HTML that no claim may hold: what runs or leads to where no reader should go is named, not taken out unseen.

What is stored is cleaned by `texts.rich_text` in any case; this tells whoever gave it.
"""

import html
import re

from infracommons.web.catalogue.fields.addresses import contact_address
from infracommons.web.catalogue.fields.problems import ValueProblem

_REFUSED = frozenset("script style iframe frame object embed applet form input button link meta base svg math".split())
_PICTURES = frozenset("img picture video audio canvas".split())
# Not a reader of HTML, which takes the square of the time over broken text: odd spellings it misses are cleaned away.
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_RUNS = re.compile(r"""[\s"'/](on[a-z]+)\s*=""", re.IGNORECASE)
_LINK = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CLEANED_LINK = re.compile(r'href="([^"]*)"')
_MOST_TAGS = 5000  # deep nesting costs the square of it


def refuse_many_tags(text: str, part: str) -> None:
    """Raise ValueProblem for more tags than any text needs, before anything reads them."""
    if text.count("<") > _MOST_TAGS:
        raise ValueProblem(part, text, f"This text has more than {_MOST_TAGS:,} tags. Give it as plain text.")


def refuse_hostile(text: str, part: str) -> None:
    """Raise ValueProblem for a tag that runs, for a picture, and for a link to anything but a public address."""
    for found in _TAG.finditer(text):
        tag = found[1].lower()
        if tag in _REFUSED:
            raise ValueProblem(part, found[0], f"This text has the tag <{tag}>, which no text may have. Remove it.")
        if tag in _PICTURES:
            raise ValueProblem(part, found[0], f"Texts hold no pictures or films. Remove the tag <{tag}>.")
        if runs := _RUNS.search(found[2]):
            raise ValueProblem(part, found[0], f"This text has the attribute {runs[1]}, which runs. Remove it.")
        for link in _LINK.finditer(found[2]):
            _check_link(html.unescape(link[1] or link[2] or link[3] or ""), part)


def refuse_private_links(cleaned: str, part: str) -> None:
    """Raise ValueProblem for a link in cleaned HTML that leads to no public address."""
    for address in _CLEANED_LINK.findall(cleaned):
        _check_link(html.unescape(address), part)


def _check_link(address: str, part: str) -> None:
    if not address.strip():
        return  # leads nowhere, and goes unseen
    try:
        contact_address(address)
    except ValueProblem as problem:
        raise ValueProblem(part, address, f"A link in this text: {problem.message}") from problem
