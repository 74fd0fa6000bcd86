"""A comparison as Markdown: a table a section, every cell escaped, evidence as links."""

import re

from infracommons.web.catalogue.compare.cells import Cell, Piece
from infracommons.web.catalogue.compare.comparison import Comparison, Group
from infracommons.web.catalogue.compare.files.about import About

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")
_NOT_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", "|": "%7C", " ": "%20", "\n": "", "\r": "", "\\": "%5C"})


def markdown_file(comparison: Comparison, told: About) -> bytes:
    """Return the file in UTF-8."""
    names = [column.infrastructure.name for column in comparison.columns]
    lines = [f"# {escaped('Comparison of ' + ', '.join(names))}", ""]
    lines += [f"- {about}: {escaped(text)}" for about, text in told.lines[1:]]
    heads = [_link(name, address) for name, address in zip(names, told.profiles, strict=True)]
    for group in comparison.groups:
        lines += ["", *_table(group, heads)]
    return ("\n".join(lines) + "\n").encode()


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, in one line: every character that could mean something escaped."""
    return "<br>".join(_MARKS.sub(r"\\\1", line.strip()) for line in text.splitlines() if line.strip())


def _table(group: Group, heads: list[str]) -> list[str]:
    lines = [f"## {escaped(group.label)}", "", f"| Field | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    lines += [f"| {escaped(row.label)} | {' | '.join(map(_cell, row.cells))} |" for row in group.rows]
    return lines


def _cell(cell: Cell) -> str:
    said = [escaped(text) for text in (*cell.words, cell.because, cell.note) if text]
    evidence = ", ".join(_piece(link) for link in cell.evidence)
    said += [f"Evidence: {evidence}"] if evidence else []
    return "<br>".join([*said, *([cell.checked] if cell.checked else [])])


def _piece(link: Piece) -> str:
    return _link(link.text, link.href) if link.href else escaped(link.text)


def _link(text: str, address: str) -> str:
    return f"[{escaped(text)}](<{address.translate(_NOT_IN_ADDRESS)}>)"
