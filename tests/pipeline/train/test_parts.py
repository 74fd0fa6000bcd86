"""Twins, withheld knowledge and figures: what keeps the measuring honest."""

import dataclasses

import numpy as np

from infracommons.pipeline.train.figures import figures, left_for_a_person, mean_and_spread
from infracommons.pipeline.train.twins import twin_groups
from infracommons.pipeline.train.withheld import withheld
from infracommons.vocabulary.definitions import Infrastructure, OtherMeaning, SearchTerms

LAMP = Infrastructure(
    "lantern", "Lantern", "", "", (),
    terms=SearchTerms(
        {}, negative=("paper lantern",), clear=("lantern data",), near=("deposit",),
        other_meanings=(OtherMeaning("a lamp", ("candle", "wick", "never said")),),
    ),
)  # fmt: skip


def test_nearly_the_same_texts_are_in_one_group() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve"
    changed = text.replace("twelve", "thirteen")
    groups = twin_groups([text, "something else is said here of quite other things", changed.upper(), "", ""])
    assert groups[0] == groups[2]
    assert len({groups[0], groups[1], groups[3]}) == 3


def test_texts_with_a_funder_s_formula_alone_are_no_twins() -> None:
    formula = "this award reflects a statutory mission and has been deemed worthy of support"
    groups = twin_groups([f"{formula} {n} {n}{n} {n}a {n}b {n}c" for n in range(30)])
    assert len(set(groups)) == 30


def test_what_only_its_own_text_bears_out_is_withheld_from_a_text() -> None:
    texts = ["a candle and a wick", "a candle", "a paper lantern", "lantern data"]
    found = withheld([LAMP] * 4, texts, [0, 1, 2, 3])
    assert found[0].terms.other_meanings[0].words == ("candle", "never said")
    assert found[1] is LAMP
    assert found[2].terms.negative == ()
    assert found[3].terms.clear == ()
    assert all(infrastructure.terms.near == ("deposit",) for infrastructure in found)


def test_twins_and_other_infrastructures_bear_nothing_out() -> None:
    other = dataclasses.replace(LAMP, infrastructure_id="other")
    found = withheld([LAMP, LAMP, other], ["a wick", "a wick too", "a wick"], [0, 0, 1])
    assert all("wick" not in infrastructure.terms.other_meanings[0].words for infrastructure in found)


def test_figures_are_of_the_class_of_wrong_mentions() -> None:
    concerns = np.array([1, 1, 1, 1, 1, 1, 0, 0, 0, 0])
    probability = np.array([0.9, 0.9, 0.9, 0.9, 0.9, 0.4, 0.1, 0.1, 0.1, 0.8])
    unsure = np.array([0, 0, 0, 0, 0, 1, 0, 0, 0, 1])
    found = figures(concerns, probability, unsure)
    assert (found.n, found.accuracy) == (10, 0.8)
    assert (found.false_precision, found.false_recall, found.false_f1) == (0.75, 0.75, 0.75)
    assert found.review_share == 0.1
    assert found.auto_accuracy == round(8 / 9, 4)
    assert found.auto_false_f1 == round(6 / 7, 4)


def test_at_most_the_least_sure_tenth_is_left_for_a_person() -> None:
    probability = np.linspace(0.3, 0.68, 20)
    left = left_for_a_person(probability, np.ones(20, dtype=np.int64))
    assert left.sum() == 2
    assert set(np.abs(probability[left] - 0.5)) == set(np.sort(np.abs(probability - 0.5))[:2])
    assert not left_for_a_person(probability, np.zeros(20, dtype=np.int64)).any()


def test_figures_of_nothing_to_find_do_not_fail() -> None:
    found = figures(np.array([1, 1]), np.array([0.9, 0.8]), np.array([0, 0]))
    assert (found.false_f1, found.accuracy, found.review_share) == (0.0, 1.0, 0.0)


def test_mean_and_spread() -> None:
    assert mean_and_spread([1.0, 3.0]) == (2.0, 1.0)
