import pytest

from infracommons.methods.relevance.context import Mention, context
from infracommons.methods.relevance.features import Features, features
from infracommons.methods.relevance.knowledge import Knowledge
from infracommons.methods.relevance.phrases import PhraseBook
from infracommons.methods.relevance.surface import is_coined

RIGHT = "All images will be deposited in the Lantern repository (lantern-data.org), e.g. for data sharing."
WRONG = "Children walked with a paper lantern; candles gave light to the lanterns of the village."


def of(text: str, knowledge: Knowledge) -> Features:
    at = text.lower().index("lantern")
    return features(context("", text, [Mention("description", at, at + 7)]), knowledge)


def test_words_of_the_definition_are_counted_beside_the_mention_and_anywhere(knowledge: Knowledge) -> None:
    found = of(RIGHT + " Filler." * 60 + " A candle.", knowledge)
    assert found.values["known:near, three beside"] == 1
    assert found.values["known:settled twice"] == 1
    assert found.values["known:other, one beside"] == 0
    assert found.values["known:other, one anywhere"] == 1
    assert found.values["known:site beside"] == 1
    assert found.words["known:near"] == {"deposit", "data sharing", "repositor"}
    assert found.words["known:settled"] == {"Lantern repository", "lantern-data.org"}


def test_words_of_another_meaning_are_told_by_meaning(knowledge: Knowledge) -> None:
    found = of(WRONG, knowledge)
    assert found.values["known:other, two of one meaning beside"] == 1
    assert found.values["known:near beside"] == 0
    assert found.values["known:settled"] == 0
    assert found.words["known:other"] == {"paper lantern", "candle", "light"}


def test_intended_use_and_passing_mention_are_told_by_their_wording(knowledge: Knowledge) -> None:
    found = of(RIGHT, knowledge)
    assert found.values["cue:will be deposited"] == 1
    assert found.values["cue:e.g."] == 1
    assert found.words["cues:passing"] == {"e.g."}
    assert found.values["cues:deposit"] > found.values["cues:passing"]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("the lantern of reason", "lower case"),
        ("the lantern of reason", "a capitalised name in lower case"),
        ("the lantern of reason", "article before"),
        ("the lantern of reason", "of after"),
        ("using Lantern.", "spelled as defined"),
        ("a Lantern-like tool", "like after"),
        ("the Lantern Hotel", "capital after"),
        ("the Green Lantern", "capital before"),
        ("https://lantern.org/x", "address before"),
        ("https://lantern.org/x", "address after"),
        ("lantern: 12345", "identifier after"),
        ("two lanterns", "letters after"),
    ],
)
def test_how_the_name_is_written_is_seen(text: str, sign: str, knowledge: Knowledge) -> None:
    assert f"surface:{sign}" in of(text, knowledge).values


def test_a_text_without_a_mention_says_so_and_has_no_surface(knowledge: Knowledge) -> None:
    values = features(context("A title", "Data sharing with candles.", []), knowledge).values
    assert values["shape:no mention"] == 1
    assert values["known:near, one anywhere"] == 1
    assert not any(value for name, value in values.items() if name.startswith("surface:"))


def test_an_empty_award_has_features_too(knowledge: Knowledge) -> None:
    assert features(context("", "", []), knowledge).values["shape:no description"] == 1


def test_bibliographies_show(knowledge: Knowledge) -> None:
    cited = "as found earlier. References [1] A. B. Smith et al. 2019. Lantern 4. [2] C. Jones 2020."
    values = of(cited, knowledge).values
    assert values["shape:years"] == 2
    assert values["shape:references"] == 1
    assert values["shape:initials"] > 1


def test_a_host_is_known_by_its_longer_names_only(knowledge: Knowledge) -> None:
    assert knowledge.host_names == {"lighthouse college"}
    assert of("Lighthouse College runs Lantern.", knowledge).values["known:host beside"] == 1


def test_phrases_are_found_where_words_start_only() -> None:
    book = PhraseBook([("a", "art"), ("b", "[1]"), ("c", "art work")])
    assert list(book.hits("start art work[1]")) == [("a", "art", 6), ("c", "art work", 6), ("b", "[1]", 14)]
    assert list(PhraseBook([]).hits("art")) == []


def test_an_expression_is_searched_only_in_texts_that_can_match_it(knowledge: Knowledge) -> None:
    assert [p.pattern for p in knowledge.clear_in("See LANTERN-DATA.org")] == [
        r"lantern[- ]data\.org",
        r"\blantern (?:repository|data)\b",
    ]
    assert knowledge.clear_in("nothing of the kind") == []


@pytest.mark.parametrize(
    ("name", "coined"), [("DataCite", True), ("2i2c", True), ("Wayback Machine", True), ("Dryad", False)]
)
def test_a_coined_name_is_told_from_a_word(name: str, coined: bool) -> None:  # noqa: FBT001
    assert is_coined(name) is coined
