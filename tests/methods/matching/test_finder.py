import pickle
import re

from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.matching.finder import Finder, Rule

RULES = (
    Rule("osf", r"open science framework|(?-i:\bOSF\b)"),
    Rule("archive-it", r"\barchive-it\b"),
    Rule("arxiv", r"\barxiv\b", cuts=(r"\barxiv:\s?\d{4}",)),
    Rule("erudit", r"\bérudit\b"),
    Rule("geoserver", r"\bgeo\b[- ]?servers?\b|\bgeo-?serv(?:er|ing)s?\b"),
    Rule("hal", r"(?-i:\bHAL\b).{0,40}open archive"),
)
FINDER = Finder(RULES)
PIECES = [
    "open science framework", "OSF", "osf", "Archive-It", "arXiv", "arXiv:1234", "Érudit", "HAL", "open archive",
    "Geo", "-", "server", "servers", "serving", " ", "\n", ", ", "“", "…", "é", "x", "mirror", "",
]  # fmt: skip


def _slowly(texts: list[str]) -> set[tuple[int, str, int]]:
    """Run every expression over every text: what the automaton must not lose."""
    found = set()
    for row, text in enumerate(texts):
        for rule in RULES:
            cut = [m.span() for c in rule.cuts for m in re.finditer(c, text, re.IGNORECASE)]
            for match in re.finditer(rule.expression, text, re.IGNORECASE):
                if not any(c[0] <= match.start() and match.end() <= c[1] for c in cut):
                    found.add((row, rule.infrastructure_id, match.start()))
    return found


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=6))
def test_the_automaton_loses_no_mention_that_the_expressions_find(texts: list[str]) -> None:
    assert {(m.row, m.infrastructure_id, m.start) for m in FINDER.find(texts)} == _slowly(texts)


def test_a_mention_has_its_place_words_and_rule() -> None:
    (mention,) = FINDER.find(["", "Deposit in the Open Science Framework."])
    assert (mention.row, mention.infrastructure_id, mention.start, mention.end) == (1, "osf", 15, 37)
    assert mention.expression == RULES[0].expression


def test_mentions_that_overlap_are_one() -> None:
    finder = Finder([Rule("x", r"open science"), Rule("x", r"open science framework")])
    assert [(m.start, m.end) for m in finder.find(["open science framework"])] == [(0, 22)]


def test_a_negative_expression_takes_away_only_what_it_covers() -> None:
    assert [m.start for m in FINDER.find(["arXiv:2001 is on arXiv"])] == [17]


def test_a_finder_travels_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(FINDER))  # noqa: S301 - our own bytes
    assert copy.find(["arXiv"]) == FINDER.find(["arXiv"])
