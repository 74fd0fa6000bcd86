from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.needs import Answer, Function, Kind, Need, Requirement, match, must_passes, score
from infracommons.methods.decisions.next_questions import first_rank, next_questions
from infracommons.methods.result import MethodInputError

thousand = settings(max_examples=1000, deadline=None)
HALF = Fraction(1, 2)
some_answers = st.sampled_from(list(Answer))
kinds = st.sampled_from(list(Kind))


@st.composite
def needs(draw: st.DrawFn) -> tuple[Need, dict[str, Answer]]:
    functions, answers = [], {}
    for f in range(draw(st.integers(1, 2))):
        asked = []
        for r in range(draw(st.integers(1, 3))):
            name = f"f{f}r{r}"
            asked.append(Requirement(name, draw(kinds), Fraction(draw(st.integers(1, 5)))))
            answers[name] = draw(some_answers)
        functions.append(Function(f"f{f}", tuple(asked), Fraction(draw(st.integers(1, 5)))))
    return Need(tuple(functions), HALF, partly_passes_must=draw(st.booleans())), answers


def need(*requirements: Requirement) -> Need:
    return Need((Function("f", requirements),), HALF, partly_passes_must=False)


def test_what_is_unknown_makes_an_interval_and_not_a_low_score() -> None:
    tree = need(Requirement("a", Kind.SHOULD, Fraction(3)), Requirement("b", Kind.COULD), Requirement("c", Kind.MUST))
    found = match(tree, {"a": Answer.PARTLY, "c": Answer.MET})
    assert (found.low, found.high) == (Fraction(3, 8), Fraction(5, 8))
    assert found.suitability == "suitable"
    assert found.reasons["b"] == "could: not known"


@pytest.mark.parametrize(
    ("kind", "answer", "suitability"),
    [
        (Kind.MUST, Answer.NOT_MET, "unsuitable"),
        (Kind.MUST, Answer.PARTLY, "unsuitable"),
        (Kind.MUST, Answer.UNKNOWN, "undecided"),
        (Kind.MUST, Answer.NOT_APPLICABLE, "suitable"),
        (Kind.MUST_NOT, Answer.MET, "unsuitable"),
        (Kind.MUST_NOT, Answer.NOT_MET, "suitable"),
        (Kind.SHOULD, Answer.NOT_MET, "suitable"),
    ],
)
def test_musts_sift_out_and_what_is_unknown_leaves_it_open(kind: Kind, answer: Answer, suitability: str) -> None:
    assert match(need(Requirement("a", kind)), {"a": answer}).suitability == suitability


@thousand
@given(drawn=needs())
def test_who_fails_a_must_is_never_suitable(drawn: tuple[Need, dict[str, Answer]]) -> None:
    tree, answers = drawn
    found = match(tree, answers)
    fails = [name for name, one in tree.requirements.items()
             if not one.is_scored and must_passes(tree, one, answers[name]) is False]  # fmt: skip
    assert (found.suitability == "unsuitable") is bool(fails)
    assert set(found.failed) == set(fails)


@thousand
@given(drawn=needs(), place=st.integers(0, 5), answer=some_answers)
def test_an_answer_narrows_the_interval_and_never_widens_it(
    drawn: tuple[Need, dict[str, Answer]], place: int, answer: Answer
) -> None:
    tree, answers = drawn
    name = sorted(answers)[place % len(answers)]
    before = match(tree, {**answers, name: Answer.UNKNOWN})
    after = match(tree, {**answers, name: answer})
    assert before.low <= after.low <= after.high <= before.high


@thousand
@given(drawn=needs(), weight=st.integers(1, 5))
def test_a_further_requirement_that_is_met_never_lowers_the_score(
    drawn: tuple[Need, dict[str, Answer]], weight: int
) -> None:
    tree, answers = drawn
    first, *rest = tree.functions
    new = Requirement("new", Kind.SHOULD, Fraction(weight))
    wider = Need((Function(first.function_id, (*first.requirements, new), first.weight), *rest), HALF,
                 tree.partly_passes_must)  # fmt: skip
    for unknown in (Fraction(0), Fraction(1)):
        before = score(tree, answers, unknown=unknown)
        if any(
            one.is_scored and answers[one.requirement_id] is not Answer.NOT_APPLICABLE for one in first.requirements
        ):
            assert score(wider, {**answers, "new": Answer.MET}, unknown=unknown) >= before


@thousand
@given(drawn=needs())
def test_the_order_of_requirements_makes_no_difference(drawn: tuple[Need, dict[str, Answer]]) -> None:
    tree, answers = drawn
    turned = tuple(Function(one.function_id, one.requirements[::-1], one.weight) for one in tree.functions[::-1])
    other = match(Need(turned, tree.partly_counts, tree.partly_passes_must), answers)
    found = match(tree, answers)
    assert (found.low, found.high, found.suitability) == (other.low, other.high, other.suitability)


