import dataclasses
import math

import pytest

from infracommons.methods.relevance.context import Mention
from infracommons.methods.relevance.judgement import Case, judgement
from infracommons.methods.relevance.knowledge import Knowledge
from infracommons.methods.relevance.model import ModelFormatError, RelevanceModel

MODEL = RelevanceModel(
    intercept=0.5,
    weights={
        "known:near, one beside": 3.0,
        "known:other, one beside": -2.5,
        "cue:e.g.": -0.5,
        "shape:no mention": -3.0,
    },
    means={"known:near, one beside": 0.5},
    accept=0.8,
    reject=0.2,
    training={"text_hashes": ["0123456789ab"]},
)


def case(text: str, **other: str | int) -> Case:
    at = text.lower().find("lantern")
    mentions = [Mention("description", at, at + 7)] if at >= 0 else []
    return Case("", text, mentions, **other)  # type: ignore[arg-type]


def test_the_probability_is_the_logistic_of_weights_times_what_is_unusual() -> None:
    odds = 0.5 + 3 * (1 - 0.5) - 0.5
    assert MODEL.probability({"known:near, one beside": 1, "cue:e.g.": 1}) == pytest.approx(
        1 / (1 + math.exp(-odds)), abs=5e-5
    )


def test_the_parts_add_up_to_the_log_odds_and_absence_counts() -> None:
    assert MODEL.parts({"cue:e.g.": 1.0}) == {"cue:e.g.": -0.5, "known:near, one beside": -1.5}


def test_sure_pairs_are_decided_with_the_words_that_decided(knowledge: Knowledge) -> None:
    right = judgement(case("We deposit in Lantern."), knowledge, MODEL)
    assert (right.decision, right.decided_by) == ("supports", "model")
    assert "words that belong near it (deposit)" in right.reason
    wrong = judgement(case("A lantern with a candle."), knowledge, MODEL)
    assert wrong.decision == "rejected"
    assert "words of another meaning (candle)" in wrong.reason


def test_an_unsure_pair_is_left_with_what_speaks_for_and_against(knowledge: Knowledge) -> None:
    left = judgement(case("We deposit in Lantern by candle light."), knowledge, MODEL)
    assert left.decision == "needs_review"
    assert left.reason.startswith("for: words that belong near it (deposit); against: words of another meaning (candle")


def test_an_award_long_before_the_launch_is_left_for_a_person(knowledge: Knowledge) -> None:
    early = judgement(case("We deposit in Lantern.", award_year=1992), knowledge, MODEL)
    assert (early.decision, early.decided_by) == ("needs_review", "rule")
    assert "award of 1992, but Lantern was launched in 2015" in early.reason
    assert judgement(case("We deposit in Lantern.", award_year=2012), knowledge, MODEL).decision == "supports"


def test_an_award_to_the_infrastructure_itself_supports_it_unless_its_name_is_a_word(knowledge: Knowledge) -> None:
    to_a_word = judgement(case("For general support.", recipient_name="Lantern"), knowledge, MODEL)
    assert to_a_word.decided_by == "model"
    assert "no mention in title or description" in to_a_word.reason
    coined = Knowledge(dataclasses.replace(knowledge.infrastructure, name="LanternData"))
    found = judgement(case("For general support.", recipient_name="The LanternData"), coined, MODEL)
    assert (found.decision, found.decided_by) == ("supports", "rule")
    assert found.probability < 0.2


def test_an_award_that_names_it_only_as_the_recipient_is_left_for_a_person(knowledge: Knowledge) -> None:
    named = case("For a new roof.", recipient_name="Lantern")
    found = judgement(dataclasses.replace(named, mentions=[Mention("recipient_name", 0, 7)]), knowledge, MODEL)
    assert (found.decision, found.decided_by) == ("needs_review", "rule")


def test_a_model_survives_being_stored() -> None:
    assert RelevanceModel.from_json(MODEL.to_json()) == MODEL


@pytest.mark.parametrize("damage", [{"format": 2}, {"features": {"a": 1}}, {"thresholds": {}}, {"intercept": None}])
def test_a_damaged_model_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(ModelFormatError, match="relevance model"):
        RelevanceModel.from_json(MODEL.to_json() | damage)
