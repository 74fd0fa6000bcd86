import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.shared.published import releases

pytestmark = pytest.mark.django_db


def main(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def own_links(content: str) -> set[str]:
    return {address.replace("&amp;", "&") for address in re.findall(r'href="(/[^"]*)"', content)}


@pytest.mark.usefixtures("small_catalogue")
def test_three_figures_each_lead_to_their_proof(golden_release: Path) -> None:
    with override_settings(INFRACOMMONS_RELEASES=golden_release):
        releases.cache_clear()
        content = main(Client(), "/")
    releases.cache_clear()
    figures = re.findall(r'<a href="([^"]+)"><span class="n">([^<]+)</span>', content)
    assert [address for address, _ in figures] == ["/infrastructures/", "/about/coverage/", "/funding/awards/"]
    assert figures[0][1] == "12"
    claimed = [entry for row in Infrastructure.objects.all() for entry in row.profile.values()]
    share = sum(bool(entry["evidence"]) for entry in claimed) / len(claimed)
    assert figures[1][1] == f"{share:.0%}".replace("%", " %")
    assert figures[2][1].startswith("USD ")


@pytest.mark.usefixtures("small_catalogue")
def test_without_a_release_what_was_awarded_is_unknown(tmp_path: Path) -> None:
    with override_settings(INFRACOMMONS_RELEASES=tmp_path):
        releases.cache_clear()
        content = main(Client(), "/")
    releases.cache_clear()
    assert '<span class="n">unknown</span>' in content
    assert "no release of award data is published yet" in content


@pytest.mark.usefixtures("small_catalogue")
def test_every_way_from_the_front_page_leads_somewhere(golden_release: Path) -> None:
    with override_settings(INFRACOMMONS_RELEASES=golden_release):
        releases.cache_clear()
        client = Client()
        links = own_links(main(client, "/"))
        assert len(links) > 10
        answers = {address: client.get(address, follow=True).status_code for address in links}
    releases.cache_clear()
    assert {address: status for address, status in answers.items() if status != 200} == {}


@pytest.mark.usefixtures("small_catalogue")
def test_the_profiles_that_changed_last_come_first(client: Client) -> None:
    latest = Infrastructure.objects.order_by("-changed_at").first()
    assert latest is not None
    changed = re.findall(r'<li>\s*<a href="/infrastructures/([^/"]+)/"', main(client, "/"))
    assert changed[0] == latest.infrastructure_id


@pytest.mark.usefixtures("small_catalogue")
def test_every_example_of_the_help_runs_and_finds_what_it_says(client: Client) -> None:
    content = main(client, "/infrastructures/search-help/")
    examples = re.findall(
        r'<a href="(/infrastructures/\?q=[^"]+)">.*?<td class="num">([\d,]+)</td>', content, re.DOTALL
    )
    assert len(examples) > 12
    for address, total in examples:
        assert f">{total} of 12 infrastructures match" in main(client, address.replace("&amp;", "&"))
