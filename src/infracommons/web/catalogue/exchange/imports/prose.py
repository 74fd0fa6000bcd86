"""Turns HTML of foreign files into plain text that keeps the addresses of its links."""

import re

from infracommons.web.catalogue.fields.texts import visible_text

_LINK = re.compile(r"<a\s[^<>]*href=[\"']?([^\"'\s<>]*)[\"']?[^<>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"</p>|<br ?/?>|</li>|</?[uo]l>", re.IGNORECASE)
_HAS_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"|]+")


def plain_text(markup: str) -> str:
    r"""Return the text of HTML, one line a paragraph or item, with the address of a link in brackets behind its words.

    >>> plain_text('See <a href="https://example.org/">our page</a>.<br>Thanks')
    'See our page (https://example.org/).\\nThanks'
    """
    if not _HAS_TAG.search(markup):
        return markup.strip()
    linked = _LINK.sub(_link, markup)
    lines = (visible_text(line) for line in _BREAK.sub("\n", linked).split("\n"))
    return "\n".join(line for line in lines if line)


def _link(found: re.Match[str]) -> str:
    address, words = found[1], visible_text(found[2])
    return words if not address or address in words else f"{words} ({address})".strip()


def addresses(text: str) -> list[str]:
    """Return every web address in a cell, each once, without the punctuation of the sentence around it.

    >>> addresses("https://a.example/x, and https://b.example/.")
    ['https://a.example/x', 'https://b.example/']
    """
    return list(dict.fromkeys(found.rstrip(".,;") for found in _ADDRESS.findall(text)))
