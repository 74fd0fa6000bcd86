from pathlib import Path

import pytest

from infracommons.pipeline.train.relevance_gold import LabelledPair, read_gold
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.problems import UnusableInputError

HEADER = "grant_id,infrastructure,title,description,relevant\n"
OSF = Infrastructure("osf", "OSF", "", "", (), aliases=("Open Science Framework",))
ERUDIT = Infrastructure("erudit", "Érudit", "", "", ())


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return tmp_path / "gold.csv"


def test_infrastructures_are_known_by_name_alias_and_spelling(gold: Path) -> None:
    gold.write_text(
        HEADER + "1,osf (open science framework),T,D,TRUE\n2,erudit,T,D,false\n3,Open-Science Framework,,,TRUE\n"
    )
    found = read_gold(gold, [OSF, ERUDIT])
    assert [pair.infrastructure.infrastructure_id for pair in found] == ["osf", "erudit", "osf"]
    assert [pair.is_wrong for pair in found] == [False, True, False]


def test_an_unknown_infrastructure_is_found_by_its_name(gold: Path) -> None:
    gold.write_text(HEADER + "1,Never Heard (NH),T,D,TRUE\n")
    unknown = read_gold(gold, [OSF])[0].infrastructure
    assert unknown.infrastructure_id == "never-heard-nh"
    assert unknown.terms.expressions["title"] == (r"\bNever\ Heard\b",)


def test_texts_are_cleaned_and_their_key_ignores_case_and_punctuation(gold: Path) -> None:
    gold.write_text(HEADER + '1,osf,A <b>bold</b> plan,"It, &amp; that.",TRUE\n')
    pair = read_gold(gold, [OSF])[0]
    assert pair.title == "A bold plan"
    assert pair.text_hash == LabelledPair("a BOLD plan", "it that", OSF, is_wrong=True).text_hash
    assert pair.text_hash != LabelledPair("a bold plan", "it then", OSF, is_wrong=True).text_hash


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no column description"),
        ("a,b\n1,2\n", "no column description, infrastructure"),
        (HEADER, "no rows"),
        (HEADER + "1,osf,T,D,MAYBE\n", r"gold\.csv, row 2: relevant: 'MAYBE'"),
        (HEADER + "1,,T,D,TRUE\n", r"gold\.csv, row 2: infrastructure: empty"),
        (HEADER + "1,osf,T\n", r"gold\.csv, row 2: infrastructure.*3 fields"),
        (HEADER + '1,osf,T,"cut', "not readable as CSV"),
    ],
)
def test_what_is_not_labelled_data_is_refused_with_its_place(content: str, said: str, gold: Path) -> None:
    gold.write_text(content)
    with pytest.raises(UnusableInputError, match=said):
        read_gold(gold, [OSF])
