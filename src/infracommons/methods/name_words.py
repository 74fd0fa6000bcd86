"""The words of an organisation's name that count when names are compared, and facts on how such names are written."""

import re
from functools import lru_cache

from infracommons.vocabulary.text import clean, normal_name

Words = tuple[str, ...]

_OFFICE = (
    "board|president|rector|provost|chancellor|masters?|scholars|fellows|visitors|trustees|regents|curators|governors"
    "|supervisors|governing body|governing council|university court"
)
_LEGAL_START = re.compile(
    rf"^(?:(?:{_OFFICE})(?:(?: and| of| the)* (?:{_OFFICE}))* of (?:the )?|stichting |verein |the )"
)
# Legal forms; "e v" and the like are what punctuation leaves of "e.V.".
_LEGAL_END = re.compile(
    r"(?: (?:inc|incorporated|corp|corporation|ltd|limited|llc|llp|plc|co|company|gmbh|ggmbh|ag|ev|e v|bv|b v|sa"
    r"|s a|sas|srl|s r l|sro|s r o|spa|s p a|sprl|asbl|aisbl|amke|a m k e|lda|oy|ab|aps|cic|c i c"
    r"|community interest company|nonprofit|non profit|independent 501 c 3|501 c 3(?: nonprofit)?|u[sk]))+$"
)
_SMALL = frozenset((
    "the", "and", "of", "at", "in", "on", "for", "de", "du", "des", "der", "die", "das", "la", "le", "les", "l", "d",
    "und", "et",
))  # fmt: skip
_SHORT = {
    "univ": "university", "inst": "institute", "dept": "department", "natl": "national", "centre": "center",
    "organisation": "organization", "lab": "laboratory", "labs": "laboratories", "st": "saint", "sch": "school",
    "coll": "college", "libr": "library", "fdn": "foundation", "res": "research", "tech": "technology",
}  # fmt: skip
# What says that a part of a name is a unit of the organisation that the rest names.
UNIT_WORDS = frozenset((
    "library", "libraries", "press", "department", "school", "schools", "faculty", "institute", "center",
    "division", "laboratory", "laboratories", "office", "college", "museum", "archives", "foundation", "research",
    "unit", "program", "programme", "publishing", "services", "campus", "observatory", "initiative", "project",
    "trust", "system", "systems", "bibliothek", "universitatsbibliothek", "bibliotheque", "graduate", "sponsored",
))  # fmt: skip

# Names in law, and names of main campuses, by which agencies file awards: what the rest of the world calls them.
_KNOWN_AS = {
    "harvard college": "harvard university",
    "leland stanford junior university": "stanford university",
    "leland stanford jr university": "stanford university",
    "columbia university city new york": "columbia university",
    "columbia university new york": "columbia university",
    "cornell university state": "cornell university",
    "cornell university endowed": "cornell university",
    "villanova university state pennsylvania": "villanova university",
    "university virginia main campus": "university virginia",
    "university michigan ann arbor": "university michigan",
    "university minnesota twin cities": "university minnesota",
    "university maryland college park": "university maryland",
    "university colorado boulder": "university colorado",
    "university washington seattle": "university washington",
    "indiana university bloomington": "indiana university",
    "purdue university west lafayette": "purdue university",
    "pennsylvania state university park": "pennsylvania state university",
    "pennsylvania state university university park": "pennsylvania state university",
    "penn state university": "pennsylvania state university",
    "penn state": "pennsylvania state university",
    "ohio state university columbus": "ohio state university",
    "emory college": "emory university",
    "yale college": "yale university",
    "tulane educational fund": "tulane university",
    "virginia polytechnic institute state university": "virginia technology",
    "georgia technology": "georgia institute technology",
    "georgia tech research corporation": "georgia institute technology",
    "california institute technology caltech": "california institute technology",
    "massachusetts institute technology mit": "massachusetts institute technology",
}
# University systems: what follows their name is another university unless it says that it is a unit.
CAMPUS_SYSTEMS = frozenset(
    tuple(name.split())
    for name in (
        "university california", "university texas", "university illinois", "university north carolina",
        "university wisconsin", "university maryland", "university michigan", "university minnesota",
        "university massachusetts", "university alabama", "university nebraska", "university colorado",
        "university missouri", "university tennessee", "university houston", "university hawaii",
        "university washington", "university arkansas", "university alaska", "university london", "university wales",
        "indiana university", "purdue university", "pennsylvania state university", "california state university",
        "state university new york", "city university new york", "universite quebec", "university quebec",
        "texas a m university", "louisiana state university",
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)  # recipients recur, and each is compared with many hosts
def words_of(name: str) -> Words:
    """Return the words that make two spellings of one organisation equal; none where nothing of a name is left.

    >>> words_of("The Regents of the University of Michigan - Ann Arbor")
    ('university', 'michigan')
    """
    words = [word for word in legal_name(name).split() if word not in _SMALL]
    return tuple(_KNOWN_AS.get(" ".join(words), " ".join(words)).split())


@lru_cache(maxsize=100_000)
def legal_name(name: str) -> str:
    """Return the normal name without office and legal form, short forms written out, small words kept.

    >>> legal_name("President & Fellows of Harvard College"), legal_name("Lyrasis, Inc.")
    ('harvard college', 'lyrasis')
    """
    plain = normal_name(clean(name))
    bare = _LEGAL_END.sub("", _LEGAL_START.sub("", plain))
    return " ".join(_SHORT.get(word, word) for word in (bare or plain).split())
