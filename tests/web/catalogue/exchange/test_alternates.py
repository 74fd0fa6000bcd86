"""Each file of a profile: what other communities' readers of the format ask of it, and nothing private."""

import csv
import io
import json
import re

import pytest
import yaml
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.catalogue.exchange.conftest import CANARIES

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import change_slug, create_infrastructure, set_listing
from infracommons.web.catalogue.exchange.alternates import ALTERNATES
from infracommons.web.catalogue.exchange.alternates.cite import latex
from infracommons.web.catalogue.exchange.alternates.own import plain
from infracommons.web.catalogue.exchange.alternates.publiccode import REQUIRED, missing_keys
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a test")
FORMS = [*ALTERNATES, "atom", "feed.json"]


def text(client: Client, form: str, slug: str = "example-archive") -> str:
    response = client.get(f"/infrastructures/{slug}.{form}")
    assert response.status_code == 200, form
    return response.content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_answers_with_its_type_and_leads_to_the_others(
    client: Client, rich: Infrastructure, form: str
) -> None:
    response = client.get(f"/infrastructures/{rich.infrastructure_id}.{form}")
    kind = ALTERNATES[form].media_type if form in ALTERNATES else response.headers["Content-Type"]
    assert response.headers["Content-Type"] == kind
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in response.headers["Link"]
    assert "/infrastructures/example-archive/>" in response.headers["Link"]
    assert not any(canary in response.content.decode() for canary in CANARIES)


@pytest.mark.parametrize("form", FORMS)
def test_who_has_it_already_is_told_so_until_something_changes(client: Client, rich: Infrastructure, form: str) -> None:
    path = f"/infrastructures/example-archive.{form}"
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    append_claims(rich, [ClaimInput("fiscal_host", "Example Host")], by=BY)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert client.post(path).status_code == 405


def test_our_json_says_who_said_what_when_on_what_evidence(client: Client, rich: Infrastructure) -> None:
    told = json.loads(text(client, "json"))
    conduct = told["fields"]["code_of_conduct"]
    assert conduct["words"] == ["available", "We follow the code of our community."]
    assert conduct["evidence"] == [{"url": "https://archive.example.org/conduct", "label": ""}]
    assert (conduct["author_kind"], conduct["source"], conduct["checked_on"]) == ("steward", "its team", "2026-10-01")
    assert told["flags"]["free_to_use"]["verdict"] == "yes"
    assert told["fields"].keys() == rich.profile.keys() - {"annual_revenue", "contact_email"}


def test_csv_has_a_row_a_field_and_runs_nothing(client: Client, rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("fiscal_host", "@SUM(A1)", note="=1+1")], by=BY)
    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(text(client, "csv")))}
    assert rows["fiscal_host"]["words"] == "'@SUM(A1)"
    assert rows["fiscal_host"]["note"] == "'=1+1"
    assert json.loads(rows["launched"]["value"]) == 2011


