import re

import pytest

from infracommons.methods.matching.literals import NoLiteralError, as_view, required_literals


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        (r"\barxiv\b", {" arxiv "}),
        (r"open[ -]science framework|(?-i:\bOSF\b)", {"open science framework", " osf "}),
        (r"archive-it", {"archive it"}),
        (r"(?:core\.ac\.uk|linking repositories)", {"core ac uk", "linking repositories"}),
        (r"\bgalaxy\b.{0,60}tools", {" galaxy "}),
        (r"scikits?[ -]learn", {"scikit learn", "scikits learn"}),
        (r"\bgeo[- ]?server\b", {" geo server ", " geoserver "}),
        (r"érudit", {"rudit"}),
    ],
)
def test_the_most_telling_literals_come_first(expression: str, first: set[str]) -> None:
    assert required_literals(expression)[0] == first


@pytest.mark.parametrize("expression", [r"\w+", r"ab|platform of x", r"(abcdef)?", r"[a-z]{5}"])
def test_an_expression_without_a_long_literal_in_every_alternative_is_refused(expression: str) -> None:
    with pytest.raises(NoLiteralError, match=re.escape(repr(expression))):
        required_literals(expression)


def test_a_literal_is_seen_as_the_automaton_sees_text() -> None:
    assert as_view("Archive-It_É") == "archive it  "
