"""Cuts out of an award's title and description what stands around each mention."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

REACH = 160  # characters of context on either side of a mention
MOST = 5  # windows a text is judged by; a sixth mention says what the first five said
# A funder's formula at the end of each of its texts; its words would be taken for the award's.
_FORMULAS = ("This award reflects NSF's statutory mission",)
_BETWEEN = " . "  # stands between title and description where both are read as one text
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Mention:
    """A mention found in `field` (title, description or recipient_name), from character `start` to before `end`."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Window:
    """A mention as written, with up to REACH characters before and after it; places count from the text's start."""

    field: str
    before: str
    mention: str
    after: str
    start: int

    @property
    def first(self) -> int:
        """Place of the window's first character."""
        return self.start - len(self.before)

    @property
    def stop(self) -> int:
        """Place after the window's last character."""
        return self.start + len(self.mention) + len(self.after)


@dataclass(frozen=True)
class Context:
    """Title and description as one text, and the windows around its mentions; mentions elsewhere are left out."""

    text: str
    title_length: int
    windows: tuple[Window, ...]
    mentions: int

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """First place and place after the last of each window."""
        return [(window.first, window.stop) for window in self.windows]

    def is_beside(self, start: int, end: int) -> bool:
        """Whether a span of the text lies at least partly in a window."""
        return any(start < stop and end > first for first, stop in self.spans)

    @property
    def description_length(self) -> int:
        """Number of characters of the description."""
        return len(self.text) - self.title_length - len(_BETWEEN)


def context(title: str, description: str, mentions: Sequence[Mention]) -> Context:
    """Return the context of the mentions in title and description, those of the title first."""
    description = _without_formula(description, max((m.end for m in mentions if m.field == "description"), default=0))
    text = f"{title}{_BETWEEN}{description}"
    offset = {"title": 0, "description": len(title) + len(_BETWEEN)}
    inside = sorted((m for m in mentions if m.field in offset), key=lambda m: (offset[m.field], m.start))
    windows: list[Window] = []
    for mention in inside:
        start = offset[mention.field] + mention.start
        # A mention well inside the window before adds nothing of its own.
        if windows and windows[-1].field == mention.field and start - windows[-1].start < REACH // 2:
            continue
        edges = (0, len(title)) if mention.field == "title" else (offset["description"], len(text))
        windows.append(_window(text, mention.field, start, start + mention.end - mention.start, edges))
        if len(windows) == MOST:
            break
    return Context(text, len(title), tuple(windows), len(inside))


def _without_formula(description: str, after: int) -> str:
    """Return the description up to a funder's formula that begins behind the last mention."""
    ends = [at for formula in _FORMULAS if (at := description.find(formula, after)) >= 0]
    return description[: min(ends)] if ends else description


def long_words(text: str) -> set[str]:
    """Return the words of four letters and more of a lower-case text, cut to six so that endings do not matter."""
    return {word[:6] for word in _WORD.findall(text)}


def _window(text: str, field: str, start: int, end: int, edges: tuple[int, int]) -> Window:
    first, stop = max(edges[0], start - REACH), min(edges[1], end + REACH)
    before, after = text[first:start], text[end:stop]
    if first > edges[0] and " " in before:
        before = before[before.index(" ") :]
    if stop < edges[1] and " " in after:
        after = after[: after.rindex(" ") + 1]
    return Window(field, before, text[start:end], after, start)
