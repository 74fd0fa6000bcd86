"""What changed since the release that a report is compared with: awards, decisions, totals and why they moved."""

from collections.abc import Iterator, Sequence

from infracommons.exhibits.exhibit import Column
from infracommons.insights.difference import CHANGES, GROUPINGS, Difference, difference
from infracommons.insights.release import Row
from infracommons.reports.cells import heads, row_of
from infracommons.reports.context import Context
from infracommons.reports.document import Block, Heading, Mark, Paragraph, Table, Text, text
from infracommons.reports.sections import no_body
from infracommons.vocabulary.counting import RULES, rule_words
from infracommons.vocabulary.figures import words

_ROWS = 12
_MONEY = (Column("before_usd", "Before, USD", "usd"), Column("after_usd", "Now, USD", "usd"))
_TOTALS = (
    Column("rule", "Rule"),
    *_MONEY,
    Column("moved_usd", "Change, USD", "usd"),
    Column("awards", "Awards", "count"),
)
_WHAT = {"award_": "Awards", "support_": "Decisions on what an award supports"}
_BY = {"reason": "Why totals moved", "infrastructure": "By infrastructure", "funder": "By funder"}


def _fill(context: Context, line: str, body: str) -> Iterator[Block]:
    """Return the chapter; nothing where no release is compared with."""
    no_body("changes", body + line)
    if context.before is None:
        return
    told = difference(context.before, context.release)
    page = f"/funding/releases/{told.before}/{told.after}/"
    source = context.source(f"What changed since release {told.before}", page, None)
    context.level = 1
    yield Heading(1, text(f"What changed since release {told.before}"), "changed")
    yield Paragraph((Text(_sentence(told)), Mark(source)))
    if not told.is_same:
        yield from _tables(context, told, page, source)


def _sentence(told: Difference) -> str:
    """Return how many awards and decisions came, went and changed."""
    if told.is_same:
        return "Awards, decisions and totals are the same in both."
    parts = []
    for what, name in _WHAT.items():
        kinds = [kind for kind in CHANGES if kind.startswith(what) and told.changes[kind]]
        if kinds:
            parts.append(f"{name}: {', '.join(f'{told.changes[kind]:,} {kind.removeprefix(what)}' for kind in kinds)}.")
    return " ".join(parts) or "Only totals moved."


def _tables(context: Context, told: Difference, page: str, source: int) -> Iterator[Block]:
    totals = [row | {"rule": RULES[row["rule"]][0]} for row in told.totals]
    yield _table("Totals under each rule", _TOTALS, totals, page, source)
    rule = context.filters.rule
    yield Paragraph(text(f"What moved, counted by {rule_words(rule)}:"))
    for grouping in filter(_BY.__contains__, GROUPINGS):
        rows = [row | {"key": row.get("name") or words(row["key"])} for row in told.of_rule(grouping, rule)]
        if rows:
            columns = (Column("key", _BY[grouping]), *_MONEY, Column("moved_usd", "Change, USD", "usd"))
            yield _table(_BY[grouping], columns, rows, f"{page}by/{grouping}/", source)


def _table(caption: str, columns: tuple[Column, ...], rows: Sequence[Row], all_at: str, source: int) -> Table:
    shown = tuple(row_of(columns, row) for row in rows[:_ROWS])
    return Table(caption, heads(columns), shown, len(rows), all_at, source=source)


SECTIONS = {"changes": _fill}
