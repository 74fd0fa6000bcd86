"""The Markdown: what a reader of Markdown makes of it is what the report says."""

import re

from markdown_it import MarkdownIt
from tests.reports.conftest import SITE

from infracommons.reports.document import Document, Heading, Table
from infracommons.reports.writers import markdown


def test_headings_and_tables_come_back(state: Document) -> None:
    text = markdown.write(state, SITE)["state_of_open_infrastructure.md"].decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    headings = sum(token.type == "heading_open" for token in tokens)
    assert headings == sum(isinstance(block, Heading) for block in state.blocks) + 2  # the title, and the sources
    tables = [block for block in state.blocks if isinstance(block, Table)]
    assert sum(token.type == "table_open" for token in tokens) == len(tables)
    rows = sum(len(table.rows) + 1 for table in tables)
    assert sum(token.type == "tr_open" for token in tokens) == rows
    cells = sum((len(table.rows) + 1) * len(table.heads) for table in tables)
    assert sum(token.type in {"td_open", "th_open"} for token in tokens) == cells


def test_every_picture_named_is_a_file_beside(state: Document) -> None:
    files = markdown.write(state, SITE)
    text = files["state_of_open_infrastructure.md"].decode()
    named = set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", re.sub(r"\\.", "", text)))
    assert named == {name for name in files if name.endswith(".png")}
    assert len(named) == len(list(state.figures()))
    assert all(files[name].startswith(b"\x89PNG") for name in named)


def test_words_that_markdown_would_read_as_its_own_are_plain() -> None:
    assert markdown._safe("a_b *c* [d] <e> | f") == r"a\_b \*c\* \[d\] \<e\> \| f"
    assert markdown._safe("has ") + "175" == "has 175"
    assert markdown._line("2024. A year") == r"2024\. A year"
    assert markdown._line("- not a list") == r"\- not a list"
