"""Does a service comply with a policy? Three-valued logic over tests: met, not met, not known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infracommons.methods.decisions.needs import Answer
from infracommons.methods.result import refuse

MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN, Answer.NOT_APPLICABLE
DEEPEST = 50  # levels of a tree; a policy that people can read has fewer


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
    words: str = ""


@dataclass(frozen=True)
class Some:
    """Met where at least one part is."""

    parts: tuple["Node", ...]
    words: str = ""


@dataclass(frozen=True)
class Not:
    """Met where the part is not met."""

    part: "Node"
    words: str = ""


@dataclass(frozen=True)
class Unless:
    """A rule with an exception: met where the rule is met or the exception holds."""

    rule: "Node"
    exception: "Node"
    words: str = ""


Node = Test | Every | Some | Not | Unless
Evidence = Mapping[str, Answer]  # by test; one that is missing is unknown


@dataclass(frozen=True)
class Explained:
    """A node's answer, in words, with those of its parts."""

    node: str
    answer: Answer
    words: str
    parts: tuple["Explained", ...] = ()


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
        return Explained("not", turned, _worded(node, f"the opposite of its part, so {_said(turned)}"), (inner,))
    if isinstance(node, Unless):
        pair = (explain(node.rule, evidence), explain(node.exception, evidence))
        answer = _combined([one.answer for one in pair], wins=MET)
        return Explained("unless", answer, _worded(node, f"by the rule or by its exception: {_said(answer)}"), pair)
    parts = tuple(explain(part, evidence) for part in node.parts)
    is_every = isinstance(node, Every)
    answer = _combined([one.answer for one in parts], wins=NOT_MET if is_every else MET)
    words = _worded(node, f"{'all' if is_every else 'at least one'} of {len(parts)}: {_said(answer)}")
    return Explained("all" if is_every else "any", answer, words, parts)


def _combined(answers: Sequence[Answer], wins: Answer) -> Answer:
    """Return `wins` where one part has it, unknown where one is unknown, else the other."""
    applies = [answer for answer in answers if answer is not NOT_APPLICABLE]
    if not applies:
        return NOT_APPLICABLE
    if wins in applies:
        return wins
    return UNKNOWN if UNKNOWN in applies else applies[0]


def tests_of(node: Node) -> list[str]:
    """Return the ids of all tests in the order of the tree, one that comes twice twice."""
    if isinstance(node, Test):
        return [node.test_id]
    return [leaf for part in parts_of(node) for leaf in tests_of(part)]


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node, none of a test."""
    if isinstance(node, Every | Some):
        return node.parts
    if isinstance(node, Unless):
        return node.rule, node.exception
    return (node.part,) if isinstance(node, Not) else ()


def read_policy(form: object, where: str = "policy") -> Node:
    """Return the tree of JSON: a test's id as text or {"test", "words"}; {"all": []}, {"any": []}, {"not": node},
    {"unless": {"rule", "exception"}}. MethodInputError names the place of what is wrong.
    """  # noqa: D205 - the forms stand together
    if where.count(".") > DEEPEST:
        refuse(where, "...", f"deeper than {DEEPEST} levels")
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
    return Test(form["test"], _words(form, where))


def _read_list(form: Mapping[str, Any], where: str) -> Node:
    key = "all" if "all" in form else "any"
    parts = form[key]
    if not isinstance(parts, list | tuple) or not parts:
        refuse(where, parts, "a list of at least one part was expected")
    read = tuple(read_policy(part, f"{where}[{place}]") for place, part in enumerate(parts))
    return Every(read, _words(form, where)) if key == "all" else Some(read, _words(form, where))


def _read_not(form: Mapping[str, Any], where: str) -> Node:
    return Not(read_policy(form["not"], where), _words(form, where))


def _read_unless(form: Mapping[str, Any], where: str) -> Node:
    pair = form["unless"]
    if not isinstance(pair, Mapping) or set(pair) != {"rule", "exception"}:
        refuse(where, pair, "`rule` and `exception` were expected")
    rule, exception = (read_policy(pair[name], f"{where}.{name}") for name in ("rule", "exception"))
    return Unless(rule, exception, _words(form, where))


def _words(form: Mapping[str, Any], where: str) -> str:
    words = form.get("words", "")
    if not isinstance(words, str):
        refuse(f"{where.rpartition('.')[0]}.words", words, "text was expected")
    return words


_READERS: dict[str, Callable[[Mapping[str, Any], str], Node]] = {
    "test": _read_test, "all": _read_list, "any": _read_list, "not": _read_not, "unless": _read_unless,
}  # fmt: skip


def _worded(node: Node, words: str) -> str:
    return f"{node.words}: {words}" if node.words else words


def _said(answer: Answer) -> str:
    return {MET: "met", NOT_MET: "not met", UNKNOWN: "not known", NOT_APPLICABLE: "does not apply"}.get(
        answer, "partly"
    )
