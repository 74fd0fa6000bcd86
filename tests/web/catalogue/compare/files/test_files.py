import csv
import io
import re
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client
from tests.web.catalogue.conftest import claim

from infracommons.web.catalogue.compare.files.markdown import escaped
from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.models import Infrastructure

pytestmark = pytest.mark.usefixtures("rich")
QUERY = "?ids=example-archive,arxiv"


def sheets(content: bytes) -> dict[str, str]:
    """Return the text parts of a spreadsheet by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def rows(client: Client, query: str = QUERY) -> list[dict[str, str]]:
    content = client.get(f"/compare.csv{query}").content.decode()
    return list(csv.DictReader(io.StringIO(content)))


def test_csv_holds_the_rows_and_columns_of_the_page(client: Client) -> None:
    found = {row["field_code"]: row for row in rows(client)}

    assert found["name"]["example-archive"] == "Example Archive"
    assert found["country"]["example-archive"] == "France"
    assert found["privacy_policy"]["arxiv"] == "unknown"
    assert found["code_of_conduct"]["example-archive"] == "available; We follow the code of our community."
    assert found["code_of_conduct"]["example-archive_evidence"] == "https://archive.example.org/conduct"
    assert found["code_of_conduct"]["example-archive_checked_on"] == "2026-10-01"
    assert "Apache-2.0" in found["oss"]["example-archive_note"]
    page = client.get(f"/compare{QUERY}").content.decode()
    said = re.search(r"of (\d+) rows differ", page)
    assert said is not None
    assert len(found) - 1 == int(said[1])


def test_narrowing_the_page_narrows_its_files(client: Client) -> None:
    narrowed = rows(client, f"{QUERY}&differences=1&sections=technical")
    said = re.search(
        r"(\d+) of \d+ rows shown", client.get(f"/compare{QUERY}&differences=1&sections=technical").content.decode()
    )

    assert said is not None
    assert {row["section"] for row in narrowed[1:]} == {"Technical"}
    assert len(narrowed) - 1 == int(said[1])


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_a_csv_is_a_formula(client: Client, rich: Infrastructure, begin: str) -> None:
    claim(rich, "name", RawClaim(begin))
    claim(rich, "governance_summary", RawClaim(begin))
    for row in rows(client):
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@"))


def test_each_file_says_what_when_and_under_which_licence(client: Client) -> None:
    query = f"{QUERY}&as_of=2026-10-05"
    texts = {
        "csv": client.get(f"/compare.csv{query}").content.decode(),
        "md": client.get(f"/compare.md{query}").content.decode().replace("\\", ""),
        "xlsx": unquote(sheets(client.get(f"/compare.xlsx{query}").content)["xl/sharedStrings.xml"]).replace(
            "&amp;", "&"
        ),
    }
    for text in texts.values():
        assert f"http://testserver/compare{query}" in text
        assert "5 October 2026" in text
        assert "CC0-1.0" in text
        assert "never means no" in text
        assert "Listed is not endorsed" in text


def test_files_are_named_by_day_and_sent_as_what_they_are(client: Client) -> None:
    for form, kind in (("csv", "text/csv"), ("md", "text/markdown"), ("xlsx", "application/vnd.openxml")):
        response = client.get(f"/compare.{form}{QUERY}&as_of=2026-10-05")
        assert response.headers["Content-Type"].startswith(kind)
        assert response.headers["Content-Disposition"] == (
            f'attachment; filename="infracommons-compare-2026-10-05.{form}"'
        )
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_markdown_has_a_table_a_section_with_cells_that_stay_cells(client: Client, rich: Infrastructure) -> None:
    claim(rich, "code_of_conduct", RawClaim({"statement": "a | b\nc <i>d</i>"}, "available"))
    text = client.get(f"/compare.md{QUERY}").content.decode()
    lines = [line for line in text.splitlines() if line.startswith("|")]

    assert "## Technical" in text
    assert "[arXiv](<http://testserver/infrastructures/arxiv/>)" in text
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {4}
    assert r"a \| b<br>c \<i\>d\</i\>" in text


@pytest.mark.parametrize(
    "hostile", ["[x](javascript:alert(1))", "<script>", "# a", "`code`", "![i](http://x/)", "a\\|b"]
)
def test_markdown_shows_text_as_it_is(hostile: str) -> None:
    assert re.search(r"(?<!\\)(?:\\\\)*[\[\]<>#`|!()]", escaped(hostile)) is None
    assert re.sub(r"\\(.)", r"\1", escaped(hostile)) == hostile


def test_a_spreadsheet_has_links_a_head_that_stays_and_no_formula(client: Client, rich: Infrastructure) -> None:
    claim(rich, "governance_summary", RawClaim("=HYPERLINK(1)"))
    parts = sheets(client.get(f"/compare.xlsx{QUERY}").content)

    assert 'state="frozen"' in parts["xl/worksheets/sheet1.xml"]
    assert 'topLeftCell="C2"' in parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in "".join(parts.values())
    assert "http://testserver/infrastructures/arxiv/" in parts["xl/worksheets/_rels/sheet1.xml.rels"]
    assert "https://archive.example.org/conduct" in parts["xl/worksheets/_rels/sheet2.xml.rels"]
    assert "not planning" in parts["xl/sharedStrings.xml"]


def test_a_text_longer_than_a_cell_says_that_it_is_cut(client: Client, rich: Infrastructure) -> None:
    profile = rich.profile
    profile["mission"]["value"] = f"<p>{'long ' * 8000}</p>"
    rich.save()

    assert (
        "[cut here: the whole text is in the CSV and Markdown files]"
        in (sheets(client.get(f"/compare.xlsx{QUERY}").content)["xl/sharedStrings.xml"])
    )


def test_a_day_before_the_catalogue_says_who_was_not_there(client: Client) -> None:
    text = client.get(f"/compare.md{QUERY}&as_of={date(2000, 1, 1)}").content.decode()

    assert "Not in the catalogue yet on that day: Example Archive, arXiv" in text


def test_imported_claims_are_named_with_their_licence(client: Client, rich: Infrastructure) -> None:
    rich.profile["mission"]["source"] = "Infra Finder, 2024-08-21"
    rich.save()

    assert "CC-BY-4.0" in rows(client)[0]["about"]
    assert "CC-BY-4.0" not in rows(client, f"{QUERY}&sections=technical")[0]["about"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "A file needs at least one infrastructure."),
        ("?ids=nonsense", 404, "Nothing that is listed has the id “nonsense”."),
        ("?ids=arxiv&as_of=soon", 400, "/compare.csv?ids=arxiv"),
    ],
)
def test_a_file_that_cannot_be_whole_is_a_page_that_says_why(
    client: Client, query: str, status: int, said: str
) -> None:
    response = client.get(f"/compare.csv{query}")

    assert response.status_code == status
    assert said in response.content.decode()


def test_an_unknown_format_is_answered_with_those_there_are(client: Client) -> None:
    response = client.get(f"/compare.docx{QUERY}")

    assert response.status_code == 404
    assert "csv, xlsx, md" in response.content.decode()
