"""Works out which literals a regular expression cannot match without, so that an automaton can rule texts out."""

from collections.abc import Iterable, Sequence

# The standard library's own parser of expressions: it has no public name, and a second one would be a worse one.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

SHORTEST = 4  # characters, a word boundary counted as a blank; a shorter literal would let nearly every text through
# Words of award texts at large: an expression is told by its other literals, where it has some.
COMMON = frozenset(
    "access aggregat application archival based central cloud collection contributor direct online open platform "
    "project protocol report repositor research resource science scientific server service software standard "
    "system tool tools university works".split()
)
Items: TypeAlias = Sequence[tuple[Any, Any]]
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
    [[' osf ', 'science framework']]
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
    """Return every set of literals that the sequence requires."""
    found: list[frozenset[str]] = []
    run = ""
    for index, (op, value) in enumerate(items):
        if op is sre.LITERAL and chr(value).isascii():
            run += chr(value)
            continue
        if op is sre.AT:
            if value is sre.AT_BOUNDARY and _bounds(items, index, run):
                run += " "
            if value is not sre.AT_BOUNDARY or _is_literal(items, index + 1):
                continue
        found += [frozenset({as_view(run)})] if run.strip() else []
        run = ""
        if op is sre.BRANCH:
            branches = [_best(_sequence(_flat(branch))) for branch in value[1]]
            found += [frozenset().union(*branches)] if all(branches) else []  # type: ignore[arg-type]
        elif op in _REPEATS and value[0] >= 1:
            found += _sequence(_flat(value[2]))
    return [*found, frozenset({as_view(run)})] if run.strip() else found


def _bounds(items: Items, index: int, run: str) -> bool:
    """Tell whether the word boundary at the index stands where the view must have a blank that the run lacks."""
    if run:
        return run[-1].isalnum() and not _is_literal(items, index + 1)
    return _is_literal(items, index + 1) and chr(items[index + 1][1]).isalnum()


def _is_literal(items: Items, index: int) -> bool:
    return index < len(items) and items[index][0] is sre.LITERAL and chr(items[index][1]).isascii()


def _telling(literals: frozenset[str]) -> tuple[bool, int, int, list[str]]:
    """Order sets by how few texts they let through: no everyday word in it, then the length of the shortest literal."""
    shortest = min(map(len, literals))
    uncommon = shortest >= SHORTEST and not any(literal.strip() in COMMON for literal in literals)
    return uncommon, shortest, -len(literals), sorted(literals)


def _best(candidates: list[frozenset[str]]) -> frozenset[str] | None:
    return max(candidates, key=_telling, default=None)
