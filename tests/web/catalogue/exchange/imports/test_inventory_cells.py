"""How the columns of the incumbent's export become claims."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.catalogue.exchange.conftest import Rows, said

from infracommons.web.catalogue.exchange.imports import ImportReport, import_file
from infracommons.web.catalogue.models import Infrastructure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]
Write = Callable[[Rows], Path]
NAME = {"001_service_name": "Example Archive", "identifier": "x-1"}


@pytest.fixture
def imported(write_csv: Write) -> Callable[[dict[str, str]], ImportReport]:
    """Return a function that imports one row about Example Archive."""
    return lambda cells: import_file(write_csv([NAME | cells]), "infra-finder-v2")


Imported = Callable[[dict[str, str]], ImportReport]


def reasons(report: ImportReport) -> dict[str, str]:
    assert report.cells == report.stored + report.listed
    return {note.column: note.reason for note in report.listed_cells}


def test_a_practice_takes_status_and_every_link_of_both_columns(imported: Imported) -> None:
    report = imported(
        {
            "042_code_of_conduct_status": "Implemented/available",
            "043_code_of_conduct_url": "See https://example.org/a, and https://example.org/b.",
            "code_of_conduct_structured": '{"links": [{"label": "Rules", "url": "https://example.org/a"}],'
            ' "statement": "We <a href=\\"https://example.org/c\\">listen</a>."}',
        }
    )
    entry = Infrastructure.objects.get().profile["code_of_conduct"]
    assert entry["status"] == "available"
    assert entry["evidence"] == [
        {"url": "https://example.org/a", "label": "Rules"},
        {"url": "https://example.org/b", "label": ""},
    ]
    assert entry["value"] == {"statement": "We listen (https://example.org/c)."}
    assert reasons(report) == {}


def test_a_link_that_is_not_public_is_left_out_and_named(imported: Imported) -> None:
    report = imported(
        {
            "018_open_code_repository_status": "available",
            "019_open_code_repository_url": "http://10.0.0.1/code https://example.org/code",
            "089_api_url": "ask us",
        }
    )
    entry = Infrastructure.objects.get().profile["code_repository"]
    assert [link["url"] for link in entry["evidence"]] == ["https://example.org/code"]
    assert "private network" in reasons(report)["019_open_code_repository_url"]
    assert "https://" in reasons(report)["089_api_url"]


def test_a_javascript_address_never_becomes_a_link(imported: Imported) -> None:
    report = imported({"010_website": "javascript:alert(1)", "004_public_contact": "javascript:alert(1)"})
    assert set(reasons(report)) == {"010_website", "004_public_contact"}
    assert "website" not in said("example-archive")


def test_a_status_that_is_not_on_the_scale_is_listed_not_read_as_no(imported: Imported) -> None:
    report = imported({"033_transparent_pricing_status": "Not applicable", "088_api_status": "maybe"})
    assert set(reasons(report)) == {"033_transparent_pricing_status", "088_api_status"}
    assert "pricing" not in said("example-archive")


def test_terms_that_no_vocabulary_has_are_kept_as_text_and_named(imported: Imported) -> None:
    report = imported(
        {"040_contribution_opportunities": "Code | Knitting", "940_contribution_opportunities_other": "Tea"}
    )
    assert said("example-archive")["contribution_opportunities"] == {"terms": ["code"], "other": "Knitting\nTea"}
    assert [note.value for note in report.unmatched_terms] == ["Knitting"]
    assert reasons(report) == {}


def test_unknown_among_terms_is_the_status_unknown(imported: Imported) -> None:
    assert reasons(imported({"076_saas_options": "Unknown"})) == {}
    assert "hosting" not in said("example-archive")  # nothing is claimed, which reads as unknown


def test_false_becomes_no_and_the_claim_says_what_it_may_hide(imported: Imported) -> None:
    imported({"099_scoss": "false", "053_shareholders": "true"})
    profile = Infrastructure.objects.get().profile
    assert profile["scoss"]["value"] is False
    assert "nobody answered" in profile["scoss"]["note"]
    assert profile["shareholders"]["note"] == ""


def test_money_has_the_currency_of_its_row_and_zero_is_not_a_figure(imported: Imported) -> None:
    report = imported(
        {"062_local_currency": "GBP", "068_annual_revenue": "1234.50", "069_annual_expenses": "0.00"}
        | {"063_financial_date": "01-2023 to 12-2023", "114_financial_visibility": "approved"}
    )
    told = said("example-archive")
    assert told["annual_revenue"] == {"minor": 123450, "currency": "GBP"}
    assert told["financial_period"] == {"from": "2023-01", "to": "2023-12"}
    assert "annual_expenses" not in told
    assert "left unknown" in reasons(report)["069_annual_expenses"]


def test_money_without_a_currency_is_listed_without_its_amount(imported: Imported) -> None:
    report = imported({"068_annual_revenue": "1234.50"})
    assert [(note.column, note.value) for note in report.listed_cells] == [("068_annual_revenue", "(private)")]


def test_lists_take_their_records_and_their_text(imported: Imported) -> None:
    imported(
        {
            "058_affiliations": "* University of Examples",
            "058_affiliations_structured": '[{"name": "Example Society", "description": null, "url": null}]',
        }
    )
    assert said("example-archive")["affiliations"] == {
        "entries": [{"name": "Example Society"}],
        "text": "* University of Examples",
    }


def test_a_launch_date_becomes_a_year_and_keeps_its_day_in_the_note(imported: Imported) -> None:
    imported({"056_launch_date": "1999-04-01"})
    entry = Infrastructure.objects.get().profile["launched"]
    assert (entry["value"], entry["note"]) == (1999, "The source says 1999-04-01.")


def test_a_contact_by_mail_loses_the_subject_that_others_wrote(imported: Imported) -> None:
    imported({"004_public_contact": "mailto:team@example.org?subject=Referred%20by"})
    assert said("example-archive")["contact"] == "mailto:team@example.org"


def test_what_an_accessibility_statement_covers_comes_from_its_json(imported: Imported) -> None:
    imported({"web_accessibility_structured": '{"link": {}, "applies_to_website": true, "applies_to_solution": false}'})
    assert said("example-archive")["accessibility_scope"] == {"terms": ["website"], "other": ""}


def test_a_text_longer_than_forms_allow_is_not_cut(imported: Imported) -> None:
    imported({"015_mission": "word " * 1000})
    assert str(said("example-archive")["mission"]).count("word") == 1000


def test_cells_of_unknown_columns_are_listed_one_by_one(imported: Imported) -> None:
    assert set(reasons(imported({"777_colour": "blue", "778_smell": "sweet"}))) == {"777_colour", "778_smell"}


def test_a_picture_is_never_fetched(imported: Imported) -> None:
    report = imported({"012_service_logo": "https://example.org/logo.png"})
    assert "not fetched" in reasons(report)["012_service_logo"]


def test_the_day_of_the_row_is_the_day_its_claims_were_checked(imported: Imported) -> None:
    imported({"015_mission": "To keep.", "092_last_update": "2024-08-21T15:42:11Z"})
    entry = Infrastructure.objects.get().profile["mission"]
    assert (entry["checked_on"], entry["author_kind"]) == ("2024-08-21", "steward")
    assert entry["source"] == "Infra Finder, 2024-08-21"


def test_unpublished_rows_are_suggested_not_listed(imported: Imported) -> None:
    imported({"109_publication_status": "unpublished"})
    assert Infrastructure.objects.get().listing == "suggested"


def test_what_is_newer_here_stays_and_the_cell_says_so(imported: Imported) -> None:
    imported({"015_mission": "New.", "092_last_update": "2025-05-05"})
    report = imported({"015_mission": "Old.", "092_last_update": "2024-08-21"})
    assert said("example-archive")["mission"] == "<p>New.</p>"
    assert "newer claim, of 2025-05-05" in reasons(report)["015_mission"]


def test_not_knowing_never_replaces_what_is_known(imported: Imported) -> None:
    imported({"088_api_status": "available"})
    report = imported({"088_api_status": "unknown"})
    assert said("example-archive")["open_api"] == "available"
    assert "what the catalogue knows stays" in reasons(report)["088_api_status"]


def test_a_name_in_the_file_that_we_lack_becomes_an_alias(imported: Imported, write_csv: Write) -> None:
    imported({})
    import_file(write_csv([{"identifier": "x-1", "001_service_name": "The Archive of Examples"}]), "infra-finder-v2")
    assert said("example-archive")["aliases"] == ["The Archive of Examples"]
    assert Infrastructure.objects.get().name == "Example Archive"


def test_another_identifier_is_not_taken_over(imported: Imported, write_csv: Write) -> None:
    imported({})
    report = import_file(write_csv([NAME | {"identifier": "x-2"}]), "infra-finder-v2")
    assert set(reasons(report)) == {"identifier"}
    assert Infrastructure.objects.get().external_id == "x-1"


def test_what_the_incumbents_forms_collected_is_suggested_and_changes_nothing_that_is_there(
    imported: Imported, write_csv: Write
) -> None:
    imported({"015_mission": "To keep."})
    rows = [
        {"001_service_name": "Example Archive", "008_provider_name": "Somebody", "015_mission": "To sell."},
        {
            "001_service_name": "New Example",
            "008_provider_name": "Example Society",
            "010_website": "https://example.org",
        },
    ]
    report = import_file(write_csv(rows), "infra-finder-form")
    assert said("example-archive") == {"name": "Example Archive", "mission": "<p>To keep.</p>"}
    assert set(reasons(report)) == {"001_service_name", "008_provider_name", "015_mission"}
    assert "propose this on its page" in reasons(report)["015_mission"]
    assert (report.new, report.unchanged) == (1, 1)
    assert Infrastructure.objects.get(infrastructure_id="new-example").listing == "suggested"
    assert said("new-example")["website"] == "https://example.org"
