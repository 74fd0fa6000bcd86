"""The pages of releases: the list, one release, and what changed between two."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.insights.edited import Edited

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.difference import CHANGES, GROUPINGS, difference
from infracommons.insights.release import Release
from infracommons.insights.totals import by_rule
from infracommons.vocabulary.figures import figure
from infracommons.vocabulary.tables import RULES


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return str(response.content.decode())


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def difference_of(edited: Edited, before: str, after: str) -> str:
    return reverse("release_difference", args=[getattr(edited, before).release_id, getattr(edited, after).release_id])


def test_the_list_has_every_release_newest_first_and_says_which_is_current(kept: Client, edited: Edited) -> None:
    html = page(kept, reverse("releases"))
    ids = [edited.more.release_id, edited.amount.release_id, edited.golden.release_id]
    assert re.findall(r'<a href="/funding/releases/([^"/]+)/"><code>', html) == ids
    rows = html.split("<tbody>")[1].split("</tr>")
    assert [("current" in row) for row in rows[:3]] == [True, False, False]
    assert "Awards: no change" in words(rows[1])
    assert "Full amount: +50,000.00" in words(rows[1])
    assert "the first one here" in words(rows[2])


def test_totals_in_the_list_are_those_of_the_funding_pages(kept: Client, edited: Edited) -> None:
    html = page(kept, reverse("releases"))
    for row, stored in zip(
        html.split("<tbody>")[1].split("</tr>"), (edited.more, edited.amount, edited.golden), strict=False
    ):
        shown = re.findall(r'<td class="num">([\d,]+\.\d\d)</td>', row)
        assert shown == [figure(total.counted_usd) for total in by_rule(Release(stored.folder), AwardFilters())]


def test_a_release_says_what_it_was_made_from_and_how_to_cite_and_make_it_again(kept: Client, edited: Edited) -> None:
    told = edited.golden.manifest
    html = page(kept, reverse("release", args=[edited.golden.release_id]))
    text = words(html)
    for check in told["checks"]:
        assert check in text
    for warning in told["warnings"]:
        assert " ".join(warning.split()) in text
    for read in told["inputs"][:50]:
        assert read["file"] in text
        assert read["sha256"] in text
    for table in told["tables"]:
        assert table["sha256"] in text
    assert f"[Data set]. Made {told['made_at'][:10]}" in text
    assert "@misc{" in text
    assert "infracommons release --raw raw" in text
    assert "This is an older release" in text
    assert told["settings"]["definitions_sha256"] in text


def test_the_current_release_says_so_and_links_to_what_changed(kept: Client, edited: Edited) -> None:
    html = page(kept, reverse("release", args=[edited.more.release_id]))
    assert "This is the current release" in words(html)
    assert difference_of(edited, "amount", "more") in html


def test_the_raw_files_are_paged_and_none_is_left_out(kept: Client, edited: Edited) -> None:
    files: list[str] = []
    number = 1
    while len(files) < len(edited.more.manifest["inputs"]):
        html = page(
            kept, f"{reverse('release', args=[edited.more.release_id])}{f'?page={number}' if number > 1 else ''}"
        )
        files += re.findall(r'<th scope="row" class="wrap">\s*<code>([^<]+)</code>', html)
        number += 1
    assert [unescape(file) for file in files] == [told["file"] for told in edited.more.manifest["inputs"]]


def test_one_award_changed_and_the_page_names_exactly_it(kept: Client, edited: Edited) -> None:
    html = page(kept, difference_of(edited, "golden", "amount"))
    text = words(html)
    assert "<h1>1 award changed, 1 support changed</h1>" in " ".join(html.split()).replace("<h1> ", "<h1>").replace(
        " </h1>", "</h1>"
    )
    named = set(re.findall(r"<code>(award-[0-9a-f]+)</code>", html))
    assert len(named) == 1
    rows = html.split('aria-labelledby="changes"')[1].split("<tbody>")[1].split("</tbody>")[0]
    assert [re.findall(r"\d+\.\d\d", words(row)) for row in rows.split("</tr>")[:-1]] == [
        ["400000.00", "450000.00"]
    ] * 3
    assert "moved by +50,000.00 US dollars" in text
    assert "the amount changed" in text
    assert "czi/czi_grants.json" in text
    assert "Code version, definitions, model and engine are the same." in text


def test_the_reasons_shown_add_up_to_the_movement_shown_under_every_rule(kept: Client, edited: Edited) -> None:
    def amount(shown: str) -> int:
        return 0 if shown == "no change" else int(re.sub(r"[+,.]", "", shown).replace("\N{MINUS SIGN}", "-"))

    for rule in RULES:
        html = page(kept, f"{difference_of(edited, 'amount', 'more')}?rule={rule}".replace("?rule=equal_split", ""))
        text = words(html)
        (moved,) = re.findall(r"The total moved by (\S+) US dollars", text)
        rows = html.split('aria-labelledby="reasons"')[1].split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
        assert sum(amount(words(row).split()[-3]) for row in rows) == amount(moved)
        assert len(rows) == 3


def test_kinds_of_change_narrow_the_list(kept: Client, edited: Edited) -> None:
    told = difference(edited.amount, edited.more)
    address = difference_of(edited, "amount", "more")
    for kind in CHANGES:
        html = page(kept, f"{address}?change={kind}")
        if told.changes[kind]:
            shown = re.search(r"rows [\d,]+ to [\d,]+ of ([\d,]+)", html)
            assert shown
            assert int(shown[1].replace(",", "")) == told.cells[kind]
        else:
            assert "Nothing changed in this way." in html


def test_awards_are_linked_only_where_the_current_release_has_them(kept: Client, edited: Edited) -> None:
    html = page(kept, difference_of(edited, "amount", "more"))
    linked = set(re.findall(r'href="/funding/awards/(award-[0-9a-f]+)/"', html))
    assert linked
    for award_id in linked:
        page(kept, reverse("award", args=[award_id]))
    removed = page(kept, f"{difference_of(edited, 'amount', 'more')}?change=award_removed")
    assert not re.search(r'href="/funding/awards/award-', removed)
    assert not re.search(r'href="/funding/awards/award-', page(kept, difference_of(edited, "golden", "amount")))


def test_two_equal_releases_are_told_to_be_equal(kept: Client, edited: Edited) -> None:
    text = words(page(kept, difference_of(edited, "golden", "golden")))
    assert "No award and no support changed" in text
    assert "The total is the same" in text
    assert "The raw files are the same." in text


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_movements_have_a_page_with_all_of_them(kept: Client, edited: Edited, grouping: str) -> None:
    place = [edited.golden.release_id, edited.more.release_id, grouping]
    html = page(kept, reverse("release_movement", args=place))
    rows = difference(edited.golden, edited.more).of_rule(grouping, AwardFilters().rule)
    assert f": {len(rows)} row" in words(html)
    assert f"1 to {len(rows)} of {len(rows)}" in words(html)


def test_the_form_leads_to_the_difference_of_the_two_chosen(kept: Client, edited: Edited) -> None:
    response = kept.get(
        reverse("compare_releases"), {"before": edited.golden.release_id, "after": edited.more.release_id}
    )
    assert (response.status_code, response.headers["Location"]) == (302, difference_of(edited, "golden", "more"))


@pytest.mark.parametrize(
    "query", ["", "?before=current&after=nothing", "?before=..%2F..%2Fetc&after=x", "?before=%00", "?colour=red"]
)
def test_a_choice_that_is_no_release_is_named(kept: Client, query: str) -> None:
    assert "release" in page(kept, reverse("compare_releases") + query, 400)


@pytest.mark.parametrize("release_id", ["nothing", "current", "..", ".lock", "%2e%2e", "a%00b", "..%5c..", "x" * 300])
def test_what_is_no_release_is_not_found(kept: Client, edited: Edited, release_id: str) -> None:
    page(kept, f"/funding/releases/{release_id}/release.json", 404)
    if release_id not in {"..", "%2e%2e"}:
        page(kept, f"/funding/releases/{release_id}/", 404)
        page(kept, f"/funding/releases/{edited.golden.release_id}/{release_id}/", 404)
        page(kept, f"/funding/releases/{release_id}/package.zip", 404)


@pytest.mark.parametrize("query", ["page=0", "page=x", "change=everything", "rule=none", "colour=red"])
def test_an_address_that_cannot_be_read_is_named(kept: Client, edited: Edited, query: str) -> None:
    name = query.partition("=")[0]
    assert name in page(kept, f"{difference_of(edited, 'golden', 'more')}?{query}", 400)


def test_a_page_beyond_the_last_says_so(kept: Client, edited: Edited) -> None:
    for address in (
        reverse("releases"),
        reverse("release", args=[edited.more.release_id]),
        difference_of(edited, "golden", "more"),
    ):
        assert "There is no page 99" in words(page(kept, f"{address}?page=99", 404))


def test_an_unknown_grouping_is_not_found(kept: Client, edited: Edited) -> None:
    page(kept, f"{difference_of(edited, 'golden', 'more')}by/colour/", 404)


def test_a_page_that_the_reader_has_is_not_sent_again(kept: Client, edited: Edited) -> None:
    first = kept.get(reverse("release", args=[edited.golden.release_id]))
    again = kept.get(
        reverse("release", args=[edited.golden.release_id]), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_list_is_sent_anew_when_a_release_goes(
    show: Callable[[Path], Client], edited: Edited, tmp_path: Path
) -> None:
    for path in edited.folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            (tmp_path / path.name).mkdir()
            for file in path.iterdir():
                (tmp_path / path.name / file.name).write_bytes(file.read_bytes())
    (tmp_path / "current").symlink_to(edited.more.release_id)
    client = show(tmp_path)
    tag = client.get(reverse("releases")).headers["ETag"]
    (tmp_path / edited.golden.release_id / "release.json").unlink()
    response = client.get(reverse("releases"), headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert edited.golden.release_id not in response.content.decode()


def test_long_values_say_that_they_are_cut(many: Any, show: Any, tmp_path: Path) -> None:
    from tests.web.conftest import write_release  # noqa: PLC0415 - releases of rows of our own

    rows = many(2)
    for name, text in (("one", "a" * 299), ("other", "b" * 5_000)):
        rows["award"][0]["description"] = text
        write_release(tmp_path / name, rows)
    told = (tmp_path / "one" / "one" / "release.json").read_text()
    (tmp_path / "other" / "one").rename(tmp_path / "one" / "other")
    told = told.replace('"release": "one"', '"release": "other"').replace("0" * 64, "1" * 64)
    (tmp_path / "one" / "other" / "release.json").write_text(told)
    html = page(show(tmp_path / "one"), reverse("release_difference", args=["one", "other"]))
    assert "1 award changed" in words(html)
    assert "… 300 of 5,000 characters; the files have all" in html
    assert "b" * 300 in html
    assert "b" * 301 not in html


def test_a_release_that_says_little_of_itself_still_has_its_page(shown_rows: Any, many: Any) -> None:
    client = shown_rows(many(3))
    text = words(page(client, reverse("release", args=["one"])))
    assert "It does not say what was checked." in text
    assert "There were none." in text
    assert "unknown" in words(page(client, reverse("releases")))
