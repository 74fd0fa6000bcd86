"""Reads the definition of a report: its front matter, and its Markdown as tokens with directives in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from markdown_it.token import Token

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.query_string import parse
from infracommons.reports.markdown import tokens_of
from infracommons.reports.problems import ReportError, at

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_MARK = "---"


@dataclass(frozen=True)
class Definition:
    """One report: what it is called among others, what it answers, which awards it is about by default, and its text.

    `needs` names the options that it cannot do without (only `infrastructure` so far), `pages` the most pages of its
    PDF. Lines of `tokens` are counted from the first of the file.
    """

    path: Path
    label: str
    title: str
    subtitle: str
    answers: str
    language: str
    filters: AwardFilters
    needs: tuple[str, ...]
    pages: int | None
    tokens: tuple[Token, ...]

    @property
    def name(self) -> str:
        """The name by which it is asked for."""
        return self.path.stem


_KEYS: Mapping[str, tuple[type, Any]] = {
    "label": (str, ""),
    "title": (str, None),
    "subtitle": (str, ""),
    "answers": (str, None),
    "language": (str, "en-GB"),
    "filters": (str, ""),
    "needs": (list, []),
    "pages": (int, 0),
}
OPTIONS = ("infrastructure",)


def definitions(folder: Path) -> list[Definition]:
    """Return every definition of the folder, by name; ReportError where one cannot be read."""
    return [read(path) for path in sorted(folder.glob("*.md"))]


def definition(folder: Path, name: str) -> Definition:
    """Return the definition of that name; ReportError, with the names there are, where there is none."""
    path = folder / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        there = ", ".join(path.stem for path in sorted(folder.glob("*.md"))) or "none"
        message = f"{folder}: no report {name!r}; there are: {there}"
        raise ReportError(message)
    return read(path)


def read(path: Path) -> Definition:
    """Return one definition; ReportError with file and line where it is not as docs/howto/reports.md says."""
    try:
        whole = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read as UTF-8 text: {error}"
        raise ReportError(message) from error
    found = _FRONT.match(whole)
    if not found:
        raise at(path, 1, f"begin with a line {_MARK}, then title: and answers:, then a line {_MARK}")
    front = _front(path, found[1])
    asked = parse(AwardFilters, front["filters"])
    if asked.problems:
        problem = asked.problems[0]
        raise at(path, 1, f"filters: {problem.field}={problem.value}; allowed is {problem.allowed}")
    return Definition(
        path,
        front["label"] or front["title"],
        front["title"],
        front["subtitle"],
        front["answers"],
        front["language"],
        asked.asked,
        _needs(path, front["needs"]),
        front["pages"] or None,
        tokens_of(path, whole[found.end() :], first_line=whole[: found.end()].count("\n")),
    )


def _front(path: Path, text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise at(path, 1, f"front matter is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(front, dict):
        raise at(path, 1, "front matter has a name and a value in each line, such as title: Our report")
    for name, value in front.items():
        if name not in _KEYS:
            raise at(path, 1, f"front matter: no {name!r}; there are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[name][0]):
            raise at(path, 1, f"front matter: {name}: {value!r} is not a {_KEYS[name][0].__name__}")
    lacking = [name for name, (_, default) in _KEYS.items() if default is None and not front.get(name)]
    if lacking:
        raise at(path, 1, f"front matter: {lacking[0]} is missing")
    return {name: front.get(name, default) for name, (_, default) in _KEYS.items()}


def _needs(path: Path, names: list[Any]) -> tuple[str, ...]:
    for name in names:
        if name not in OPTIONS:
            raise at(path, 1, f"front matter: needs: no option {name!r}; there is {', '.join(OPTIONS)}")
    return tuple(names)
