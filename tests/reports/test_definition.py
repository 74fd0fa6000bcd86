"""A definition that cannot be made into a report is told of by file and line, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import DEFINITIONS

from infracommons.insights.release import Release
from infracommons.reports.assemble import assemble
from infracommons.reports.definition import definition, definitions, read
from infracommons.reports.document import Heading, Number, Paragraph, plain
from infracommons.reports.make import Order, make
from infracommons.reports.problems import ReportError

Defined = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{{ totals.awards }}", 5, "no query 'totals'; there are total"),
        ("One\n\nTwo {{ total.sum }}.", 7, "total has no 'sum'; it has amount_unknown"),
        ("Two lines\nand {{ total.awards as money }}.", 6, "cannot be written as 'money'"),
        ("{{ total.awards rule=half }}", 5, "rule=half; allowed is one of full"),
        ("{{ total.awards colour=red }}", 5, "no 'colour' here"),
        ("{{ total }}", 5, "write query.field"),
        ("{{ infrastructure.name }}", 5, "not about one infrastructure"),
        ("{{ total.awards", 5, "{{ and }} go together"),
        ("total.awards }}", 5, "{{ and }} go together"),
        ("# A\n\n```exhibit yeers\n```\n", 7, "no exhibit 'yeers'; there are"),
        ("```exhibit years rows=some\n```\n", 5, "rows=some: a whole number"),
        ("```exhibit years year_from=soon\n```\n", 5, "year_from=soon; allowed is a year"),
        ("```exhibit years optionel\n```\n", 5, "no 'optionel' here"),
        ("```exhibit years\nmore\n```\n", 5, "lines within the block are not read"),
        ("```exhibit\n```\n", 5, "a name first"),
        ("```exhibit 'years\n```\n", 5, "a name first"),
        ("```findings\nyears\nyeers\n```\n", 5, "no exhibit 'yeers'"),
        ("```findings years\n```\n", 5, "in the lines of the block"),
        ("```chart years\n```\n", 5, "no block 'chart'; there are accounts"),
        ("```accounts all\n```\n", 5, "takes no options"),
        ("```citation\n```\n", 5, "write the title"),
        ("```facts\n```\n", 5, "only in a report of one infrastructure"),
        ("```awards rows=3\n```\n", 5, "only in a report of one infrastructure"),
        ("> Quoted.", 5, "a quotation cannot stand in a report"),
        ("![A picture](a.png)", 5, "a picture cannot stand in a report"),
        ("One.\n\n    set in", 7, "text set in by four blanks"),
    ],
)
def test_a_directive_that_cannot_be_done_is_named_with_file_and_line(
    text: str, line: int, said: str, defined: Defined, release: Release
) -> None:
    path = defined(text)
    with pytest.raises(ReportError) as error:
        assemble(read(path), release)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: Ours", "answers is missing"),
        ("title: Ours\nanswers: All.\ncolour: red", "no 'colour'"),
        ("title: Ours\nanswers: All.\npages: many", "pages: 'many' is not a int"),
        ("title: Ours\nanswers: All.\nfilters: year_from=soon", "filters: year_from=soon"),
        ("title: Ours\nanswers: All.\nneeds: [colour]", "needs: no option 'colour'"),
        ("title: [", "not YAML"),
        ("just words", "a name and a value"),
    ],
)
def test_front_matter_that_cannot_be_used_is_named(front: str, said: str, defined: Defined) -> None:
    with pytest.raises(ReportError, match=r"ours\.md:1: ") as error:
        read(defined("Words.", front))
    assert said in str(error.value)


def test_a_file_without_front_matter_or_with_other_bytes_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.md"
    path.write_text("# Ours", encoding="utf-8")
    with pytest.raises(ReportError, match="begin with a line ---"):
        read(path)
    path.write_bytes(b"---\ntitle: \xff")
    with pytest.raises(ReportError, match="UTF-8"):
        read(path)


def test_a_report_that_is_not_there_names_those_that_are() -> None:
    for name in ("state_of_nothing", "../catalogue/arxiv", ""):
        with pytest.raises(ReportError, match="there are: infrastructure_briefing, state_of_open_infrastructure"):
            definition(DEFINITIONS / "reports", name)


def test_every_definition_of_the_project_can_be_read() -> None:
    assert {told.name for told in definitions(DEFINITIONS / "reports")} >= {
        "state_of_open_infrastructure",
        "infrastructure_briefing",
    }


def test_filters_of_the_definition_hold_for_all_directives_and_a_directive_may_change_them(
    defined: Defined, release: Release
) -> None:
    path = defined(
        "{{ total.awards }} and {{ total.awards rule=single_only decision=any }}",
        "title: Ours\nanswers: All.\nfilters: rule=full&region=us",
    )
    document = assemble(read(path), release)
    assert [source.path for source in document.sources] == [
        "/funding/awards/?region=us&rule=full",
        "/funding/awards/?region=us&decision=any&rule=single_only",
    ]


def test_headings_of_the_same_words_have_anchors_of_their_own(defined: Defined, release: Release) -> None:
    document = assemble(read(defined("# Same\n\n# Same\n\n# Same")), release)
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading)]
    assert anchors == ["same", "same--2", "same--3"]


def test_numbers_are_written_as_asked(defined: Defined, release: Release) -> None:
    text = "{{ total.awards as counted award }}, {{ total.counted_usd as exact }}, {{ release.made_on as day }}"
    document = assemble(read(defined(text)), release)
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    told = [child for child in block.children if isinstance(child, Number)]
    assert told[0].text == f"{int(told[0].exact):,} awards"
    assert told[1].text.replace(",", "") == f"USD {told[1].exact}"
    assert plain(block.children).endswith(told[2].text)


def test_nothing_is_left_behind_where_a_report_cannot_be_made(
    defined: Defined, golden_release: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "definitions" / "reports"
    folder.mkdir(parents=True)
    defined("{{ total.sum }}").rename(folder / "ours.md")
    out = tmp_path / "out"
    order = Order("ours", folder.parent, golden_release, out, ["html", "pdf"])
    with pytest.raises(ReportError):
        make(order)
    assert not out.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"formats": ["odt"]}, "--format odt: there are html, pdf, docx, md"),
        ({"release_id": "none-such"}, "none-such"),
        ({"release_id": "../current"}, "--release ../current"),
        ({"compare_with": "none-such"}, "none-such"),
        ({"infrastructure": "arxiv"}, "leave --infrastructure away"),
        ({"name": "infrastructure_briefing"}, "name it with --infrastructure"),
        ({"name": "infrastructure_briefing", "infrastructure": "no-such"}, "an infrastructure of this release"),
        ({"name": "infrastructure_briefing", "infrastructure": "Ar Xiv"}, "the id of an infrastructure"),
    ],
)
def test_an_order_that_cannot_be_done_says_which_option(
    change: dict[str, str], said: str, golden_release: Path, tmp_path: Path
) -> None:
    order = {"name": "state_of_open_infrastructure", "definitions": DEFINITIONS, "releases": golden_release}
    with pytest.raises(ReportError) as error:
        make(Order(**{**order, "out": tmp_path / "out", **change}))  # type: ignore[arg-type]  # as the cases say
    assert said in str(error.value)
    assert not (tmp_path / "out").exists()
