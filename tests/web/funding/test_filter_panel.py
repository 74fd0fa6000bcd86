from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import lxml.html
import pytest
from django.test import Client

Rows = dict[str, list[dict[str, Any]]]
CHOSEN = (
    "q=open&infrastructure=zenodo&region=us&funder_country=US&country=US&category=repository_service&year_from=2000&year_to=2024"
    "&decision=any&support_type=direct&amount_status=known&counted=yes&rule=full&prices=2020"
)
PAGES = ["/funding/awards/", "/funding/charts/", "/funding/charts/years/", "/funding/"]


def panel(site: Client, address: str) -> Any:
    response = site.get(address)
    assert response.status_code == 200, address
    document: Any = lxml.html.fromstring(response.content.decode())
    (form,) = document.xpath("//details[contains(@class, 'filters')]//form")
    return form


def sent(site: Client, form: Any, **values: str) -> Any:
    """Send the form as a browser does, with more filled in."""
    pairs = [(name, text) for name, text in form.form_values() if name not in values]
    return site.get(f"{form.get('action')}?{urlencode([*pairs, *values.items()])}")


@pytest.mark.parametrize("path", PAGES)
def test_sending_the_panel_as_it_is_changes_nothing(site: Client, path: str) -> None:
    for query in ("", CHOSEN, "undated=yes&sort=oldest&funder=ror:021nxhr62"):
        address = f"{path}?{query}" if query else path
        response = sent(site, panel(site, address))
        assert response.status_code == 302
        here, _, found = response["Location"].partition("?")
        assert here == path
        assert sorted(parse_qsl(found)) == sorted(parse_qsl(query))


def test_a_field_that_is_filled_in_narrows_the_page(site: Client) -> None:
    response = sent(site, panel(site, "/funding/charts/years/?rule=full"), funder="ror:021nxhr62", year_from="2015")
    assert response["Location"] == "/funding/charts/years/?funder=ror%3A021nxhr62&year_from=2015&rule=full"


def test_a_typed_name_becomes_the_id_where_it_can_mean_one_only(site: Client) -> None:
    for name in ("Zenodo", "zenodo", "ZENOD"):
        response = site.get(
            "/funding/narrow/?" + urlencode({"here": "/funding/awards/", "infrastructure_named": name, "rule": "full"})
        )
        assert response["Location"] == "/funding/awards/?infrastructure=zenodo&rule=full"


def test_a_typed_name_that_may_mean_several_is_asked_about_and_nothing_is_lost(
    shown_rows: Callable[[Rows], Client], many: Callable[[int], Rows]
) -> None:
    site = shown_rows(many(120))
    query = urlencode({"here": "/funding/awards/", "funder_named": "FUNDER", "rule": "full", "own": "kept"})
    response = site.get(f"/funding/narrow/?{query}")
    assert response.status_code == 400
    document: Any = lxml.html.fromstring(response.content.decode())
    choices = document.xpath("//ul[@class='chart-list']//a")
    assert len(choices) == 50
    assert "120 names have this in them; these are the first 50" in " ".join(document.text_content().split())
    assert choices[0].get("href") == "/funding/awards/?funder=org%3A0&rule=full&own=kept"
    exact = site.get("/funding/narrow/?" + urlencode({"here": "/funding/awards/", "funder_named": "funder 1"}))
    assert exact["Location"] == "/funding/awards/?funder=org%3A1"


def test_a_name_that_nothing_has_is_told(site: Client) -> None:
    response = site.get("/funding/narrow/?here=/funding/awards/&recipient_named=%3Cqqq%3E")
    assert response.status_code == 400
    text = response.content.decode()
    assert "No recipient of this release has this in its name" in text
    assert "&lt;qqq&gt;" in text


def test_what_cannot_be_read_is_named_and_the_rest_kept(site: Client) -> None:
    response = site.get("/funding/narrow/?here=/funding/awards/&rule=full&year_from=soon&own=1")
    assert response.status_code == 400
    assert "soon" in response.content.decode()
    assert 'href="/funding/awards/?rule=full&amp;own=1"' in response.content.decode()


@pytest.mark.parametrize(
    "here", ["", "https://elsewhere.example/", "//elsewhere.example/", "/nowhere/", "/\\elsewhere"]
)
def test_the_panel_leads_to_no_other_site(site: Client, here: str) -> None:
    response = site.get("/funding/narrow/?" + urlencode({"here": here, "rule": "full"}))
    assert response.status_code == 404


def test_a_long_list_is_typed_into_with_suggestions_and_costs_no_page_its_speed(
    shown_rows: Callable[[Rows], Client], many: Callable[[int], Rows]
) -> None:
    site = shown_rows(many(400))
    address = "/funding/awards/?funder=org:7"
    form = panel(site, address)
    assert not form.xpath(".//select[@name='funder']")
    assert form.xpath(".//input[@name='funder' and @checked]/@value") == ["org:7"]
    assert len(site.get(address).content) < 120_000
    assert sent(site, form, funder_named="Funder 399")["Location"] == "/funding/awards/?funder=org%3A7&funder=org%3A399"
    options: Any = lxml.html.fragments_fromstring(
        site.get("/funding/narrow/suggest/?funder_named=er+39").content.decode()
    )
    assert [option.get("value") for option in options[:2]] == ["Funder 39", "Funder 390"]
    assert site.get("/funding/narrow/suggest/?funder_named=").content.strip() == b""


def test_every_control_of_the_panel_has_a_label(site: Client) -> None:
    form = panel(site, f"/funding/charts/?{CHOSEN}")
    labelled = {label.get("for") for label in form.iter("label")}
    for control in form.iter("input", "select"):
        wrapped = any(ancestor.tag == "label" for ancestor in control.iterancestors())
        assert control.get("type") == "hidden" or wrapped or control.get("id") in labelled


def test_a_page_offers_no_filter_that_it_answers_itself(site: Client) -> None:
    kept = panel(site, "/funding/infrastructures/zenodo/?sort=oldest").form_values()
    assert ("sort", "oldest") in kept
    for path, left_out in (
        ("/funding/", {"sort"}),
        ("/funding/infrastructures/zenodo/", {"sort", "infrastructure"}),
        ("/funding/awards/", set[str]()),
    ):
        offered = {field.get("name") for field in panel(site, path).xpath(".//select")}
        assert {"sort", "infrastructure", "rule"} - offered == left_out
