from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.needs import Answer
from infracommons.methods.decisions.policy import (
    Every,
    Node,
    Not,
    Some,
    Test,
    Unless,
    evaluate,
    explain,
    read_policy,
)
from infracommons.methods.decisions.policy_route import shortest_route
from infracommons.methods.result import MethodInputError

MET, NOT_MET, UNKNOWN, OUT = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN, Answer.NOT_APPLICABLE
thousand = settings(max_examples=1000, deadline=None)
LEAVES = ["a", "b", "c", "d"]
trees: st.SearchStrategy[Node] = st.recursive(
    st.sampled_from([Test(name) for name in LEAVES]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
        inner.map(Not),
        st.builds(Unless, inner, inner),
    ),
    max_leaves=5,
)
evidence = st.fixed_dictionaries({name: st.sampled_from([MET, NOT_MET, UNKNOWN, OUT]) for name in LEAVES})
A, B = Test("a"), Test("b")


@pytest.mark.parametrize(("a", "b"), list(product([NOT_MET, UNKNOWN, MET], repeat=2)))
def test_every_some_and_not_follow_kleenes_table(a: Answer, b: Answer) -> None:
    order = [NOT_MET, UNKNOWN, MET]
    told = {"a": a, "b": b}
    assert evaluate(Every((A, B)), told) is order[min(order.index(a), order.index(b))]
    assert evaluate(Some((A, B)), told) is order[max(order.index(a), order.index(b))]
    assert evaluate(Unless(A, B), told) is order[max(order.index(a), order.index(b))]
    assert evaluate(Not(A), told) is order[2 - order.index(a)]


def test_what_does_not_apply_drops_out_and_a_list_of_such_does_not_apply() -> None:
    assert evaluate(Every((A, B)), {"a": OUT, "b": MET}) is MET
    assert evaluate(Some((A, B)), {"a": OUT, "b": NOT_MET}) is NOT_MET
    assert evaluate(Every((A, B)), {"a": OUT, "b": OUT}) is OUT
    assert evaluate(Not(A), {"a": OUT}) is OUT


@thousand
@given(tree=trees, told=evidence, name=st.sampled_from(LEAVES), answer=st.sampled_from([MET, NOT_MET]))
def test_evidence_never_turns_a_known_answer_round_or_into_unknown(
    tree: Node, told: dict[str, Answer], name: str, answer: Answer
) -> None:
    before = evaluate(tree, {**told, name: UNKNOWN})
    if before is not UNKNOWN:
        assert evaluate(tree, {**told, name: answer}) is before


@thousand
@given(tree=trees, told=evidence)
def test_unknown_is_said_only_where_nothing_else_is_sure(tree: Node, told: dict[str, Answer]) -> None:
    # Of a tree in which a test comes twice the logic may say unknown where it could be told: never the reverse.
    unknown = [name for name in LEAVES if told[name] is UNKNOWN]
    ways = [dict(zip(unknown, way, strict=True)) for way in product([MET, NOT_MET], repeat=len(unknown))]
    answers = {evaluate(tree, {**told, **way}) for way in ways}
    found = evaluate(tree, told)
    assert answers == {found} if found is not UNKNOWN else UNKNOWN not in answers


@thousand
@given(tree=trees, told=evidence)
def test_the_shortest_route_agrees_with_trying_every_set_of_changes(tree: Node, told: dict[str, Answer]) -> None:
    route = shortest_route(tree, told)
    free = [name for name in LEAVES if told[name] is not OUT]
    lengths = [
        size
        for size in range(len(free) + 1)
        for names in combinations(free, size)
        for way in product([MET, NOT_MET], repeat=size)
        if evaluate(tree, {**told, **dict(zip(names, way, strict=True))}) is MET
    ]
    if route is None:
        assert not lengths
    else:
        assert len(route) == min(lengths)
        assert evaluate(tree, {**told, **{step.test_id: step.to for step in route}}) is MET


def test_the_route_prefers_evidence_to_be_found_over_a_failure_to_mend() -> None:
    route = shortest_route(Some((A, B)), {"a": NOT_MET})
    assert route is not None
    assert [(step.test_id, step.now, step.to) for step in route] == [("b", UNKNOWN, MET)]


def test_a_policy_is_read_and_explained_as_a_tree() -> None:
    form = {
        "all": ["a", {"unless": {"rule": {"test": "b", "words": "is open"}, "exception": {"not": "c"}}}, {"any": ["d"]}]
    }
    tree = read_policy(form)
    found = explain(tree, {"a": MET, "b": NOT_MET, "c": NOT_MET, "d": UNKNOWN})
    assert found.answer is UNKNOWN
    assert [part.answer for part in found.parts] == [MET, MET, UNKNOWN]
    assert found.parts[1].parts[0].words == "is open: not met"


@pytest.mark.parametrize(
    ("form", "where"),
    [(3, "policy"), ({"all": []}, r"policy\.all"), ({"any": ["a", 1]}, r"policy\.any\[1\]"),
     ({"not": None}, r"policy\.not"),
     ({"unless": {"rule": "a"}}, r"policy\.unless"), ({"all": ["a"], "any": ["b"]}, "policy"), ("", r"policy\.test")],
)  # fmt: skip
def test_what_is_no_policy_is_refused_by_its_place(form: object, where: str) -> None:
    with pytest.raises(MethodInputError, match=where):
        read_policy(form)


def test_partly_is_no_answer_to_a_test_of_a_policy() -> None:
    with pytest.raises(MethodInputError, match=r"evidence\.a"):
        evaluate(A, {"a": Answer.PARTLY})
