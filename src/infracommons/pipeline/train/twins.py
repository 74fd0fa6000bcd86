"""Finds texts that are nearly the same, so that no twin of a training text is among those the model is measured on."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

_RUN = 5  # words
_SHARE = 0.5  # of the shorter text's runs of words
_TOO_COMMON = 25  # texts; a run in more of them is a funder's formula


def twin_groups(texts: Sequence[str]) -> list[int]:
    """Return a group number for each text: texts that share half their runs of five words are in one group."""
    runs = [_runs(text) for text in texts]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            holders[run].append(number)
    shared = Counter(
        pair for having in holders.values() if len(having) <= _TOO_COMMON for pair in combinations(having, 2)
    )
    group = list(range(len(texts)))
    for (a, b), count in sorted(shared.items()):
        if count >= _SHARE * min(len(runs[a]), len(runs[b])):
            low, high = sorted((group[a], group[b]))
            group = [low if number == high else number for number in group]
    return group


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}
