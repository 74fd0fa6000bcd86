from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from infracommons.web.catalogue.api.value_schemas import value_schema
from infracommons.web.catalogue.fields.registry import field, public_fields, vocabularies
from infracommons.web.catalogue.models import Infrastructure, Term

pytestmark = pytest.mark.django_db
Ask = Callable[..., dict[str, Any]]


@pytest.mark.usefixtures("terms")
def test_every_vocabulary_is_listed_and_has_its_terms(ask: Ask) -> None:
    listed = ask("vocabularies")["data"]
    assert [row["code"] for row in listed] == list(vocabularies())
    for row in listed:
        assert row["terms"] == len(ask(f"vocabularies/{row['code']}")["data"]["terms"]) > 0


@pytest.mark.usefixtures("terms")
def test_a_merged_term_names_the_one_to_use_instead(ask: Ask) -> None:
    old, new = Term.objects.filter(vocabulary="categories")[:2]
    Term.objects.filter(pk=old.pk).update(state="merged", successor=new)
    Term.objects.filter(pk=new.pk).update(label="Renamed")
    # A term changed behind the curators' desk leaves no event; one that the desk changes does.
    new.events.create(kind="renamed")
    terms = {row["code"]: row for row in ask("vocabularies/categories")["data"]["terms"]}
    assert (terms[old.code]["state"], terms[old.code]["successor"]) == ("merged", new.code)
    assert terms[new.code]["label"] == "Renamed"


@pytest.mark.usefixtures("db")
def test_every_public_field_is_told_and_no_other(ask: Ask) -> None:
    rows = {row["code"]: row for row in ask("fields")["data"]}
    assert list(rows) == [one.code for one in public_fields() if one.kind != "record"]
    assert rows["code_repository"]["statuses"][0] == "available"
    assert rows["categories"]["vocabulary"] == "categories"
    assert ask("vocabularies/unheard_of", status=404)["detail"].startswith("There is no vocabulary unheard_of.")


def test_stored_values_are_as_the_schemas_of_their_fields_say(rich: Infrastructure) -> None:
    kinds = set()
    for infrastructure in Infrastructure.objects.all():
        for code, entry in infrastructure.profile.items():
            if entry["value"] is not None:
                jsonschema_rs.validate(value_schema(field(code)), entry["value"])
                kinds.add(field(code).kind)
    assert rich.profile
    assert len(kinds) > 12
