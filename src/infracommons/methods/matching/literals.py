"""Works out which literals a regular expression cannot match without, so that an automaton can rule texts out."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

# The standard library's own parser of expressions: it has no public name, and a second one would be a worse one.
# Imported by name because mypy finds it or not depending on what it has cached.
sre: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

SHORTEST = 4  # characters, a word boundary counted as a blank; a shorter literal would let nearly every text through
# Words of award texts at large: an expression is told by its other literals, where it has some.
COMMON = frozenset(
    "access aggregat application archival based central cloud collection contributor direct online open platform "
    "project protocol report repositor research resource science scientific server service software standard "
    "system tool tools university works".split()
)
Items: TypeAlias = Sequence[tuple[Any, Any]]
MOST_VARIANTS = 8  # of one run, where characters in it may be missing
_GROUPS = {sre.SUBPATTERN: -1, sre.ATOMIC_GROUP: None}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_INVISIBLE = {sre.ASSERT, sre.ASSERT_NOT}


class NoLiteralError(ValueError):
    """The expression can match without any literal that is long enough for the automaton."""


def required_literals(expression: str) -> list[frozenset[str]]:
    r"""Return sets of literals; the view (see `as_view`) of every text the expression matches has one of each set.

    The most telling set comes first: the one whose shortest literal is longest. A word boundary beside a letter
    becomes a blank, because the view has a blank wherever a word ends.
    Raises `re.error` for an expression that does not parse, NoLiteralError where no set has long enough literals.

    >>> [sorted(literals) for literals in required_literals(r"open[ -]science framework|(?-i:\bOSF\b)")]
    [[' osf ', 'open science framework']]
    """
    found = sorted(set(_sequence(_flat(parser.parse(expression)))), key=_telling, reverse=True)
    if not found or min(map(len, found[0])) < SHORTEST:
        seen = ", ".join(map(repr, sorted(found[0]))) if found else "none"
        message = f"expression {expression!r} needs a literal of {SHORTEST} characters in every alternative: {seen}"
        raise NoLiteralError(message)
    return found


def as_view(literal: str) -> str:
    """Return a literal as the automaton sees text: lower case, everything but ASCII letters and digits a blank."""
    return "".join(c.lower() if c.isascii() and c.isalnum() else " " for c in literal)


def _flat(items: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Dissolve groups and leave out what has no width, so that runs of literals cross their borders."""
    flat: list[tuple[Any, Any]] = []
    for op, value in items:
        if op in _GROUPS:
            flat += _flat(value if _GROUPS[op] is None else value[_GROUPS[op]])
        elif op in _REPEATS and value[0] == value[1] == 1:
            flat += _flat(value[2])
        elif op not in _INVISIBLE:
            flat.append((op, value))
    return flat


def _sequence(items: Items) -> list[frozenset[str]]:
    """Return every set of literals that the sequence requires; a run has variants where a character may be missing."""
    found: list[frozenset[str]] = []
    run = {""}
    for index, (op, value) in enumerate(items):
        character = _character(op, value)
        if character:
            run = {variant + character for variant in run}
        elif op is sre.AT:
            if value is sre.AT_BOUNDARY and not _is_character(items, index + 1):
                run = {variant + " " if variant[-1:].isalnum() else variant for variant in run}
            elif value is sre.AT_BOUNDARY and run == {""} and items[index + 1][0] is sre.LITERAL:
                run = {" "} if chr(items[index + 1][1]).isalnum() else {""}
        elif len(run) < MOST_VARIANTS and (optional := _optional(op, value)):
            run |= {variant + optional for variant in run}
        else:
            found += [*_as_set(run), *_inside(op, value)]
            run = {""}
    return found + _as_set(run)


def _as_set(run: set[str]) -> list[frozenset[str]]:
    return [frozenset(map(as_view, run))] if all(variant.strip() for variant in run) else []


def _inside(op: Any, value: Any) -> list[frozenset[str]]:  # noqa: ANN401 - the parser's own values
    """Return the sets of literals that an item of more than one character requires."""
    if op is sre.BRANCH:
        branches = [_best(_sequence(_flat(branch))) for branch in value[1]]
        return [frozenset(literal for branch in branches for literal in branch or ())] if all(branches) else []
    return _sequence(_flat(value[2])) if op in _REPEATS and value[0] >= 1 else []


def _character(op: Any, value: Any) -> str:  # noqa: ANN401
    """Return the one character of the view that the item stands for, nothing where it is not one."""
    if op is sre.LITERAL and chr(value).isascii():
        return chr(value)
    if op is sre.IN and all(kind is sre.LITERAL and chr(code).isascii() for kind, code in value):
        seen = {as_view(chr(code)) for _, code in value}
        return seen.pop() if len(seen) == 1 else ""
    return ""


def _optional(op: Any, value: Any) -> str:  # noqa: ANN401
    """Return the one character that may stand there or be missing."""
    if op in _REPEATS and value[:2] == (0, 1) and len(value[2]) == 1:
        return _character(*value[2][0])
    return ""


def _is_character(items: Items, index: int) -> bool:
    return index < len(items) and bool(_character(*items[index]))


def _telling(literals: frozenset[str]) -> tuple[bool, int, int, list[str]]:
    """Order sets by how few texts they let through: no everyday word in it, then the length of the shortest literal."""
    shortest = min(map(len, literals))
    uncommon = shortest >= SHORTEST and not any(literal.strip() in COMMON for literal in literals)
    return uncommon, shortest, -len(literals), sorted(literals)


def _best(candidates: list[frozenset[str]]) -> frozenset[str] | None:
    return max(candidates, key=_telling, default=None)
