"""What an award's texts say around the places where they name the infrastructure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infracommons.methods.support_type.cues import DELIVERS, ITSELF, MAKES, NAME, SUPPORTING, TOOL, WORK

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[\"'(]?[A-Z0-9])")
_SHORT_TEXT = 240  # characters: a text of a sentence or so is about what it names


@dataclass(frozen=True)
class Place:
    """A mention of the infrastructure: the field it stands in, characters `start` to before `end`."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Passages:
    """An award's words: title and description with each mention written as NAME, and the sentences that have one."""

    title: str
    description: str
    naming: tuple[str, ...]

    @property
    def text(self) -> str:
        """Title and description together."""
        return f"{self.title}. {self.description}".strip(". ")

    @property
    def headline(self) -> str:
        """The title, or a description so short that it is one."""
        return self.title or (self.description if len(self.description) <= _SHORT_TEXT else "")

    @property
    def work(self) -> str | None:
        """Why the infrastructure itself is what the award works on; None where nothing says so."""
        found = next((match for sentence in self.naming if (match := WORK.search(sentence))), None)
        if found:
            return f'"{found["verb"].lower()}" it'
        if NAME in self.headline and (self.is_itself or not TOOL.search(self.headline)):
            return "the title names it" if self.title else "the whole text is about it"
        return None

    @property
    def opens_with_it(self) -> bool:
        """Whether the headline names the infrastructure, or the first sentence says that the award works on it."""
        first = _SENTENCE_END.split(self.description, maxsplit=1)[0]
        return NAME in self.headline or bool(WORK.search(first))

    @property
    def is_made(self) -> bool:
        """Whether the text says that the infrastructure is developed."""
        if NAME in self.headline and DELIVERS.search(self.description):
            return True
        return any(match["verb"].lower().startswith(MAKES) for s in self.naming if (match := WORK.search(s)))

    @property
    def is_itself(self) -> bool:
        """Whether the headline speaks of the infrastructure as such, not of something made with or for it."""
        before, name, after = self.headline.partition(NAME)
        return bool(name) and bool(SUPPORTING.fullmatch(before)) and bool(ITSELF.match(after))


def passages(texts: Mapping[Any, Any], mentions: Sequence[Place]) -> Passages:
    """Return the words of an award around its mentions; places in other fields are left out.

    `texts` holds the cleaned title and description by these names; either may be None.
    """
    title, description = (_marked(texts.get(name) or "", name, mentions) for name in ("title", "description"))
    sentences = [title, *_SENTENCE_END.split(description)]
    return Passages(title, description, tuple(sentence for sentence in sentences if NAME in sentence))


def _marked(text: str, name: str, mentions: Sequence[Place]) -> str:
    for mention in sorted({m for m in mentions if m.field == name}, key=lambda m: m.start, reverse=True):
        text = text[: mention.start] + NAME + text[mention.end :]
    return text
