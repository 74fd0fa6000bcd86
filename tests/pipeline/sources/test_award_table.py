import re
from pathlib import Path

import pytest

from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Award
from infracommons.pipeline.sources.award_table import COLUMNS, SOURCE
from infracommons.vocabulary.problems import UnusableInputError

HOWTO = Path(__file__).parents[3] / "docs" / "howto" / "own_awards.md"


def document(path: Path, content: str) -> Document:
    path.write_text(content, encoding="utf-8")
    return Document(path.name, path, lambda: path.open("rb"))


@pytest.mark.parametrize(
    ("columns", "what"), [("title,colour", "'colour' is not known"), ("title,title", "'title' stands twice")]
)
def test_a_column_that_cannot_be_used_is_named(columns: str, what: str, tmp_path: Path) -> None:
    table = document(tmp_path / "ours.csv", f"identifier,funder_name,{columns}\n1,A fund,A,B\n")
    with pytest.raises(UnusableInputError, match=f"ours.csv: column {what}"):
        list(SOURCE.parse(table))


def test_the_example_of_the_howto_works(tmp_path: Path) -> None:
    text = HOWTO.read_text(encoding="utf-8")
    found = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert found is not None
    table = document(tmp_path / "ours.csv", found[1])
    assert SOURCE.recognise(table)
    awards = [SOURCE.normalise(native) for _, native in SOURCE.parse(table)]
    assert len(awards) == 2
    assert all(isinstance(award, Award) and award.amount for award in awards)


def test_the_howto_says_what_each_column_is_for() -> None:
    text = HOWTO.read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"| `{column}` |" not in text] == []
