import pytest

from infracommons.web.catalogue.claims.append import Author
from infracommons.web.catalogue.claims.create import RESERVED_SLUGS, change_slug, create_infrastructure, set_listing
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Change, FormerSlug, Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a curator")


def new(name: str, **more: str) -> Infrastructure:
    return create_infrastructure([ClaimInput("name", name)], by=BY, **more)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Open Data Commons", "open-data-commons"),
        ("Québec: Dépôt d'œuvres", "quebec-depot-d-uvres"),
        ("北京", "infrastructure"),
        ("!!!", "infrastructure"),
        ("Compare", "compare-infrastructure"),
        ("x" * 175, "x" * 150),
    ],
)
def test_the_id_is_made_of_the_name_and_safe_in_an_address(name: str, slug: str) -> None:
    assert new(name).infrastructure_id == slug


def test_no_id_is_a_word_that_addresses_need() -> None:
    for word in RESERVED_SLUGS:
        assert new(word).infrastructure_id not in RESERVED_SLUGS


def test_two_of_one_name_have_ids_of_their_own() -> None:
    assert [new("Example").infrastructure_id for _ in range(3)] == ["example", "example-2", "example-3"]


def test_an_id_that_once_led_somewhere_is_not_given_to_another() -> None:
    old = new("Example")
    change_slug(old, "renamed", by=BY)

    assert new("Example").infrastructure_id not in {"example", "renamed"}


def test_a_new_one_has_its_claims_and_one_line_in_the_log() -> None:
    infrastructure = new("Example", slug="my-own", listing=Listing.SUGGESTED, external_id="42")
    stored = Infrastructure.objects.get()

    assert (stored.infrastructure_id, stored.listing, stored.external_id) == ("my-own", "suggested", "42")
    assert stored.profile["name"]["value"] == "Example"
    assert (stored.version, infrastructure.version) == (1, 1)
    assert [change.kind for change in Change.objects.all()] == ["claimed"]


def test_a_changed_id_leads_on_and_may_come_back() -> None:
    infrastructure = new("Example")
    change_slug(infrastructure, "second", by=BY)
    change_slug(infrastructure, "third", by=BY)

    assert infrastructure.infrastructure_id == "third"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"example", "second"}

    change_slug(infrastructure, "example", by=BY)

    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"second", "third"}
    assert [change.kind for change in Change.objects.order_by("id")] == ["claimed", "renamed", "renamed", "renamed"]


def test_to_change_an_id_to_itself_leaves_nothing_behind() -> None:
    infrastructure = new("Example")
    change_slug(infrastructure, "example", by=BY)

    assert not FormerSlug.objects.exists()


def test_withdrawing_keeps_the_reason_the_successor_and_every_claim() -> None:
    infrastructure, after = new("Example"), new("After")
    set_listing(infrastructure, Listing.WITHDRAWN, by=BY, reason="It closed.", successor=after)
    stored = Infrastructure.objects.get(infrastructure_id="example")

    assert (stored.listing, stored.listing_reason, stored.successor) == ("withdrawn", "It closed.", after)
    assert stored.claims.count() == 1
    assert stored.version == infrastructure.version == 2
    assert Change.objects.order_by("-id")[0].kind == "withdrawn"