def slow_first_rank(tree: Need, options: dict[str, dict[str, Answer]], chance: Fraction) -> dict[str, Fraction]:
    """Return chances by going through every combination of all unknown answers together."""
    gaps = [(o, r) for o in options for r in tree.requirements if options[o].get(r, Answer.UNKNOWN) is Answer.UNKNOWN]
    found = dict.fromkeys(options, Fraction(0))
    for way in product((True, False), repeat=len(gaps)):
        told = {o: dict(answers) for o, answers in options.items()}
        for (o, r), met in zip(gaps, way, strict=True):
            told[o][r] = Answer.MET if met else Answer.NOT_MET
        matches = {o: match(tree, answers) for o, answers in told.items()}
        fit = {o: one.low for o, one in matches.items() if one.suitability == "suitable"}
        firsts = [o for o, low in fit.items() if low == max(fit.values())]
        for o in firsts:
            found[o] += chance ** sum(way) * (1 - chance) ** (len(way) - sum(way)) / len(firsts)
    return found


@thousand
@given(drawn=needs(), data=st.data())
def test_chances_to_come_first_agree_with_all_combinations(
    drawn: tuple[Need, dict[str, Answer]], data: st.DataObject
) -> None:
    tree, answers = drawn
    unknown = data.draw(st.sets(st.sampled_from(sorted(answers)), max_size=3))
    other = data.draw(st.fixed_dictionaries({name: st.sampled_from([Answer.MET, Answer.NOT_MET]) for name in answers}))
    told = {name: Answer.MET if answer is Answer.UNKNOWN else answer for name, answer in answers.items()}
    options: dict[str, dict[str, Answer]] = {
        "x": {name: answer for name, answer in told.items() if name not in unknown},
        "y": other,
    }
    chance = Fraction(1, 3)
    found = next_questions(tree, options, chance_met=chance, most=99)
    assert found.first_rank == pytest.approx(
        {name: float(part) for name, part in slow_first_rank(tree, options, chance).items()}
    )
    assert all(0 <= one.worth <= 1 for one in found.questions)
    assert len(found.questions) == len(unknown)


def test_the_question_that_decides_comes_before_the_one_that_does_not() -> None:
    tree = need(Requirement("a", Kind.SHOULD, Fraction(5)), Requirement("b", Kind.SHOULD, Fraction(2)),
                Requirement("c", Kind.SHOULD, Fraction(1)))  # fmt: skip
    options = {"x": {"b": Answer.MET}, "y": {"a": Answer.NOT_MET, "b": Answer.MET, "c": Answer.MET}}
    found = next_questions(tree, options, chance_met=HALF)
    assert [(one.option, one.requirement) for one in found.questions] == [("x", "a"), ("x", "c")]
    # x comes first with `a`, shares with `c` alone, and loses without either: 1/2 + 1/8 and 1/4 + 1/8.
    assert found.first_rank == {"x": Fraction(5, 8), "y": Fraction(3, 8)}
    assert found.questions[0].worth == Fraction(3, 8)
    assert found.is_exact


def test_too_many_scores_are_rounded_and_the_result_says_so() -> None:
    tree = need(*(Requirement(f"r{place}", Kind.SHOULD, Fraction(2**place)) for place in range(16)))
    found = next_questions(tree, {"x": {}, "y": {}}, chance_met=HALF, most=40)
    assert not found.is_exact
    assert found.first_rank == pytest.approx({"x": HALF, "y": HALF})
    # The weightiest requirement decides alone whenever the two differ in it.
    assert found.questions[0].if_met["x"] == pytest.approx(3 / 4, abs=0.001)
    assert [one.requirement for one in found.questions[:4]] == ["r15", "r15", "r14", "r14"]


def test_alike_requirements_have_few_scores_and_stay_exact() -> None:
    tree = need(*(Requirement(f"r{place}", Kind.SHOULD) for place in range(30)))
    found = next_questions(tree, {"x": {}}, chance_met=HALF, most=1)
    assert found.is_exact
    assert found.first_rank == {"x": 1}
    assert first_rank({"a": {HALF: 1.0}, "b": {HALF: 1.0}}) == {"a": 0.5, "b": 0.5}


def test_three_options_share_the_first_place_as_all_combinations_say() -> None:
    tree = need(Requirement("a", Kind.SHOULD, Fraction(2)), Requirement("b", Kind.COULD), Requirement("c", Kind.MUST))
    options: dict[str, dict[str, Answer]] = {"x": {"c": Answer.MET}, "y": {"a": Answer.MET}, "z": {"b": Answer.MET}}
    found = next_questions(tree, options, chance_met=Fraction(1, 3), most=99)
    assert found.first_rank == pytest.approx(slow_first_rank(tree, options, Fraction(1, 3)))
    for one in found.questions:
        for answer, chances in ((Answer.MET, one.if_met), (Answer.NOT_MET, one.if_not_met)):
            told = {name: dict(answers) for name, answers in options.items()}
            told[one.option][one.requirement] = answer
            assert chances == pytest.approx(slow_first_rank(tree, told, Fraction(1, 3)))


def test_what_is_no_need_is_refused() -> None:
    with pytest.raises(MethodInputError, match="no requirements"):
        Need((), HALF, partly_passes_must=False)
    with pytest.raises(MethodInputError, match="twice"):
        need(Requirement("a", Kind.MUST), Requirement("a", Kind.MUST))
    with pytest.raises(MethodInputError, match="weight"):
        need(Requirement("a", Kind.MUST, Fraction(0)))
    with pytest.raises(MethodInputError, match=r"answers\.z"):
        match(need(Requirement("a", Kind.MUST)), {"z": Answer.MET})
    with pytest.raises(MethodInputError, match="chance_met"):
        next_questions(need(Requirement("a", Kind.MUST)), {"x": {}}, chance_met=Fraction(0))
