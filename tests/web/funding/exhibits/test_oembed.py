import json
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
from django.test import Client

HERE = "http://testserver/funding/charts/years/?rule=full"


def asked(site: Client, **values: str) -> tuple[int, dict[str, Any]]:
    response = site.get("/funding/oembed?" + urlencode(values))
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.status_code, json.loads(response.content)


def test_a_chart_is_described_with_the_frame_that_shows_it(site: Client) -> None:
    status, said = asked(site, url=HERE, format="json")
    assert status == 200
    assert (said["version"], said["type"]) == ("1.0", "rich")
    frame: Any = lxml.html.fragment_fromstring(said["html"])
    assert (int(frame.get("width")), int(frame.get("height"))) == (said["width"], said["height"])
    assert frame.get("src") == "http://testserver/funding/charts/years/embed/?rule=full"
    assert site.get(frame.get("src")).status_code == 200
    picture = site.get(said["thumbnail_url"])
    assert picture.content.startswith(b"\x89PNG")
    sides = (int.from_bytes(picture.content[16:20]), int.from_bytes(picture.content[20:24]))
    assert (said["thumbnail_width"], said["thumbnail_height"]) == sides


def test_the_frame_is_no_larger_than_asked(site: Client) -> None:
    status, said = asked(site, url=HERE, maxwidth="400", maxheight="300")
    assert status == 200
    assert (said["width"], said["height"]) == (400, 300)
    assert "thumbnail_url" not in said


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"url": HERE, "format": "xml"}, 501),
        ({}, 400),
        ({"url": HERE, "maxwidth": "wide"}, 400),
        ({"url": HERE, "maxheight": "0"}, 400),
        ({"url": "http://elsewhere.example/funding/charts/years/"}, 404),
        ({"url": "http://testserver/funding/awards/"}, 404),
        ({"url": "http://testserver/funding/charts/nothing/"}, 404),
        ({"url": "http://testserver/funding/charts/years/?rule=half"}, 404),
        ({"url": "http://testserver/funding/charts/years/?funder=ror:nobody"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://[testserver/funding/charts/years/"}, 404),
        ({"url": "/funding/charts/years/"}, 404),
    ],
)
def test_anything_else_is_refused_with_the_reason(site: Client, values: dict[str, str], status: int) -> None:
    found, said = asked(site, **values)
    assert found == status
    assert said["error"].split(":")[0] in {"url", "format", "maxwidth", "maxheight"}
