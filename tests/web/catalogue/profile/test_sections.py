"""The order of a profile, and that no public field is left out of it."""

import pytest
from tests.web.catalogue.profile.conftest import Read

from infracommons.web.catalogue.fields.registry import public_fields, sections
from infracommons.web.catalogue.models import Infrastructure

pytestmark = pytest.mark.django_db
RICH = "/infrastructures/example-archive/"
SEVEN = ["about", "mission", "technical", "community", "governance", "organisation", "funding"]


def test_the_seven_sections_come_in_the_order_that_readers_know(rich: Infrastructure, read: Read) -> None:
    codes = [section.code for section in sections()]
    assert [code for code in codes if code in SEVEN] == SEVEN
    headings = [" ".join(one.text_content().split()) for one in read(RICH).tree.xpath("//h2")]
    places = [
        next(place for place, heading in enumerate(headings) if heading.startswith(section.label))
        for section in sections()
        if section.code in SEVEN
    ]
    assert places == sorted(places)
    assert rich.name


def test_each_public_field_stands_with_its_value_or_as_unknown(rich: Infrastructure, read: Read) -> None:
    page = read(RICH)
    missing = [
        one.code
        for one in public_fields()
        if one.kind != "record" and not (page.tree.xpath(f"//*[@id='field-{one.code}']") or one.label in page.text)
    ]
    assert missing == []
    shown = {one.get("id") for one in page.tree.xpath("//*[starts-with(@id, 'field-')]")}
    stated = {one.code for one in public_fields() if one.code in rich.profile and one.kind not in {"record", "image"}}
    assert {code for code in stated if f"field-{code}" not in shown} <= {"name"}
