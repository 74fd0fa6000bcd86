import pytest
from django.test import Client
from tests.web.catalogue.compare.conftest import read
from tests.web.catalogue.conftest import SMALL

from infracommons.web.catalogue.claims.append import Author
from infracommons.web.catalogue.claims.create import change_slug, set_listing
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

pytestmark = pytest.mark.usefixtures("small_catalogue")
BY = Author(AuthorKind.CURATOR, "a curator")


def named(one: str) -> Infrastructure:
    return Infrastructure.objects.get(infrastructure_id=one)


def test_columns_stand_in_the_order_of_the_address(client: Client) -> None:
    page = read(client, "?ids=zenodo,arxiv,dspace")

    assert "Compare 3 infrastructures" in page
    assert page.index(">Zenodo</a>") < page.index(">arXiv</a>") < page.index(">DSpace</a>")


def test_an_unknown_id_is_named_and_the_others_are_shown(client: Client) -> None:
    page = read(client, "?ids=zenodo,nonsense,arxiv&differences=1", 404)

    assert "Nothing that is listed has the id “nonsense”." in page
    assert "Compare 2 infrastructures" in page
    assert "/compare?ids=zenodo,arxiv&amp;add=nonsense&amp;differences=1" in page


def test_a_thirteenth_is_left_out_by_name(client: Client) -> None:
    Infrastructure.objects.create(infrastructure_id="thirteenth", name="The thirteenth")
    ids = [*SMALL, "thirteenth"]

    page = read(client, "?ids=" + ",".join(ids), 400)

    assert "A comparison holds 12; the first 12 are shown. Left out: The thirteenth." in page
    assert 'href="/compare?ids=thirteenth"' in page
    assert "Compare 12 infrastructures" in page


def test_thousands_of_ids_are_answered_and_counted(client: Client) -> None:
    page = read(client, "?ids=" + ",".join(f"x{number}" for number in range(3000)), 404)

    assert "and 2,888 more" in page


def test_one_that_is_named_twice_is_shown_once_and_said_so(client: Client) -> None:
    page = read(client, "?ids=arxiv,zenodo,arxiv")

    assert "arXiv is named more than once; it is shown once." in page
    assert "Compare 2 infrastructures" in page


def test_a_former_id_leads_on_with_everything_else_kept(client: Client) -> None:
    change_slug(named("zenodo"), "zenodo-at-cern", by=BY)

    response = client.get("/compare?ids=arxiv,zenodo&differences=1&as_of=2026-01-01")

    assert response.status_code == 302
    assert response.headers["Location"] == "/compare?ids=arxiv,zenodo-at-cern&differences=1&as_of=2026-01-01"


def test_capitals_in_an_id_lead_to_it(client: Client) -> None:
    assert client.get("/compare?ids=arXiv,zenodo").headers["Location"] == "/compare?ids=arxiv,zenodo"


def test_a_withdrawn_one_is_said_to_be_with_its_reason_and_its_successor(client: Client) -> None:
    set_listing(named("dspace"), Listing.WITHDRAWN, by=BY, reason="It closed.", successor=named("dryad"))

    page = read(client, "?ids=arxiv,dspace", 404)

    assert "DSpace was withdrawn from the catalogue. Reason: It closed." in page
    assert 'href="/compare?ids=arxiv,dryad"' in page


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        (Listing.SUGGESTED, "DSpace is suggested and not listed yet"),
        (Listing.DECLINED, "Nothing that is listed has the id “dspace”."),
    ],
)
def test_one_that_is_not_listed_is_not_compared(client: Client, listing: str, said: str) -> None:
    set_listing(named("dspace"), listing, by=BY)

    page = read(client, "?ids=arxiv,dspace", 404)

    assert said in page
    assert 'scope="col">DSpace' not in page
    assert "Compare arXiv with others" in page