def test_markdown_shows_hostile_text_as_text(client: Client, rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("fiscal_host", "<img src=x> [click](javascript:x) # `a`")], by=BY)
    told = text(client, "md")
    assert r"\<img src=x\> \[click\](javascript:x) \# \`a\`" in told
    assert "- **Open API**: in progress" in told
    assert "Listed is not endorsed." in told


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_markdown_of_any_text_is_one_line_without_bare_signs(given_text: str) -> None:
    shown = plain(given_text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[<\[`]", shown.replace("\\\\", ""))


def test_codemeta_has_its_context_and_what_is_claimed(client: Client, rich: Infrastructure) -> None:
    told = json.loads(text(client, "codemeta.json"))
    assert told["@context"] == "https://w3id.org/codemeta/3.0"
    assert told["@type"] == "SoftwareSourceCode"
    assert told["name"] == rich.name
    assert told["codeRepository"] == "https://git.example.org/archive"
    assert told["license"] == "https://spdx.org/licenses/Apache-2.0"
    assert all(told.values())  # nothing empty stands in it


def test_publiccode_names_the_required_keys_that_nobody_has_claimed(client: Client, rich: Infrastructure) -> None:
    body = text(client, "publiccode.yml")
    told = yaml.safe_load(body)
    assert (told["name"], told["url"]) == (rich.name, "https://git.example.org/archive")
    assert told["legal"] == {"license": "Apache-2.0"}
    missing = missing_keys(told)
    assert set(missing) < set(REQUIRED)
    assert all(f"#   {key}\n" in body for key in missing)


@given(st.text(max_size=40))
def test_yaml_of_any_name_reads_back_as_that_name(name: str) -> None:
    printable = "".join(one for one in name if one.isprintable())
    written = yaml.safe_dump({"name": printable}, sort_keys=False, allow_unicode=True, width=100)
    assert yaml.safe_load(written) == {"name": printable}


def test_a_name_that_looks_like_yaml_stays_a_text(client: Client, rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("name", "!!python/object:os.system {a: [b]} # no")], by=BY)
    assert yaml.safe_load(text(client, "publiccode.yml"))["name"] == "!!python/object:os.system {a: [b]} # no"


def test_citations_hold_name_address_and_day(client: Client, rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("name", "R&D {Archive} 100%")], by=BY)
    bib, ris = text(client, "bib"), text(client, "ris")
    assert bib.startswith("@misc{infracommons-example-archive,")
    assert r"R\&D \textbraceleft{}Archive\textbraceright{} 100\%: profile" in bib
    assert bib.count("{") - bib.count(r"\{") == bib.count("}") - bib.count(r"\}")
    assert ris.startswith("TY  - ELEC\r\n")
    assert ris.endswith("ER  - \r\n")
    assert "UR  - http://testserver/infrastructures/example-archive/\r\n" in ris
    item = json.loads(text(client, "csl.json"))[0]
    assert (item["type"], item["title"]) == ("webpage", "R&D {Archive} 100%: profile in the Infracommons catalogue")
    assert item["issued"]["date-parts"][0] == [rich.changed_at.year, rich.changed_at.month, rich.changed_at.day]


@given(st.text(max_size=40))
def test_latex_of_any_text_leaves_no_bare_sign(name: str) -> None:
    written = latex(name).replace(r"\textbackslash{}", "").replace(r"\textasciitilde{}", "")
    written = written.replace(r"\textbraceleft{}", "").replace(r"\textbraceright{}", "")
    bare = re.sub(r"\\[&%$#_]", "", written.replace(r"\textasciicircum{}", ""))
    assert not set(bare) & set("\\{}&%$#_~^")


@given(st.text(alphabet="{}\\a,=", max_size=20))
def test_braces_in_a_name_never_end_the_bibtex_field(name: str) -> None:
    assert latex(name).count("{") == latex(name).count("}")
    assert all(latex(name)[:place].count("{") >= latex(name)[:place].count("}") for place in range(len(latex(name))))


def test_a_former_id_leads_to_the_file_of_the_new_one(client: Client, rich: Infrastructure) -> None:
    change_slug(rich, "archive-of-examples", by=BY)
    response = client.get("/infrastructures/example-archive.json")
    assert (response.status_code, response.headers["Location"]) == (301, "/infrastructures/archive-of-examples.json")


def test_what_is_withdrawn_keeps_its_files_and_what_is_suggested_has_none(client: Client, rich: Infrastructure) -> None:
    set_listing(rich, "withdrawn", by=BY, reason="It was merged.")
    assert json.loads(text(client, "json"))["listing_reason"] == "It was merged."
    create_infrastructure([ClaimInput("name", "Suggested Thing")], by=BY, listing="suggested")
    assert client.get("/infrastructures/suggested-thing.json").status_code == 404


@pytest.mark.parametrize("path", ["example-archive.exe", "no-such.json", "example-archive.json.exe", "x.atom"])
def test_a_file_that_there_is_not_is_a_404_in_words(client: Client, rich: Infrastructure, path: str) -> None:
    response = client.get(f"/infrastructures/{path}")
    assert response.status_code == 404
    assert "There is no" in response.content.decode()
    assert rich.pk
