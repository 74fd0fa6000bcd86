from collections.abc import Callable
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.utils import timezone
from tests.web.catalogue.compare.conftest import Compare, cells
from tests.web.catalogue.conftest import claim

from infracommons.web.catalogue.compare.compared import compared_fields
from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Infrastructure

pytestmark = pytest.mark.usefixtures("rich")
RICH = "example-archive"


def test_every_public_field_that_is_defined_as_compared_has_a_row(comparison: Compare) -> None:
    shown = [row.code for group in comparison("arxiv", "zenodo").groups[2:] for row in group.rows]

    assert shown == [one.code for one in fields().values() if one.is_compared and one.visibility == "public"]


def test_what_is_not_public_has_no_row(comparison: Compare) -> None:
    text = repr(comparison(RICH, "arxiv").groups)

    assert "annual_revenue" not in text
    assert "1,250,000" not in text
    assert "ada@example.org" not in text


@pytest.mark.parametrize(
    ("field", "words", "look"),
    [
        ("code_repository", ("available",), "yes"),
        ("open_api", ("in progress",), "part"),
        ("product_roadmap", ("considering",), "part"),
        ("bylaws", ("not planning",), "no"),
        ("web_accessibility", ("not applicable",), "no"),
        ("privacy_policy", ("unknown",), "unknown"),
        ("pricing", ("no direct costs",), "yes"),
        ("code_of_conduct", ("available", "We follow the code of our community."), "yes"),
        ("scoss", ("no",), ""),
        ("programming_languages", ("Python", "C++", "Other: Forth"), ""),
        ("launched", ("2011",), ""),
    ],
)
def test_each_status_and_value_is_in_words_and_unknown_never_reads_as_no(
    comparison: Compare, field: str, words: tuple[str, ...], look: str
) -> None:
    cell = cells(comparison(RICH, "arxiv"), field)[0]

    assert cell.words == words
    assert cell.look == look


def test_a_term_that_says_unknown_is_unknown(comparison: Compare, rich: Infrastructure) -> None:
    claim(rich, "maintenance_status", RawClaim({"terms": ["unknown"]}))

    row = next(
        row for group in comparison(RICH, "arxiv").groups for row in group.rows if row.code == "maintenance_status"
    )

    assert row.cells[0].words == ("unknown",)
    assert row.is_empty
    assert not row.differs


def test_a_cell_has_its_evidence_and_the_day_it_was_checked(comparison: Compare) -> None:
    cell = cells(comparison(RICH, "arxiv"), "code_of_conduct")[0]

    assert [(link.text, link.href) for link in cell.evidence] == [
        ("archive.example.org", "https://archive.example.org/conduct")
    ]
    assert cell.checked == "checked 1 October 2026"
    assert cells(comparison(RICH, "arxiv"), "launched")[0].checked == "not checked yet"
    assert cells(comparison(RICH, "arxiv"), "privacy_policy")[0].checked == ""


def test_an_old_value_says_how_old_it_is(comparison: Compare, rich: Infrastructure) -> None:
    claim(rich, "website", RawClaim("https://archive.example.org/", checked_on="2020-01-01"))

    assert cells(comparison(RICH), "website")[0].checked.startswith("checked 1 January 2020, stale: ")


def test_a_row_differs_where_two_cells_read_otherwise_whatever_their_order(
    comparison: Compare, rich: Infrastructure
) -> None:
    other = Infrastructure.objects.get(infrastructure_id="arxiv")
    claim(rich, "domains", RawClaim({"terms": ["Mathematics", "Biological sciences"]}))
    claim(
        other,
        "domains",
        RawClaim({"terms": ["Biological sciences", "Mathematics"]}, evidence=[{"url": "https://arxiv.org/"}]),
    )
    rows = {row.code: row for group in comparison(RICH, "arxiv").groups for row in group.rows}

    assert not rows["domains"].differs
    assert rows["country"].differs
    assert rows["code_of_conduct"].differs
    assert not rows["privacy_policy"].differs
    assert rows["privacy_policy"].is_empty


def test_only_rows_that_differ_are_left_and_the_counts_stay(comparison: Compare) -> None:
    every, narrowed = comparison(RICH, "arxiv"), comparison(RICH, "arxiv", differences=True)

    assert narrowed.shown == every.differing == narrowed.differing
    assert narrowed.rows == every.rows == every.shown
    assert all(row.differs for group in narrowed.groups for row in group.rows)


def test_rows_unknown_of_all_are_hidden_and_no_other(comparison: Compare) -> None:
    every, narrowed = comparison(RICH, "arxiv"), comparison(RICH, "arxiv", hide_empty=True)

    assert narrowed.shown == every.rows - every.empty
    assert {"privacy_policy"} & {row.code for group in every.groups for row in group.rows if row.is_empty}
    assert not any(row.is_empty for group in narrowed.groups for row in group.rows)


def test_one_alone_differs_from_nothing_and_keeps_its_rows(comparison: Compare) -> None:
    assert comparison(RICH, differences=True).shown == comparison(RICH).rows


def test_sections_narrow_the_rows_and_the_counts(comparison: Compare) -> None:
    found = comparison(RICH, "arxiv", sections=("openness", "community"))

    assert [group.code for group in found.groups] == ["openness", "community"]
    assert found.rows == 5 + len(compared_fields()["community"])


def test_flags_say_why(comparison: Compare) -> None:
    cell = cells(comparison(RICH, "arxiv"), "oss")[0]

    assert cell.words == ("yes",)
    assert "Apache-2.0" in cell.because


def test_a_past_day_shows_the_claims_of_that_day(comparison: Compare, rich: Infrastructure) -> None:
    with patch.object(timezone, "now", return_value=datetime(2026, 12, 24, 12, tzinfo=UTC)):
        claim(rich, "launched", RawClaim(1999))

    assert cells(comparison(RICH), "launched")[0].words == ("1999",)
    assert cells(comparison(RICH, as_of=date(2026, 12, 23)), "launched")[0].words == ("2011",)
    assert cells(comparison(RICH, as_of=date(2026, 12, 24)), "launched")[0].words == ("1999",)


def test_before_its_first_claim_everything_is_unknown_and_the_column_says_so(comparison: Compare) -> None:
    found = comparison(RICH, "arxiv", as_of=date(2000, 1, 1))

    assert [column.is_there for column in found.columns] == [False, False]
    assert found.empty == found.rows
    assert found.differing == 0


def test_rows_cost_one_query_whatever_their_number(
    comparison: Compare, django_assert_num_queries: Callable[[int], object]
) -> None:
    comparison(RICH)
    found = Infrastructure.objects.order_by("pk").values_list("infrastructure_id", flat=True)
    ids = list(found)[:12]
    with django_assert_num_queries(1 + 2):  # type: ignore[attr-defined]  # the rows; two small ones of the term book
        comparison(*ids)
    with django_assert_num_queries(1 + 1 + 2):  # type: ignore[attr-defined]  # and the claims of all of them
        comparison(*ids, as_of=date(2026, 1, 1))
