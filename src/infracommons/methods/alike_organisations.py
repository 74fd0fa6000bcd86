"""Proposes, for a name that the registry does not know, the organisations whose names share its telling words."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from infracommons.methods.name_words import words_of
from infracommons.methods.organisations import Organisation, Registry

MOST = 5
LEAST_SCORE = 0.5
_ELSEWHERE = 0.6  # factor for an organisation of another country than the name's
_RAREST = 2  # words of a name by which candidates are found
_MOST_BEARERS = 2000  # spellings that share a word; a more common one finds nobody


class Alike(NamedTuple):
    """An organisation that a name may mean: how alike, 0 to 1, and by which spelling."""

    organisation: Organisation
    score: float
    spelling: str


class AlikeOrganisations:
    """All spellings of the registry by their words; build once, ask for many names."""

    def __init__(self, registry: Registry) -> None:
        """Index the spellings; a word counts the more, the fewer spellings have it."""
        self._spellings = sorted(registry.spellings(), key=lambda pair: (pair[0], pair[1].ror_id))
        self._words = [frozenset(spelling.split()) for spelling, _ in self._spellings]
        self._bearers: defaultdict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in words:
                self._bearers[word].append(place)

    def of(self, name: str, country_code: str | None) -> list[Alike]:
        """Return the organisations that the name may mean, best first, at most MOST."""
        wanted = frozenset(words_of(name))
        known = sorted((word for word in wanted if word in self._bearers), key=lambda w: (len(self._bearers[w]), w))
        telling = [word for word in known if len(self._bearers[word]) <= _MOST_BEARERS][:_RAREST]
        places = sorted({place for word in telling for place in self._bearers[word]})
        best: dict[str, Alike] = {}
        for place in places:
            found = self._scored(place, wanted, country_code)
            before = best.get(found.organisation.ror_id)
            if found.score >= LEAST_SCORE and (before is None or before.score < found.score):
                best[found.organisation.ror_id] = found
        return sorted(best.values(), key=lambda alike: (-alike.score, alike.organisation.ror_id))[:MOST]

    def _scored(self, place: int, wanted: frozenset[str], country_code: str | None) -> Alike:
        spelling, organisation = self._spellings[place]
        words = self._words[place]
        weight = 2 * self._weight(wanted & words) / (self._weight(wanted) + self._weight(words))
        is_elsewhere = country_code and organisation.country_code and country_code != organisation.country_code
        return Alike(organisation, round(weight * (_ELSEWHERE if is_elsewhere else 1), 4), spelling)

    def _weight(self, words: Iterable[str]) -> float:
        return math.fsum(math.log(1 + (1 + len(self._spellings)) / (1 + len(self._bearers.get(w, ())))) for w in words)
