"""How far one word is from another, in slips of the fingers, and which known word is nearest."""

from collections.abc import Iterable


def slips_allowed(word: str) -> int:
    """Return how many slips a word may have: none in a short one, where each makes another word."""
    if len(word) < 4:  # noqa: PLR2004 - the limits are the rule
        return 0
    return 1 if len(word) < 8 else 2  # noqa: PLR2004


def slips(one: str, other: str, most: int) -> int:
    """Return the slips between two words (a letter more, less, other, or two swapped), `most` + 1 for any more.

    >>> slips("zenodo", "zendoo", 2), slips("zenodo", "dryad", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for column, its in enumerate(other, 1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != its))
            if place > 1 and column > 1 and letter == other[column - 2] and its == one[place - 2]:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


class Spellings:
    """Known words and in how many infrastructures each stands, to be asked for the nearest to a mistyped one."""

    def __init__(self, counts: Iterable[tuple[str, int]]) -> None:
        largest: dict[str, int] = {}
        for word, count in counts:
            largest[word] = max(largest.get(word, 0), count)
        self._by_length: dict[int, list[tuple[str, int, int]]] = {}
        for word, count in largest.items():
            if word.isalpha():  # numbers are near one another and mean nothing of each other
                self._by_length.setdefault(len(word), []).append((word, _letters(word), count))

    def nearest(self, word: str, most: int) -> str:
        """Return the word with the fewest slips, of those the one in most infrastructures; empty where none is near."""
        letters = _letters(word)
        near = (
            (number, -count, other)
            for length in range(len(word) - most, len(word) + most + 1)
            for other, its, count in self._by_length.get(length, ())
            # A slip changes at most two letters of the set; asking that first spares most of the work.
            if (letters ^ its).bit_count() <= 2 * most
            if (number := slips(word, other, most)) <= most
        )
        return min(near, default=(0, 0, ""))[2]


def _letters(word: str) -> int:
    """Return the set of letters of a word, other alphabets folded into as many bits."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found
