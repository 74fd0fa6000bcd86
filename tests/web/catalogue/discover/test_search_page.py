import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.filters import SearchFilters
from infracommons.web.catalogue.search.search import search

pytestmark = pytest.mark.django_db
PATH = "/infrastructures/"


def text(response: Any) -> str:
    """Return what a reader reads, in single blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def main(response: Any) -> str:
    return str(response.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def shown(response: Any) -> list[str]:
    return re.findall(r'<h3>\s*<a href="/infrastructures/([^/"]+)/"', response.content.decode())


@pytest.mark.usefixtures("small_catalogue")
def test_the_heading_says_how_many_there_are(client: Client) -> None:
    assert '<h1 id="answer">12 infrastructures</h1>' in client.get(PATH).content.decode()
    found = search(SearchFilters(q="preprints")).total
    assert f">{found} of 12 infrastructures match" in client.get(PATH, {"q": "preprints"}).content.decode()
    assert ">1 of 12 infrastructures matches<" in client.get(PATH, {"q": "zenodo"}).content.decode()


@pytest.mark.usefixtures("small_catalogue")
def test_a_result_says_what_it_is_and_why_it_matched(client: Client) -> None:
    response = client.get(PATH, {"q": "zenodo"})
    assert shown(response) == ["zenodo"]
    words = text(response)
    assert "CERN" in words
    assert "Switzerland" in words
    assert "Listed is not endorsed" in words
    assert "Compare Zenodo" in words
    assert "<mark>Zenodo</mark>" in response.content.decode()


@pytest.mark.usefixtures("rich")
def test_every_filter_can_be_ticked_and_taken_away_again(client: Client) -> None:
    response = client.get(f"{PATH}?country=FR&country=US&code_repository=available&launched_from=2000&q=archive")
    content = main(response)
    chips = re.findall(r'<a href="([^"]*)"><span>([^<]*)<strong>([^<]*)</strong>', content)
    assert [(label.strip(": "), value) for _, label, value in chips] == [
        ("Words", "archive"),
        ("Country", "France"),
        ("Country", "United States"),
        (field("code_repository").label, "available"),
        ("Launched", "2000 or more"),
    ]
    for address, _, _ in chips:
        fewer = client.get(address.replace("&amp;", "&"))
        assert fewer.status_code == 200
        assert len(re.findall(r'<span class="remove">', main(fewer))) == len(chips) - 1
    for name, value in (("country", "FR"), ("country", "US"), ("code_repository", "available")):
        assert re.search(rf'name="{name}" value="{value}" checked', content)


@pytest.mark.usefixtures("rich")
def test_the_count_beside_a_choice_is_what_ticking_it_gives(client: Client) -> None:
    content = main(client.get(f"{PATH}?country=US"))
    boxes = re.findall(r'name="(\w+)" value="([^"]+)"> <span>[^<]*<span class="soft">([\d,]+)<', content)
    assert len(boxes) > 20
    for name, value, count in boxes:
        asked = SearchFilters().choosing("country", ["US"])
        if name == "country":  # any of the two: what it adds is its own
            assert int(count) == search(SearchFilters().choosing("country", [value])).total
        else:
            assert int(count) == search(asked.choosing(name, [value])).total


@pytest.mark.usefixtures("small_catalogue")
def test_what_nothing_matches_is_not_offered_and_silent_filters_are_counted(client: Client) -> None:
    content = main(client.get(PATH))
    assert not re.search(r'class="soft">0<', content)
    assert 'name="succession_plan"' not in content
    assert re.search(r"\d+ filters not shown, because nothing is claimed there yet", content)


@pytest.mark.usefixtures("small_catalogue")
def test_a_chosen_value_stays_to_be_unticked_where_it_finds_nothing(client: Client) -> None:
    content = main(client.get(f"{PATH}?country=FR&q=zenodo"))
    assert re.search(r'name="country" value="FR" checked', content)


@pytest.mark.usefixtures("small_catalogue")
def test_an_empty_result_says_what_to_leave_out_and_what_that_would_give(client: Client) -> None:
    response = client.get(f"{PATH}?q=zenodo&country=FR")
    words = text(response)
    assert response.status_code == 200
    assert "Nothing matches all of this" in words
    assert f"Without Words: zenodo , {search(SearchFilters().choosing('country', ['FR'])).total or 'still'}" in words
    assert "Without Country: France , 1 infrastructure matches" in words
    assert reverse("suggest") in main(response)


@pytest.mark.usefixtures("small_catalogue")
def test_another_spelling_is_one_click_away(client: Client) -> None:
    content = main(client.get(PATH, {"q": "zxnndo"}))
    address = re.search(r'Did you mean <a href="([^"]+)">zenodo</a>', content)
    assert address is not None
    assert shown(client.get(address[1])) == ["zenodo"]


@pytest.mark.usefixtures("small_catalogue")
def test_what_was_not_used_of_the_words_is_said(client: Client) -> None:
    response = client.get(PATH, {"q": "colour:red zenodo"})
    assert shown(response) == ["zenodo"]
    assert "colour:red : there is no field “colour”." in text(response)


@pytest.mark.usefixtures("catalogue")
def test_pages_follow_one_another_and_keep_filters_order_and_ticks(client: Client) -> None:
    seen: list[str] = []
    query = QueryDict("sort=-name&ids=zenodo", mutable=True)
    for number in range(1, 20):
        query["page"] = str(number)
        response = client.get(f"{PATH}?{query.urlencode()}", follow=True)
        content = main(response)
        seen += shown(response)
        # What the form sends: its boxes and lists as they stand, and the button.
        assert re.search(r'<option value="-name" selected>', content)
        assert re.search(r'name="ids"\s+value="zenodo"\s+checked', content)
        if not re.search(rf'name="page"\s+value="{number + 1}"', content):
            break
    assert seen == list(search(SearchFilters(sort="-name")).ids)


@pytest.mark.usefixtures("small_catalogue")
def test_beyond_the_last_page_is_a_404_that_says_where_the_list_ends(client: Client) -> None:
    response = client.get(f"{PATH}?q=zenodo&page=1000000000")
    assert response.status_code == 404
    assert "this list ends on page 1" in text(response)
    assert f'href="{PATH}?q=zenodo"' in main(response)


@pytest.mark.usefixtures("small_catalogue")
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("colour=red&q=zenodo", f"{PATH}?q=zenodo"),
        ("country=ZZ&country=CH", f"{PATH}?country=CH"),
        ("page=two", PATH),
        ("q=" + "a" * 10_000, PATH),
        ("q=%ff", PATH),
        ("ids=nope&ids=zenodo", f"{PATH}?ids=zenodo"),
        ("launched_from=x&sort=-name", f"{PATH}?sort=-name"),
    ],
)
def test_an_address_that_cannot_be_read_is_a_400_that_offers_the_rest(client: Client, query: str, kept: str) -> None:
    response = client.get(f"{PATH}?{query}")
    assert response.status_code == 400
    assert f'href="{kept}"' in main(response)
    assert "Nothing was guessed" in text(response)
    assert len(response.content) < 20_000
    assert client.get(kept).status_code == 200


@pytest.mark.usefixtures("small_catalogue")
@pytest.mark.parametrize(
    ("query", "tidy"),
    [
        ("q=&country=&launched_from=&sort=", PATH),
        ("q=zenodo&sort=&page=1", f"{PATH}?q=zenodo"),
        ("country=switzerland", f"{PATH}?country=CH"),
        ("q=&ids=zenodo&ids=zenodo", f"{PATH}?ids=zenodo"),
    ],
)
def test_what_a_form_sends_leads_to_a_tidy_address(client: Client, query: str, tidy: str) -> None:
    response = client.get(f"{PATH}?{query}")
    assert (response.status_code, response.headers["Location"]) == (302, tidy)


@pytest.mark.usefixtures("small_catalogue")
def test_what_is_ticked_is_compared(client: Client) -> None:
    response = client.get(f"{PATH}?q=data&ids=zenodo&ids=dryad&compare=yes")
    assert (response.status_code, response.headers["Location"]) == (302, f"{reverse('compare')}?ids=zenodo,dryad")


@pytest.mark.usefixtures("catalogue")
def test_too_much_or_nothing_ticked_is_said_and_loses_nothing(client: Client) -> None:
    some = [row.infrastructure_id for row in Infrastructure.objects.all()[:13]]
    response = client.get(PATH, {"ids": some, "compare": "yes", "q": "data"})
    assert response.status_code == 400
    assert "13 infrastructures are ticked, and a comparison shows at most 12" in text(response)
    assert len(re.findall(r'name="ids"\s+value="[^"]+"\s+checked', main(response))) == 13
    assert "Nothing is ticked to compare" in text(client.get(PATH, {"compare": "yes"}))


@pytest.mark.usefixtures("small_catalogue")
def test_a_script_gets_the_changing_part_of_the_same_page(client: Client) -> None:
    whole = client.get(f"{PATH}?country=US").content.decode()
    part = client.get(f"{PATH}?q=&country=us&sort=", headers={"HX-Request": "true"})
    assert part.headers["HX-Push-Url"] == f"{PATH}?country=US"
    assert "HX-Request" in part.headers["Vary"]
    assert "<html" not in part.content.decode()
    assert " ".join(part.content.decode().split()) in " ".join(whole.split())


@pytest.mark.usefixtures("small_catalogue")
def test_going_back_in_history_gets_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(PATH, headers=headers).content.decode()


@pytest.mark.usefixtures("small_catalogue")
def test_files_and_feeds_are_of_this_search(client: Client) -> None:
    content = main(client.get(f"{PATH}?q=data&country=US&page=1", follow=True))
    for form in ("csv", "jsonl", "parquet", "xlsx", "atom", "feed.json"):
        assert f'href="{reverse("discover_file", args=[form])}?q=data&amp;country=US"' in content


@pytest.mark.usefixtures("small_catalogue")
def test_the_address_to_share_is_on_the_page_without_a_script(client: Client) -> None:
    content = main(client.get(f"{PATH}?q=data&country=US"))
    assert re.search(r'readonly\s+value="http://testserver/infrastructures/\?q=data&amp;country=US"', content)


@pytest.mark.usefixtures("small_catalogue")
def test_how_choices_combine_is_stated(client: Client) -> None:
    assert "Any of the values ticked within one filter; all filters together." in text(client.get(PATH))


@pytest.mark.usefixtures("small_catalogue")
def test_hostile_words_are_shown_and_not_obeyed(client: Client) -> None:
    hostile = '"><script>alert(1)</script>'
    content = client.get(PATH, {"q": hostile}).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content
    assert not re.search(r"\son\w+=|style=", main(client.get(PATH)))


@pytest.mark.usefixtures("small_catalogue")
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_search_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)(PATH).status_code == 405


def test_an_empty_catalogue_says_so(client: Client) -> None:
    response = client.get(PATH)
    assert response.status_code == 200
    assert "0 infrastructures" in text(response)
    assert "The catalogue is empty so far." in text(response)
