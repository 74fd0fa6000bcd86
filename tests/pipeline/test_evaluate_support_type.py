from pathlib import Path

import pytest

from infracommons.pipeline.evaluate.support_type import accuracy, evaluate, kappa
from infracommons.vocabulary.problems import UnusableInputError

DEFINITIONS = Path(__file__).parents[2] / "definitions"
GOLD = Path(__file__).parents[3] / "shared" / "data" / "gold" / "support_type.csv"
HEADER = "row_no,award_id,oi_name,host_organization,grant_title,grant_description,recipient,award_supercat,award_cat\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return tmp_path / "gold.csv"


@pytest.mark.real_data
@pytest.mark.skipif(not GOLD.exists(), reason="the labelled awards are not beside the project")
def test_analysts_labels_are_met_as_well_as_we_promise() -> None:
    figures = evaluate(GOLD, DEFINITIONS)
    assert figures["n"] == 40
    assert figures["accuracy"] >= 0.88
    assert figures["kappa"] >= 0.78
    assert figures["direct_adjacent_accuracy"] >= 0.9
    assert figures["activity_accuracy"] >= 0.7


def test_a_name_with_brackets_finds_its_infrastructure_and_its_hosts(gold: Path) -> None:
    gold.write_text(
        HEADER
        + '1,,"[""Open Science Framework (OSF)""]",[null],,OSF,[CENTER FOR OPEN SCIENCE],DIRECT,OTHER\n'
        + '2,,"[""Never Heard Of It""]",[null],A study of fishes in lakes,,Some College,ADJACENT,ADJACENT\n'
    )
    assert evaluate(gold, DEFINITIONS)["accuracy"] == 1.0


def test_kappa_is_agreement_beyond_chance() -> None:
    yes_no = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(yes_no) == pytest.approx(0.4)
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "b"), ("b", "a")]) == -1.0
    assert kappa([]) is None
    assert accuracy([]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("row_no,oi_name\n", "no column award_cat"),
        (HEADER + '1,,"[""OSF""]",,,x,,MAYBE,\n', "row 2: award_supercat 'MAYBE'"),
        (HEADER + "1,,OSF,,,x,,DIRECT,OTHER\n", "row 2: oi_name 'OSF' is not a JSON list"),
        (HEADER + "1,,[],,,x,,DIRECT,OTHER\n", "row 2: oi_name '\\[\\]' names no infrastructure"),
    ],
)
def test_a_file_that_is_not_the_gold_data_is_refused_with_its_row_and_value(gold: Path, text: str, said: str) -> None:
    gold.write_text(text)
    with pytest.raises(UnusableInputError, match=said):
        evaluate(gold, DEFINITIONS)
