"""Does a service comply with a policy? Three-valued logic over tests: met, not met, not known; and the way to "met"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from infracommons.methods.decisions.needs import Answer
from infracommons.methods.result import refuse

MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN, Answer.NOT_APPLICABLE
MOST_SEARCHED = 20  # leaves to change, in a tree in which one comes twice


@dataclass(frozen=True)
class Test:
    """A leaf: one test on evidence, by its id; `words` say what it asks."""

    __test__ = False  # pytest takes it for one of its own otherwise

    test_id: str
    words: str = ""


@dataclass(frozen=True)
class Every:
    """Met where all parts are."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    """Met where at least one part is."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """Met where the part is not met."""

    part: "Node"


@dataclass(frozen=True)
class Unless:
    """A rule with an exception: met where the rule is met or the exception holds."""

    rule: "Node"
    exception: "Node"


Node = Test | Every | Some | Not | Unless
Evidence = Mapping[str, Answer]  # by test; one that is missing is unknown


@dataclass(frozen=True)
class Explained:
    """A node's answer, in words, with those of its parts."""

    node: str
    answer: Answer
    words: str
    parts: tuple["Explained", ...] = ()


@dataclass(frozen=True)
class Change:
    """One step to "met": this test has to come out as `to`; it is now `now` (unknown: evidence is to be found)."""

    test_id: str
    now: Answer
    to: Answer


def evaluate(node: Node, evidence: Evidence) -> Answer:
    """Return the answer by Kleene's strong logic; what does not apply drops out of its list.

    Every is the least of its parts, Some the greatest, with not met < unknown < met. Unless is Some of rule and
    exception. A list all of which does not apply does not apply. Source: S. C. Kleene, Introduction to
    Metamathematics, 1952, section 64.
    """
    return explain(node, evidence).answer


def explain(node: Node, evidence: Evidence) -> Explained:
    """Return the answer with those of all parts, as a tree."""
    if isinstance(node, Test):
        answer = evidence.get(node.test_id, UNKNOWN)
        if answer is Answer.PARTLY:
            refuse(
                f"evidence.{node.test_id}", answer.value, "a test of a policy is met or not; partly is not an answer"
            )
        return Explained(node.test_id, answer, f"{node.words or node.test_id}: {_said(answer)}")
    if isinstance(node, Not):
        inner = explain(node.part, evidence)
        turned = {MET: NOT_MET, NOT_MET: MET}.get(inner.answer, inner.answer)
        return Explained("not", turned, f"the opposite of its part, so {_said(turned)}", (inner,))
    if isinstance(node, Unless):
        pair = (explain(node.rule, evidence), explain(node.exception, evidence))
        answer = _combined([one.answer for one in pair], wins=MET)
        return Explained("unless", answer, f"met by the rule or by its exception: {_said(answer)}", pair)
    parts = tuple(explain(part, evidence) for part in node.parts)
    is_every = isinstance(node, Every)
    answer = _combined([one.answer for one in parts], wins=NOT_MET if is_every else MET)
    words = f"{'all' if is_every else 'at least one'} of {len(parts)}: {_said(answer)}"
    return Explained("all" if is_every else "any", answer, words, parts)


def shortest_route(node: Node, evidence: Evidence) -> tuple[Change, ...] | None:
    """Return the fewest tests that have to change for the policy to be met, each counting alike; None where none do.

    Of equally short routes the one with more open questions and fewer failures is taken, then the first by id. Exact;
    MethodInputError where a test comes twice and more than 20 tests could change.
    """
    if evaluate(node, evidence) is MET:
        return ()
    ids = _leaves(node)
    if len(set(ids)) == len(ids):
        return _cheapest(node, evidence, MET)
    return _searched(node, evidence, sorted(set(ids)))


def _combined(answers: Sequence[Answer], wins: Answer) -> Answer:
    """Return `wins` where one part has it, unknown where one is unknown, else the other."""
    applies = [answer for answer in answers if answer is not NOT_APPLICABLE]
    if not applies:
        return NOT_APPLICABLE
    if wins in applies:
        return wins
    return UNKNOWN if UNKNOWN in applies else applies[0]


def _leaves(node: Node) -> list[str]:
    if isinstance(node, Test):
        return [node.test_id]
    return [leaf for part in _parts(node) for leaf in _leaves(part)]


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Every | Some):
        return node.parts
    if isinstance(node, Unless):
        return node.rule, node.exception
    return (node.part,) if isinstance(node, Not) else ()


