import pytest

from infracommons.methods.mechanisms.panels.reviews import Panel, Review

# The first mock panel of the R package ERforResearch: 15 proposals by 5 reviewers, 1 the best mark, turned to 7 - mark.
MARKS = "11125 11226 12135 13215 12235 13145 12345 15225 13435 14255 23445 24355 25446 23466 25546".split()


@pytest.fixture(scope="session")
def mock_panel() -> Panel:
    return Panel(
        tuple(
            Review(f"#{row}", f"v{column}", 7 - int(mark))
            for row, marks in enumerate(MARKS, start=1)
            for column, mark in enumerate(marks, start=1)
        )
    )
