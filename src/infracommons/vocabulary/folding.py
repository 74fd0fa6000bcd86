"""Folds text for search: lower case, without accents, cut into words, each knowing where it stands in the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_NO_BLANKS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
# Chinese, Japanese and Korean are written without blanks, so that each character is a word of its own; the plus signs
# and the hash belong to the names of programming languages.
_WORD = re.compile(rf"[{_NO_BLANKS}]|[^\W_{_NO_BLANKS}]+(?:\+\+|#)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, and the first and last (not included) character that it comes from."""

    text: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the folded words of a text.

    >>> words("Érudit: C++ & naïve cafés")
    ['erudit', 'c++', 'naive', 'cafes']
    """
    return _WORD.findall(text.lower() if text.isascii() else "".join(map(_folded, text)))


def folded(text: str) -> str:
    """Return the folded words of a text with single blanks: equal for texts that a reader takes for the same."""
    return " ".join(words(text))


def tokens(text: str) -> list[Token]:
    """Return the folded words with their places; a mark over a letter belongs to the word of its letter."""
    if text.isascii():
        return [Token(found[0], found.start(), found.end()) for found in _WORD.finditer(text.lower())]
    pieces = [_folded(character) for character in text]
    origin = [place for place, piece in enumerate(pieces) for _ in piece]
    found = []
    for word in _WORD.finditer("".join(pieces)):
        end = origin[word.end() - 1] + 1
        while end < len(text) and not pieces[end] and unicodedata.combining(text[end]):
            end += 1
        found.append(Token(word[0], origin[word.start()], end))
    return found


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return what one character is folded to: nothing for a mark, two letters for a ligature."""
    apart = unicodedata.normalize("NFKD", character.casefold())
    if "\uac00" <= character <= "\ud7af":
        return character  # a Korean syllable is a letter here, not its parts
    return "".join(part for part in apart if not unicodedata.combining(part)).casefold()


@lru_cache(maxsize=4096)
def variants(word: str) -> tuple[str, ...]:
    """Return the other number of an English noun, as far as its ending tells: a name is never cut for it.

    >>> variants("repositories"), variants("journal"), variants("arxiv")
    (('repository',), ('journals',), ('arxivs',))
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():  # noqa: PLR2004 - shorter ones are names or codes
        return ()
    if word.endswith("ies"):
        return (f"{word[:-3]}y",)
    if word.endswith(("ses", "xes", "ches", "shes")):
        return (word[:-2], word[:-1])
    if word.endswith("s"):
        return () if word.endswith(("ss", "us", "is")) else (word[:-1],)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    return (f"{word}es",) if word.endswith(("x", "ch", "sh")) else (f"{word}s",)