def _length(route: tuple[Change, ...]) -> tuple[int, int, list[str]]:
    return len(route), sum(one.now is not UNKNOWN for one in route), sorted(one.test_id for one in route)


def _cheapest(node: Node, evidence: Evidence, goal: Answer) -> tuple[Change, ...] | None:
    """Return the shortest route of a tree in which no test comes twice, from the leaves up."""
    now = evaluate(node, evidence)
    if now is goal:
        return ()
    if isinstance(node, Test):
        return None if now is NOT_APPLICABLE else (Change(node.test_id, now, goal),)
    if isinstance(node, Not):
        return _cheapest(node.part, evidence, NOT_MET if goal is MET else MET)
    needs_all = isinstance(node, Every) is (goal is MET)
    routes = [
        _cheapest(part, evidence, goal) for part in _parts(node) if evaluate(part, evidence) is not NOT_APPLICABLE
    ]
    found = [route for route in routes if route is not None]
    if needs_all:
        return None if not routes or len(found) < len(routes) else tuple(step for route in found for step in route)
    return min(found, key=_length, default=None)


def _searched(node: Node, evidence: Evidence, ids: list[str]) -> tuple[Change, ...] | None:
    """Return the shortest route by trying all sets of changes, the smallest first."""
    open_ids = [one for one in ids if evidence.get(one, UNKNOWN) is not NOT_APPLICABLE]
    if len(open_ids) > MOST_SEARCHED:
        refuse("policy", len(open_ids), f"a test comes twice, and more than {MOST_SEARCHED} could change")
    choices = [
        Change(one, evidence.get(one, UNKNOWN), to)
        for one in open_ids
        for to in (MET, NOT_MET)
        if evidence.get(one) is not to
    ]
    for size in range(1, len(open_ids) + 1):
        sets = [route for route in combinations(choices, size) if len({one.test_id for one in route}) == size]
        works = [
            route for route in sets if evaluate(node, {**evidence, **{one.test_id: one.to for one in route}}) is MET
        ]
        if works:
            return min(works, key=_length)
    return None


def read_policy(form: object, where: str = "policy") -> Node:
    """Return the tree of JSON: a test's id as text or {"test", "words"}; {"all": []}, {"any": []}, {"not": node},
    {"unless": {"rule", "exception"}}. MethodInputError names the place of what is wrong.
    """  # noqa: D205 - the forms stand together
    if isinstance(form, str):
        form = {"test": form}
    if not isinstance(form, Mapping):
        refuse(where, form, "a test's id or an object was expected")
    kinds = [key for key in ("test", "all", "any", "not", "unless") if key in form]
    if len(kinds) != 1 or set(form) - {kinds[0], "words"}:
        refuse(where, form, "exactly one of test, all, any, not, unless was expected")
    return _READERS[kinds[0]](form, f"{where}.{kinds[0]}")


def _read_test(form: Mapping[str, Any], where: str) -> Node:
    if not isinstance(form["test"], str) or not form["test"]:
        refuse(where, form["test"], "the id of a test was expected")
    return Test(form["test"], str(form.get("words", "")))


def _read_list(form: Mapping[str, Any], where: str) -> Node:
    key = "all" if "all" in form else "any"
    parts = form[key]
    if not isinstance(parts, list | tuple) or not parts:
        refuse(where, parts, "a list of at least one part was expected")
    read = tuple(read_policy(part, f"{where}[{place}]") for place, part in enumerate(parts))
    return Every(read) if key == "all" else Some(read)


def _read_not(form: Mapping[str, Any], where: str) -> Node:
    return Not(read_policy(form["not"], where))


def _read_unless(form: Mapping[str, Any], where: str) -> Node:
    pair = form["unless"]
    if not isinstance(pair, Mapping) or set(pair) != {"rule", "exception"}:
        refuse(where, pair, "`rule` and `exception` were expected")
    return Unless(read_policy(pair["rule"], f"{where}.rule"), read_policy(pair["exception"], f"{where}.exception"))


_READERS: dict[str, Callable[[Mapping[str, Any], str], Node]] = {
    "test": _read_test, "all": _read_list, "any": _read_list, "not": _read_not, "unless": _read_unless,
}  # fmt: skip


def _said(answer: Answer) -> str:
    return {MET: "met", NOT_MET: "not met", UNKNOWN: "not known", NOT_APPLICABLE: "does not apply"}.get(
        answer, "partly"
    )
