"""The catalogue that benchmarks generate is of the shapes that claims really have."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.claims.profile import replay
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Organisation
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.search.index import catalogue_index

ROOT = Path(__file__).parents[4]
COUNT = 30


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("bench.catalogue_data")


@pytest.mark.django_db
def test_a_generated_catalogue_is_like_one_that_people_made(bench: ModuleType) -> None:
    bench.generate(COUNT, seed=3)
    rows = list(Infrastructure.objects.order_by("pk"))
    assert len(rows) == COUNT
    for row in rows:
        assert replay(row.claims.order_by("id")) == row.profile
        assert row.profile["name"]["value"] == row.name
        assert row.steward is not None
        assert row.profile["steward"]["value"]["name"] == row.steward.name
    claimed = {claim.field for claim in Claim.objects.all()}
    assert {one.code for one in public_fields() if one.kind not in {"record", "image"}} - claimed == set()
    assert len(catalogue_index().placed) == COUNT

    first = rows[0]
    made = first.claims.order_by("id")
    stated = [ClaimInput(c.field, c.value, c.status, tuple(c.evidence), c.checked_on, c.note) for c in made]
    by_hand = create_infrastructure(stated, by=Author(AuthorKind.STEWARD, bench.SOURCE), slug="by-hand")
    assert by_hand.version == first.version
    assert [set(entry) for entry in by_hand.profile.values()] == [set(entry) for entry in first.profile.values()]
    changes = [Change.objects.get(infrastructure=row) for row in (first, by_hand)]
    assert len({(one.kind, tuple(one.fields), one.author_kind, one.summary) for one in changes}) == 1
    assert append_claims(first, stated, by=Author(AuthorKind.STEWARD, bench.SOURCE)) == []  # nothing new in them


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_catalogue(bench: ModuleType) -> None:
    made = []
    for _ in range(2):
        bench.generate(5, seed=9)
        rows = Infrastructure.objects.order_by("pk")
        made.append([(row.infrastructure_id, row.changed_at, sorted(row.profile)) for row in rows])
        Claim.objects.all()._raw_delete("default")
        rows.delete()
        Organisation.objects.all().delete()
    assert made[0] == made[1]
