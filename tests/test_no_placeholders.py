"""Every test can fail: none is empty, skipped for good, or expected to fail."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FILES = sorted(TESTS.rglob("test_*.py"))


def _tests(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _does_something(test: ast.FunctionDef) -> bool:
    """Return whether the test asserts or calls anything; a comment, `pass` or `...` does neither."""
    inside = [node for line in test.body for node in ast.walk(line)]
    return any(isinstance(node, ast.Assert | ast.Call) for node in inside)


def _is_given_up(test: ast.FunctionDef) -> bool:
    """Return whether a test is skipped or expected to fail whatever happens."""
    marks = [ast.unparse(mark) for mark in test.decorator_list]
    starts_so = ast.unparse(test.body[0]).startswith(("pytest.skip(", "pytest.xfail("))
    return starts_so or any("mark.xfail" in mark or mark.startswith("pytest.mark.skip(") for mark in marks)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_every_test_of_a_file_can_fail(path: Path) -> None:
    tests = list(_tests(path))
    assert tests, "a file of tests without one"
    assert [test.name for test in tests if not _does_something(test) or _is_given_up(test)] == []
