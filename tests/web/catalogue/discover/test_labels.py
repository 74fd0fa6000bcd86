"""Each box to tick on the page of results says which infrastructure it is for."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("small_catalogue")
def test_no_two_boxes_have_the_same_name(client: Client) -> None:
    tree: Any = html.fromstring(client.get("/infrastructures/?ids=zenodo&ids=dryad&q=preprints").content.decode())
    boxes = tree.xpath("//label[input[@name='ids']]")
    names = [" ".join(box.text_content().split()) for box in boxes]
    assert len(names) > 3
    assert len(set(names)) == len(names)
    assert {"Compare arXiv", "Compare Zenodo"} <= set(names)
