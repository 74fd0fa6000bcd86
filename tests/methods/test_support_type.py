import time

import pytest

from infracommons.methods.support_type.passages import Place, passages
from infracommons.methods.support_type.rules import Case, SupportTypeRules, Verdict
from infracommons.vocabulary.definitions import Host, Infrastructure

DEPOT = Infrastructure(
    "depot",
    "Depot",
    "A repository.",
    "https://depot.example/",
    ("repository_software",),
    hosts=(
        Host("Depot Foundation", "current"),
        Host("Northern University", "former"),
        Host("Depot Money", "fiscal_sponsor"),
        Host("Southern University", "founder", aliases=("Depot Project",)),
        Host("Eastern University", "developer"),
    ),
    launched=2001,
)


def told(recipient: str | None, description: str, title: str = "", year: int | None = None) -> Verdict:
    texts = {"title": title, "description": description}
    places = [
        Place(field, at, at + len("Depot"))
        for field, text in texts.items()
        for at in range(len(text))
        if text.startswith("Depot", at) and not text.startswith("Depot Project", at)
    ]
    return SupportTypeRules(DEPOT).verdict(Case(recipient, passages(texts, places), year))


@pytest.mark.parametrize("recipient", ["Depot Foundation", "NORTHERN UNIVERSITY", "Depot Money", "Depot, Inc."])
def test_money_to_who_runs_or_ran_it_or_holds_its_money_is_direct_whatever_the_text(recipient: str) -> None:
    assert told(recipient, "We will migrate our journals to Depot.").support_type == "direct"
    assert told(recipient, "").support_type == "direct"


def test_the_reason_names_the_host_and_how_it_was_met() -> None:
    reason = told("Library, Northern University", "Depot operating grant").reason
    assert "Library, Northern University is part of Northern University, former host" in reason
    assert '"operating grant"' in reason


def test_direct_support_that_only_deposits_says_so() -> None:
    text = "We study fishes in two lakes. " * 10 + "Bones of fishes will be deposited in Depot."
    assert '"deposited"' in told("Northern University", text).reason


@pytest.mark.parametrize("recipient", ["Southern University", "Eastern University"])
def test_a_founder_or_developer_is_direct_only_for_work_on_it(recipient: str) -> None:
    fish = "We study fishes for three years in two lakes and weigh them every week. " * 4
    assert told(recipient, "To support the development of Depot.").support_type == "direct"
    assert told(recipient, fish + "Data will be deposited in Depot.").support_type == "adjacent"


def test_a_founder_long_gone_is_direct_only_where_the_title_is_the_infrastructure() -> None:
    text = "The team will improve the Depot software."
    assert told("Southern University", text, "Better software", 2005).support_type == "direct"
    assert told("Southern University", text, "Better software", 2024).support_type == "adjacent"
    assert told("Southern University", text, "Depot: phase 5", 2024).support_type == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "The archive will adopt the open-source Depot platform.",
        "Collections will be catalogued in Depot, which is being adopted for all collections.",
        "Six libraries migrate their theses from paper to Depot.",
        "We offer librarians training in the use of Depot.",
        "The college will set up a Depot instance for the region.",
        "The project will improve Depot. It will lower barriers to adoption.",
    ],
)
def test_uptake_by_others_is_adopt_and_the_reason_quotes_the_words(text: str) -> None:
    verdict = told("Western College", text)
    assert verdict.support_type == "adopt"
    assert '"' in verdict.reason
    assert verdict.activity is None


@pytest.mark.parametrize(
    "text",
    [
        "Data will be deposited in Depot.",
        "We will implement new features in Depot for maps.",
        "We deploy a map server and adopt Depot plug-ins.",
        "Depot has been widely adopted by scientists, and our results will be stored there.",
        "Our tool is interoperable with Depot.",
    ],
)
def test_a_tool_or_place_for_something_else_is_adjacent(text: str) -> None:
    assert told("Western College", "The project studies lakes and their fishes. " + text).support_type == "adjacent"


def test_money_for_the_infrastructure_through_somebody_not_known_to_run_it_is_unknown() -> None:
    verdict = told("Western Trust", "Not available", "Support towards the Depot initiative 2014-2016")
    assert verdict.support_type == "unknown"
    assert "not known to run it" in verdict.reason


def test_a_title_that_only_names_who_is_behind_it_is_unknown() -> None:
    assert told("Southern University", "education; literacy", "Depot Project").support_type == "unknown"


def test_an_award_without_text_is_unknown() -> None:
    assert told(None, "").support_type == "unknown"


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("Depot operating grant", "operations"),
        ("for continued support of Depot", "operations"),
        ("to design and develop the new user interface of Depot", "research_and_development"),
        ("to support a conference on Depot", "other"),
        ("for Depot", "other"),
    ],
)
def test_the_activity_of_direct_support_is_told_from_its_words(text: str, activity: str) -> None:
    assert told("Depot Foundation", text).activity == activity


@pytest.mark.parametrize("text", ["adopt " + "- " * 3000, "develop " + "-' / " * 3000, "help " + "a-b, " * 3000])
def test_a_text_made_to_stall_the_expressions_does_not(text: str) -> None:
    started = time.perf_counter()
    told("Western College", text + " Depot")
    assert time.perf_counter() - started < 2
