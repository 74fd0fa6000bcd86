"""Makes the document of a report from its definition and a release: everything is asked before anything is written."""

from collections import Counter
from dataclasses import replace

from infracommons.insights.award_filters import AwardFilters, not_in_release
from infracommons.insights.query_string import parse
from infracommons.insights.release import Release
from infracommons.reports.blocks import Blocks
from infracommons.reports.context import Context, made_at
from infracommons.reports.definition import Definition
from infracommons.reports.document import Block, Document, Heading
from infracommons.reports.problems import ReportError
from infracommons.reports.title import title_of


def assemble(
    definition: Definition, release: Release, *, infrastructure: str | None = None, before: Release | None = None
) -> Document:
    """Return the report over a release, compared with `before` where given. Raises ReportError.

    `infrastructure` is the id of the one infrastructure that the report is about, for definitions that need one.
    """
    filters = _filters(definition, release, infrastructure)
    context = Context(release, filters, before)
    blocks = Blocks(definition.path, context).all(definition.tokens)
    return Document(
        name=f"{definition.name}_{infrastructure}" if infrastructure else definition.name,
        title=title_of(definition.path, context, definition.title),
        subtitle=title_of(definition.path, context, definition.subtitle),
        language=definition.language,
        release_id=release.release_id,
        made_at=made_at(release),
        blocks=_with_own_anchors(blocks),
        sources=tuple(context.sources),
        compared_with=before.release_id if before else "",
        pages=definition.pages,
        shown=context.shown,
    )


def _with_own_anchors(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with no two headings of one anchor."""
    taken: Counter[str] = Counter()
    told: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            taken[block.anchor] += 1
            number = taken[block.anchor]
            told.append(replace(block, anchor=f"{block.anchor}--{number}") if number > 1 else block)
        else:
            told.append(block)
    return tuple(told)


def _filters(definition: Definition, release: Release, infrastructure: str | None) -> AwardFilters:
    if "infrastructure" not in definition.needs:
        if infrastructure:
            message = f"{definition.name}: is not about one infrastructure; leave --infrastructure away"
            raise ReportError(message)
        return definition.filters
    if not infrastructure:
        message = f"{definition.name}: is about one infrastructure; name it with --infrastructure ID, such as arxiv"
        raise ReportError(message)
    asked = parse(AwardFilters, f"infrastructure={infrastructure}")
    problems = asked.problems or not_in_release(release, asked.asked)[1]
    if problems:
        message = f"--infrastructure {infrastructure!r}: allowed is {problems[0].allowed}"
        raise ReportError(message)
    return definition.filters.narrowed(infrastructure=(infrastructure,))
