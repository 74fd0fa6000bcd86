"""Text that people give: plain lines and a small, safe subset of HTML."""

import html
import re
import unicodedata

import nh3

from infracommons.web.catalogue.fields.markup import refuse_many_tags
from infracommons.web.catalogue.fields.problems import ValueProblem

_TAGS = {"p", "a", "ul", "ol", "li", "strong", "em", "b", "i", "br"}
_BLOCK = re.compile(r"<(p|ul|ol)[ >]")
_LIST = re.compile(r"<[uo]l>")
_STRAY_ITEMS = re.compile(r"(<li>.*?</li>(\s|<br>)*)+", re.DOTALL)  # items that are in no list
_AFTER_ITEM = re.compile(r"</li>(\s|<br>)+")
_ANY_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')  # an address in quotes may hold a sign of less or more
_PARAGRAPH = re.compile(r"\n\s*\n")
# Controls, marks that turn the direction of text that follows, and signs without a shape, by which two names look like
# one and a name like none: they could make a page say what nobody wrote. Joiners stay: some scripts need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
_MOST_MARKS = 4
_MOST_ROUNDS = 6
_LONGEST = 100_000


def one_line(text: str, part: str, most: int | None = None) -> str:
    """Return text in one line: composed, no control or direction marks, single blanks.

    Raises ValueProblem where it is longer than `most` characters, or has letters under piles of marks.
    """
    plain = " ".join(_composed(text, part).split())
    return _within(plain, part, most) if _is_seen(plain) else ""


def paragraphs(text: str, part: str, most: int | None = None) -> str:
    """Return plain text that keeps its line ends; checked as `one_line`."""
    lines = (" ".join(line.split()) for line in _composed(text, part).split("\n"))
    plain = "\n".join(lines).strip()
    return _within(plain, part, most) if _is_seen(plain) else ""


def rich_text(text: str, part: str, most: int | None = None) -> str:
    """Return safe HTML of paragraphs, lists, emphasis and links; plain text becomes paragraphs.

    Everything else is taken out, its text kept. The limit counts what a reader sees.
    """
    refuse_many_tags(text, part)
    cleaned = text.strip()
    # Mending one tag may open or close another, and an entity may hold a hidden sign; what is stored parses to itself.
    for _ in range(_MOST_ROUNDS):
        before, cleaned = cleaned, _in_blocks(_safe(_composed(cleaned, part)))
        if cleaned == before:
            break
    _within(visible_text(cleaned), part, most)
    return cleaned if _is_seen(visible_text(cleaned)) else ""


def _safe(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",  # it would lead somewhere on the site that shows it
        link_rel="nofollow noopener ugc",
        clean_content_tags={"script", "style"},
    )


def _in_blocks(cleaned: str) -> str:
    """Put items that are in no list into one, and text without any block into paragraphs."""
    if not _LIST.search(cleaned):
        cleaned = _STRAY_ITEMS.sub(lambda found: f"<ul>{_AFTER_ITEM.sub('</li>', found[0])}</ul>", cleaned)
    if not _BLOCK.search(cleaned):
        pieces = (piece.strip().replace("\n", "<br>") for piece in _PARAGRAPH.split(cleaned))
        cleaned = "".join(f"<p>{piece}</p>" for piece in pieces if piece)
    return cleaned.strip()


def visible_text(markup: str) -> str:
    """Return what a reader sees of stored HTML."""
    spaced = re.sub(r"</(p|li|ul|ol)>|<br ?/?>", " \\g<0>", markup)
    return " ".join(html.unescape(_ANY_TAG.sub("", spaced)).split())


def _is_seen(text: str) -> bool:
    return bool(_JOINERS.sub("", text).strip())


def _composed(text: str, part: str) -> str:
    if len(text) > _LONGEST:
        raise ValueProblem(part, text, f"This text has {len(text):,} characters. Shorten it.")
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    composed = unicodedata.normalize("NFC", _HIDDEN.sub("", plain))  # last: a hidden mark keeps letters apart
    marks = 0
    for character in composed:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            raise ValueProblem(part, text, "This text has letters under piles of marks. Type it plainly.")
    return composed


def _within(text: str, part: str, most: int | None) -> str:
    if most is not None and len(text) > most:
        message = f"This text has {len(text):,} characters; {most:,} are allowed. Shorten it."
        raise ValueProblem(part, text, message)
    return text
