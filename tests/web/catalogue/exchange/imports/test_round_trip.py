"""Our own files: importing an export changes nothing here, and rebuilds profiles and history elsewhere."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.catalogue.exchange.conftest import Rows, forget_everything

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import set_listing
from infracommons.web.catalogue.claims.profile import replay
from infracommons.web.catalogue.exchange.exports import export_catalogue
from infracommons.web.catalogue.exchange.facts import exported_fields
from infracommons.web.catalogue.exchange.imports import ImportRefusedError, import_file
from infracommons.web.catalogue.exchange.spreadsheets import quoted, unquoted
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.texts import rich_text
from infracommons.web.catalogue.models import Change, Claim, Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
FORMATS = {"claims-csv": "csv", "jsonl": "jsonl"}
BY = Author(AuthorKind.CURATOR, "a test")


def public_history() -> dict[str, list[dict[str, Any]]]:
    """Return every public claim of every public infrastructure, without the numbers that a database gives."""
    codes = {definition.code for definition in exported_fields()}
    found = {}
    for infrastructure in Infrastructure.objects.filter(listing__in=("listed", "withdrawn")):
        claims = [claim for claim in infrastructure.claims.order_by("id") if claim.field in codes]
        places = {claim.pk: place for place, claim in enumerate(claims)}
        found[infrastructure.infrastructure_id] = [
            {
                "field": claim.field,
                "value": claim.value,
                "status": claim.status,
                "evidence": claim.evidence,
                "by": (claim.author_kind, claim.source, claim.note, claim.checked_on, claim.at),
                "replaces": places[claim.replaces_id] if claim.replaces_id else None,
            }
            for claim in claims
        ]
    return found


@pytest.fixture
def eventful(rich: Infrastructure) -> Infrastructure:
    """Example Archive with a history: replaced, taken back, noted by a program, and another one withdrawn."""
    append_claims(rich, [ClaimInput("launched", 2012, note="=2012: see the minutes")], by=BY)
    append_claims(rich, [ClaimInput("launched", None, "unknown", note="'=taken back")], by=BY)
    append_claims(rich, [ClaimInput("member_count", 9)], by=Author(AuthorKind.HARVESTER, "a reader of lists"))
    set_listing(Infrastructure.objects.get(infrastructure_id="dryad"), "withdrawn", by=BY, reason="It was merged.")
    return rich


@pytest.fixture
def exported(eventful: Infrastructure, tmp_path: Path) -> Path:
    assert eventful.pk
    export_catalogue(tmp_path / "out", list(FORMATS.values()))
    return tmp_path / "out"


@pytest.mark.parametrize("name", FORMATS)
def test_importing_an_export_changes_nothing(exported: Path, name: str) -> None:
    before, profiles = public_history(), dict(Infrastructure.objects.values_list("infrastructure_id", "profile"))
    changes = Change.objects.count()
    report = import_file(exported / f"claim.{FORMATS[name]}", name)

    assert (report.new, report.changed, report.claims, report.listed) == (0, 0, 0, 0)
    assert report.unchanged == 13
    assert public_history() == before
    assert dict(Infrastructure.objects.values_list("infrastructure_id", "profile")) == profiles
    assert Change.objects.count() == changes


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_catalogue_gets_profiles_and_history_back(exported: Path, name: str) -> None:
    before = public_history()
    listings = dict(Infrastructure.objects.values_list("infrastructure_id", "listing"))
    stewards = dict(Infrastructure.objects.values_list("infrastructure_id", "steward__name"))
    changed = dict(Infrastructure.objects.exclude(listing="withdrawn").values_list("infrastructure_id", "changed_at"))
    forget_everything()

    report = import_file(exported / f"claim.{FORMATS[name]}", name)
    assert (report.new, report.listed) == (13, 0)
    assert report.cells == report.stored + report.listed
    assert public_history() == before
    assert dict(Infrastructure.objects.values_list("infrastructure_id", "listing")) == listings
    assert dict(Infrastructure.objects.values_list("infrastructure_id", "steward__name")) == stewards
    again = dict(Infrastructure.objects.exclude(listing="withdrawn").values_list("infrastructure_id", "changed_at"))
    assert again == changed
    for infrastructure in Infrastructure.objects.all():
        assert infrastructure.profile == replay(infrastructure.claims.order_by("id"))


def test_what_came_back_can_go_out_again_the_same(exported: Path, tmp_path: Path) -> None:
    forget_everything()
    import_file(exported / "claim.csv", "claims-csv")
    export_catalogue(tmp_path / "again", ["csv"])

    def content(folder: Path) -> list[dict[str, str]]:
        with (folder / "claim.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [{key: value for key, value in row.items() if key not in {"claim", "replaces"}} for row in rows]

    assert content(tmp_path / "again") == content(exported)


def test_a_claim_without_a_moment_is_made_now_and_one_with_an_old_moment_is_listed(
    eventful: Infrastructure, write_csv: Callable[[Rows], Path]
) -> None:
    common = {"infrastructure_id": eventful.infrastructure_id, "author_kind": "curator", "source": "a list"}
    rows = [
        common | {"field": "launched", "value": "1999", "at": ""},
        common | {"field": "mission", "value": '"Older."', "at": "2001-01-01T00:00:00+00:00"},
    ]
    report = import_file(write_csv(rows), "claims-csv")
    eventful.refresh_from_db()

    assert eventful.profile["launched"]["value"] == 1999
    assert eventful.profile["mission"]["value"] == "<p>To keep examples <strong>open</strong>.</p>"
    assert {note.row for note in report.listed_cells} == {3}
    assert report.cells == report.stored + report.listed


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"field": "colour"}, "field"),
        ({"field": "created"}, "field"),
        ({"value": "{broken"}, "value"),
        ({"value": '{"terms": ["no_such_term"]}', "field": "categories"}, "categories"),
        ({"evidence": '["https://example.org/"]'}, "evidence"),
        ({"evidence": '[{"url": "http://localhost/"}]'}, "url"),
        ({"author_kind": "robot"}, "author_kind"),
        ({"source": ""}, "source"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2020-01-01T00:00:00"}, "at"),
        ({"at": "2999-01-01T00:00:00+00:00"}, "at"),
        ({"checked_on": "2999-01-01"}, "checked_on"),
        ({"listing": "declined"}, "listing"),
        ({"infrastructure_id": "Not A Slug"}, "infrastructure_id"),
        ({"infrastructure_id": "nameless"}, "infrastructure_id"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file(
    rich: Infrastructure, write_csv: Callable[[Rows], Path], cells: dict[str, str], column: str
) -> None:
    good = {"infrastructure_id": rich.infrastructure_id, "field": "mission", "value": '"Next."'}
    good |= {"author_kind": "curator", "source": "a list", "evidence": "", "at": "", "checked_on": "", "listing": ""}
    claims = Claim.objects.count()
    with pytest.raises(ImportRefusedError) as told:
        import_file(write_csv([good, good | cells]), "claims-csv")
    assert [(note.row, note.column) for note in told.value.problems] == [(3, column)]
    assert Claim.objects.count() == claims


@pytest.mark.parametrize("line", ["{broken", "[]", "3", '"text"'])
def test_a_line_that_is_no_object_refuses_the_file(rich: Infrastructure, tmp_path: Path, line: str) -> None:
    path = tmp_path / "claim.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError) as told:
        import_file(path, "jsonl")
    assert told.value.problems[0].row == 2
    assert rich.pk


def test_a_text_in_json_lines_needs_no_quotes_within_quotes(rich: Infrastructure, tmp_path: Path) -> None:
    row = {"infrastructure_id": rich.infrastructure_id, "field": "fiscal_host", "value": "Example Host"}
    path = tmp_path / "claim.jsonl"
    path.write_text(json.dumps(row | {"author_kind": "curator", "source": "a list"}), encoding="utf-8")
    import_file(path, "jsonl")
    rich.refresh_from_db()
    assert rich.profile["fiscal_host"]["value"] == "Example Host"


@given(st.text(alphabet="'=+-@\t\r\na1", max_size=8))
def test_what_is_quoted_for_spreadsheets_can_be_unquoted(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


PIECES = (
    "<p>",
    "</p>",
    "<li>",
    "</li>",
    "<ul>",
    "</ul>",
    "<b>",
    "</b>",
    "<a href='https://example.org/'>",
    "</a>",
    "<br>",
)
ODD_PIECES = (
    "<a href='https://example.org/'>",
    "\n",
    "\n\n",
    "word ",
    "&amp;",
    "<",
    "<script>x</script>",
    "<table><td>",
)


@given(st.lists(st.sampled_from((*PIECES, *ODD_PIECES)), max_size=12))
def test_stored_text_parses_to_itself(pieces: list[str]) -> None:
    once = rich_text("".join(pieces), "text")
    assert rich_text(once, "text") == once
