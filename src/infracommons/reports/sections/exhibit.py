"""Shows one exhibit: its finding, sentence, drawing and the first rows of its table."""

from collections.abc import Iterator

from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.reports.cells import heads, row_of
from infracommons.reports.context import Context
from infracommons.reports.directives import Asked, DirectiveError, asked, whole_number
from infracommons.reports.document import Block, Figure, Heading, Mark, Paragraph, Table, Text, text
from infracommons.reports.sections import no_body
from infracommons.vocabulary.figures import counted

_ROWS = 10
_OPTIONS, _FLAGS = ("rows", "drawing"), ("optional",)


def find(context: Context, asked_for: Asked) -> Exhibit:
    """Return the exhibit that a directive names. Raises DirectiveError where there is none of that name."""
    if asked_for.name not in exhibit_kinds():
        message = f"no exhibit {asked_for.name!r}; there are {', '.join(exhibit_kinds())}"
        raise DirectiveError(message)
    return exhibit(context.release, asked_for.name, asked_for.over(context.filters))


def source_of(context: Context, shown: Exhibit) -> int:
    """Return the number of the source of an exhibit; what is in no sum is said there."""
    made = shown.made
    said = [f"{counted(made.awards, made.of)}, {made.counted:,} of these in the sums"] if made.awards else []
    said += [f"{left.number:,} left out: {left.words}" for left in made.left_out]
    label = exhibit_kinds()[shown.name].label
    # A note of the exhibit that says the rule says what the filters say already.
    notes = [note.rstrip(".") for note in made.notes if not note.startswith("Counted by ")]
    number = context.source(label, f"/funding/charts/{shown.name}/", made.filters, *said, *notes)
    context.shown[number] = shown
    return number


def _fill(context: Context, line: str, body: str) -> Iterator[Block]:
    no_body("exhibit", body)
    asked_for = asked(line, _OPTIONS, _FLAGS)
    shown = find(context, asked_for)
    is_optional = "optional" in asked_for.flags
    if not shown.rows or (is_optional and shown.drawing is None):
        yield from _nothing(context, shown, is_optional=is_optional)
        return
    source = source_of(context, shown)
    yield Heading(context.level + 1, text(opened(shown.title)), f"{shown.name}-{source}", is_finding=True)
    yield Paragraph((Text(f"{shown.sentence}{_then(context, asked_for, shown)}"), Mark(source)))
    if shown.drawing is not None and shown.drawn_rows and asked_for.options.get("drawing") != "no":
        note = " ".join(part for part in (shown.reading, shown.drawn_note) if part)
        yield Figure(shown, f"{shown.title}. {shown.sentence}", note, source)
    rows = whole_number(asked_for, "rows", _ROWS)
    if rows:
        yield _table(context, shown, rows, source)


def opened(title: str) -> str:
    """Return a finding as a heading: it begins with a capital, whatever name or word comes first."""
    return title[:1].upper() + title[1:]


def _nothing(context: Context, shown: Exhibit, *, is_optional: bool) -> Iterator[Block]:
    """Say why there is nothing to show; under its own heading where it was not left to chance."""
    label = exhibit_kinds()[shown.name].label
    if is_optional:
        yield Paragraph(text(f"{label}: not shown. {shown.sentence}"), "left_out")
    else:
        source = source_of(context, shown)
        yield Heading(context.level + 1, text(opened(shown.title)), f"{shown.name}-{source}", is_finding=True)
        yield Paragraph((Text(shown.sentence), Mark(source)))


def _then(context: Context, asked_for: Asked, shown: Exhibit) -> str:
    """Return what the same exhibit said in the release compared with; empty where it said the same."""
    if context.before is None:
        return ""
    before = exhibit(context.before, asked_for.name, asked_for.over(context.filters))
    if before.sentence == shown.sentence:
        return ""
    return f" In release {context.before.release_id}: {before.sentence}"


def _table(context: Context, shown: Exhibit, rows: int, source: int) -> Table:
    return Table(
        caption=exhibit_kinds()[shown.name].label,
        heads=heads(shown.columns),
        rows=tuple(row_of(shown.columns, row) for row in shown.rows[:rows]),
        total=len(shown.rows),
        all_at=context.sources[source - 1].path,
        exhibit=shown.name,
        source=source,
    )


SECTIONS = {"exhibit": _fill}
