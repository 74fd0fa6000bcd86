"""A profile in the words of schema.org: the right type, only properties that the type has, nothing private."""

import json

import pytest
from tests.web.catalogue.exchange.conftest import CANARIES

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.jsonld import jsonld
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
ROOT = "https://infracommons.example"
BY = Author(AuthorKind.CURATOR, "a test")


def told(infrastructure: Infrastructure) -> dict[str, object]:
    return jsonld(infrastructure, term_book(), ROOT)


def categorised(infrastructure: Infrastructure, code: str) -> dict[str, object]:
    append_claims(infrastructure, [ClaimInput("categories", {"terms": [code], "other": ""})], by=BY)
    return told(infrastructure)


def test_a_service_with_open_code_says_both(rich: Infrastructure) -> None:
    page = told(rich)
    assert page["@context"] == "https://schema.org"
    assert page["@id"] == f"{ROOT}/infrastructures/example-archive/"
    assert page["@type"] == ["Service", "SoftwareSourceCode"]
    assert page["codeRepository"] == "https://git.example.org/archive"
    assert page["license"] == "https://spdx.org/licenses/Apache-2.0"
    assert page["programmingLanguage"] == ["Python", "C++", "Forth"]
    assert page["provider"] == {"@type": "Organization", "name": "Example Foundation"}
    assert page["category"] == "Repository service"


@pytest.mark.parametrize(
    ("category", "kind", "has", "has_not"),
    [
        ("repository_software", "SoftwareApplication", "applicationCategory", "category"),
        ("open_scholarly_dataset", "Dataset", "keywords", "applicationCategory"),
        ("standard_specification_protocol", "CreativeWork", "keywords", "applicationCategory"),
        ("community_or_network", "Organization", "parentOrganization", "provider"),
    ],
)
def test_each_type_has_its_own_properties(
    rich: Infrastructure, category: str, kind: str, has: str, has_not: str
) -> None:
    append_claims(rich, [ClaimInput("code_repository", None, "unknown")], by=BY)
    page = categorised(rich, category)
    assert page["@type"] == kind
    assert has in page
    assert has_not not in page
    assert "codeRepository" not in page


def test_an_organisation_is_founded_and_has_a_contact(rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("code_repository", None, "unknown")], by=BY)
    page = categorised(rich, "community_or_network")
    assert page["foundingDate"] == "2011"
    assert page["contactPoint"] == {"@type": "ContactPoint", "url": "https://archive.example.org/contact"}


def test_an_interface_for_programs_is_named_only_where_it_is_there(rich: Infrastructure) -> None:
    assert "isRelatedTo" not in told(rich)  # in progress
    link = {"url": "https://archive.example.org/api", "label": ""}
    append_claims(rich, [ClaimInput("open_api", None, "available", (link,))], by=BY)
    assert told(rich)["isRelatedTo"] == {
        "@type": "WebAPI",
        "name": "Example Archive: Open API",
        "documentation": ["https://archive.example.org/api"],
    }


def test_wikidata_and_ror_say_what_it_is_the_same_as(small_catalogue: None) -> None:  # noqa: ARG001
    page = told(Infrastructure.objects.get(infrastructure_id="arxiv"))
    assert "https://www.wikidata.org/entity/Q118398" in str(page["sameAs"])
    assert {"@type": "PropertyValue", "propertyID": "github", "value": "arXiv"} in page["identifier"]  # type: ignore[operator]


def test_nothing_private_is_in_it(rich: Infrastructure) -> None:
    page = json.dumps(told(rich))
    assert not any(canary in page for canary in CANARIES)
