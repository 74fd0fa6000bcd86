"""Takes out of a definition what only one labelled text bears out.

Those who write definitions read labelled awards. A word that hits one labelled text alone may have been put in because
of it; on that text it says more than it will on a new one, and a model trained with it would trust such words too much.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from infracommons.vocabulary.definitions import Infrastructure, OtherMeaning

Hit = tuple[str, str]  # kind of knowledge, expression or word
_CLEAR, _NEGATIVE, _OTHER = "clear", "negative", "other"


def withheld(
    infrastructures: Sequence[Infrastructure], texts: Sequence[str], group: Sequence[int]
) -> list[Infrastructure]:
    """Return for each labelled text its infrastructure without what no text of another group bears out.

    What hits no labelled text at all stays: it cannot have been taken from one.
    """
    seen: defaultdict[tuple[str, Hit], set[int]] = defaultdict(set)
    own = [_hits(infrastructure, text) for infrastructure, text in zip(infrastructures, texts, strict=True)]
    for infrastructure, hits, number in zip(infrastructures, own, group, strict=True):
        for hit in hits:
            seen[infrastructure.infrastructure_id, hit].add(number)
    return [
        _without(infrastructure, {hit for hit in hits if len(seen[infrastructure.infrastructure_id, hit]) == 1})
        for infrastructure, hits in zip(infrastructures, own, strict=True)
    ]


def _hits(infrastructure: Infrastructure, text: str) -> set[Hit]:
    terms, lower = infrastructure.terms, text.lower()
    expressions = [(_CLEAR, e) for e in terms.clear] + [(_NEGATIVE, e) for e in terms.negative]
    found = {hit for hit in expressions if re.search(hit[1], text, re.IGNORECASE)}
    return found | {(_OTHER, word) for other in terms.other_meanings for word in other.words if word in lower}


def _without(infrastructure: Infrastructure, hits: set[Hit]) -> Infrastructure:
    if not hits:
        return infrastructure
    terms = infrastructure.terms
    fewer = replace(
        terms,
        clear=tuple(e for e in terms.clear if (_CLEAR, e) not in hits),
        negative=tuple(e for e in terms.negative if (_NEGATIVE, e) not in hits),
        other_meanings=tuple(
            OtherMeaning(other.meaning, tuple(word for word in other.words if (_OTHER, word) not in hits))
            for other in terms.other_meanings
        ),
    )
    return replace(infrastructure, terms=fewer)
