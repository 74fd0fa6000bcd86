"""The file of terms: what curators added elsewhere comes along, what curators have here stays."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.catalogue.exchange.conftest import Rows

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.exports import export_catalogue
from infracommons.web.catalogue.exchange.imports import ImportRefusedError, import_file
from infracommons.web.catalogue.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]
Write = Callable[[Rows], Path]
FORMATS = {"claims-csv": "csv", "jsonl": "jsonl"}


@pytest.mark.parametrize("name", FORMATS)
def test_terms_of_an_export_come_back_and_then_nothing_changes(tmp_path: Path, name: str) -> None:
    knitting = Term.objects.create(vocabulary="categories", code="knitting", label="=Knitting", also=["Wool"])
    Term.objects.create(vocabulary="categories", code="weaving", label="Weaving", state="merged", successor=knitting)
    export_catalogue(tmp_path / "out", [FORMATS[name]])
    path = tmp_path / "out" / f"term.{FORMATS[name]}"
    same = import_file(path, name)
    assert (same.new, same.listed) == (0, 0)

    Term.objects.filter(code="weaving").delete()
    Term.objects.filter(code="knitting").delete()
    report = import_file(path, name)
    assert (report.new, report.listed) == (2, 0)
    assert report.cells == report.stored + report.listed
    assert term_book().code_of("categories", "Weaving") == "knitting"
    assert term_book().terms("categories")["knitting"].label == "=Knitting"
    assert term_book().code_of("categories", "wool") == "knitting"


def test_a_term_that_curators_renamed_here_stays_and_is_listed(write_csv: Write) -> None:
    report = import_file(
        write_csv([{"vocabulary": "categories", "code": "discovery_system", "label": "Finder"}]), "claims-csv"
    )
    assert [(note.column, note.value) for note in report.listed_cells] == [("label", "Finder")]
    assert term_book().label("categories", "discovery_system") == "Discovery system"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"vocabulary": "colours"}, "vocabulary"),
        ({"vocabulary": "countries"}, "code"),
        ({"state": "dead"}, "state"),
        ({"also": "{"}, "also"),
        ({"also": "[1]"}, "also"),
        ({"label": "x" * 400}, "label"),
        ({"code": "x" * 400}, "code"),
        ({"successor": "no_such"}, "successor"),
        ({"successor": "knitting"}, "successor"),
    ],
)
def test_a_term_that_cannot_be_read_refuses_the_file(write_csv: Write, cells: dict[str, str], column: str) -> None:
    good = {"vocabulary": "categories", "code": "knitting", "label": "Knitting"}
    good |= {"state": "", "also": "", "successor": ""}
    with pytest.raises(ImportRefusedError) as told:
        import_file(write_csv([good | cells]), "claims-csv")
    assert [(note.row, note.column) for note in told.value.problems] == [(2, column)]
    assert not Term.objects.filter(code="knitting").exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "a/b"),
        ("code", "A b"),
        ("same_as", "javascript:alert(1)"),
    ],
)
def test_a_term_that_no_page_or_database_could_hold_is_named_and_nothing_is_stored(
    write_csv: Write, column: str, value: str
) -> None:
    row = {"vocabulary": "categories", "code": "knitting", "label": "Knitting"} | {column: value}
    with pytest.raises(ImportRefusedError) as refused:
        import_file(write_csv([row]), "claims-csv")
    assert [problem.column for problem in refused.value.problems] == [column]
    assert not Term.objects.filter(label__startswith="Knit").exists()
