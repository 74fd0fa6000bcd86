import pytest
from django.test import Client
from tests.web.catalogue.compare.conftest import read

from infracommons.web.catalogue.claims.append import Author
from infracommons.web.catalogue.claims.create import change_slug
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.usefixtures("small_catalogue")


@pytest.mark.parametrize("typed", ["zenodo", "Zenodo", "ZENODO", " zen%C3%B6do ", "zeno"])
def test_a_name_an_id_or_part_of_one_adds_it_at_the_end(client: Client, typed: str) -> None:
    response = client.get(f"/compare?ids=arxiv&add={typed}&hide_empty=1")

    assert response.headers["Location"] == "/compare?ids=arxiv,zenodo&hide_empty=1"


def test_another_name_adds_it(client: Client) -> None:
    response = client.get("/compare?ids=arxiv&add=DOAJ")

    assert response.headers["Location"] == "/compare?ids=arxiv,directory-of-open-access-journals"


def test_a_former_id_adds_the_one_of_today(client: Client) -> None:
    zenodo = Infrastructure.objects.get(infrastructure_id="zenodo")
    change_slug(zenodo, "renamed-since", by=Author(AuthorKind.CURATOR, "a curator"))
    zenodo.refresh_from_db()

    assert client.get("/compare?add=zenodo").headers["Location"] == "/compare?ids=renamed-since"


def test_several_that_are_meant_are_offered_to_choose_from(client: Client) -> None:
    page = read(client, "?ids=arxiv&add=open")

    assert "Which one do you mean by “open”?" in page
    for one in ("openalex", "open-journal-systems", "directory-of-open-access-journals"):
        assert f'href="/compare?ids=arxiv,{one}"' in page
    assert 'value="open"' in page


def test_a_typing_error_is_answered_with_names_like_it(client: Client) -> None:
    page = read(client, "?ids=arxiv&add=crosref", 404)

    assert "Nothing that is listed is called “crosref”." in page
    assert "Add Crossref" in page


def test_what_nobody_knows_is_kept_in_the_box(client: Client) -> None:
    page = read(client, "?ids=arxiv&add=%22%3E%3Cscript%3Ezzzqqq", 404)

    assert "<script>zzzqqq" not in page
    assert 'value="&quot;&gt;&lt;script&gt;zzzqqq"' in page
    assert "choose from the list" in page


@pytest.mark.parametrize("typed", ["!!!", "%E2%80%8B"])
def test_a_text_without_letters_finds_nothing(client: Client, typed: str) -> None:
    read(client, f"?ids=arxiv&add={typed}", 404)


def test_one_that_is_there_already_is_said_to_be(client: Client) -> None:
    assert "arXiv is in this comparison already." in read(client, "?ids=arxiv&add=arxiv")


def test_nothing_is_added_to_twelve(client: Client) -> None:
    ids = list(Infrastructure.objects.values_list("infrastructure_id", flat=True))
    Infrastructure.objects.create(infrastructure_id="thirteenth", name="The thirteenth")

    page = read(client, f"?ids={','.join(ids)}&add=thirteenth", 400)

    assert "A comparison holds 12. Remove one, then add The thirteenth." in page
    assert "Compare 12 infrastructures" in page


def test_the_box_offers_every_name_that_is_not_there_yet(client: Client) -> None:
    page = read(client, "?ids=arxiv")

    assert '<option value="Zenodo">' in page
    assert '<option value="arXiv">' not in page
