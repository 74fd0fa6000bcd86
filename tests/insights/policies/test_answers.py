"""What the policies say, asked by any filters, against a plain reading of the YAML files themselves."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.insights.policies.effect import holds_on
from infracommons.insights.policies.events import events_of, newest_events
from infracommons.insights.policies.filters import PolicyFilters, matched, not_listed
from infracommons.insights.policies.finding import finding
from infracommons.insights.policies.load import Policies, load_policies
from infracommons.insights.policies.requirements import asking_for, strength_on
from infracommons.insights.policies.timeline import timeline
from infracommons.insights.query_string import parse, to_query

DEFINITIONS = Path(__file__).parents[3] / "definitions"
POLICIES = load_policies(DEFINITIONS)
FILES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (DEFINITIONS / "policies").glob("*.yaml")
}


def _some(codes: Any) -> Any:
    return st.lists(st.sampled_from(sorted(codes)), unique=True, max_size=3).map(tuple)


ASKED = st.builds(
    PolicyFilters,
    region=_some(POLICIES.regions),
    kind=_some(POLICIES.kinds),
    requirement=_some(POLICIES.requirements),
    category=_some(POLICIES.categories),
    in_force_on=st.none() | st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31)),
)


def _range(text: str) -> tuple[str, str]:
    """Return the first and last ISO day of a year, month or day, by text alone."""
    return text + "-01-01"[len(text) - 4 :], text + "-12-31"[len(text) - 4 :]


def _slowly_holds(one: dict[str, Any], day: date) -> str:
    """Return yes, no or unknown, comparing texts."""
    today = day.isoformat()
    begin = one["adopted"] if one["in_force"] == "not_applicable" else one["in_force"]
    ended = one.get("ended", "")
    if ended == "unknown":
        rest = _slowly_holds({**one, "ended": ""}, day)
        return "no" if rest == "no" else "unknown"
    if ended and _range(ended)[1] <= today:
        return "no"
    if begin == "unknown":
        adopted = one["adopted"]
        return "no" if adopted != "unknown" and _range(adopted)[0] > today else "unknown"
    first, last = _range(begin)
    if first > today:
        return "no"
    return "unknown" if last > today or (ended and _range(ended)[0] <= today) else "yes"


def _slowly(asked: PolicyFilters) -> set[str]:
    found = set()
    for code, one in FILES.items():
        tags = {tag for clause in one["clauses"] for tag in clause["requirements"]}
        fits = (
            (not asked.region or one["region"] in asked.region)
            and (not asked.kind or one["kind"] in asked.kind)
            and (not asked.requirement or bool(tags & set(asked.requirement)))
            and (not asked.category or bool(set(one["categories"]) & set(asked.category)))
        )
        if fits:
            found.add(code)
    return found


@given(ASKED)
@settings(max_examples=200)
def test_what_matches_is_what_a_plain_reading_of_the_files_finds(asked: PolicyFilters) -> None:
    found = matched(POLICIES, asked)
    wanted = _slowly(asked)
    if asked.in_force_on is None:
        assert {one.code for one in found.instruments} == wanted
        assert not found.undecided
        return
    held = {code: _slowly_holds(FILES[code], asked.in_force_on) for code in wanted}
    assert {one.code for one in found.instruments} == {code for code, word in held.items() if word == "yes"}
    assert {one.code for one in found.undecided} == {code for code, word in held.items() if word == "unknown"}


@given(ASKED)
@settings(max_examples=50)
def test_filters_read_back_from_their_address(asked: PolicyFilters) -> None:
    assert parse(PolicyFilters, to_query(asked)).asked == asked


@given(ASKED)
@settings(max_examples=50)
def test_the_finding_counts_what_the_files_say(asked: PolicyFilters) -> None:
    found = matched(POLICIES, asked).instruments
    said = finding(POLICIES, found)
    if not found:
        assert said.title == "No policy matches"
        return
    speaks = Counter(
        tag for one in found for tag in {tag for c in FILES[one.code]["clauses"] for tag in c["requirements"]}
    )
    most = max(POLICIES.requirements, key=lambda code: speaks[code])
    assert said.title.startswith(f"{POLICIES.requirements[most].label}: {speaks[most]} of {len(found)} polic")
    assert f" {len(found) - speaks[most]} do not say." in said.sentence


def test_codes_that_no_list_has_are_named_and_the_rest_is_kept() -> None:
    asked, problems = not_listed(POLICIES, PolicyFilters(region=("europe", "mars"), kind=("oath",)))
    assert asked == PolicyFilters(region=("europe",))
    assert [(problem.field, problem.value) for problem in problems] == [("region", "mars"), ("kind", "oath")]


@pytest.mark.parametrize("code", sorted(POLICIES.requirements))
def test_the_strongest_word_stands_for_a_policy(code: str) -> None:
    order = ["must", "should", "may"]
    for one in POLICIES.instruments.values():
        words = [clause["strength"] for clause in FILES[one.code]["clauses"] if code in clause["requirements"]]
        assert strength_on(one, code) == min(words, key=order.index, default="not said")
    asking = asking_for(POLICIES.instruments.values(), code)
    assert [order.index(asked.strength) for asked in asking] == sorted(order.index(a.strength) for a in asking)
    assert all(code in clause.requirements for asked in asking for clause in asked.clauses)


def test_a_policy_holds_from_its_day_until_the_day_it_ended() -> None:
    one = POLICIES.instruments["nih-public-access-2008"]
    assert holds_on(one, date(2007, 12, 31)) is False
    assert holds_on(one, date(2008, 6, 1)) is None
    assert holds_on(one, date(2009, 1, 1)) is True
    assert holds_on(one, date(2025, 6, 30)) is True
    assert holds_on(one, date(2025, 7, 1)) is False


def test_the_log_has_every_known_day_and_none_of_the_future(policies: Policies) -> None:
    days = sum(
        (one["adopted"] != "unknown")
        + (one["in_force"] not in {"unknown", "not_applicable"})
        + (one.get("ended", "unknown") != "unknown")
        + len(one.get("changes", []))
        for one in FILES.values()
    )
    everyone = policies.instruments.values()
    assert sum(len(events_of(one)) for one in everyone) == days
    told = newest_events(everyone, date(2021, 12, 31))
    assert told
    assert all(event.on.last <= date(2021, 12, 31) for event in told)
    assert [event.on.first for event in told] == sorted((event.on.first for event in told), reverse=True)


def test_the_timeline_goes_region_by_region_and_leaves_nobody_out(policies: Policies) -> None:
    spans = timeline(policies, policies.instruments.values())
    places = [list(policies.regions).index(span.instrument.region) for span in spans]
    assert places == sorted(places)
    assert {span.instrument.code for span in spans} == set(FILES)
    draft = next(span for span in spans if span.instrument.code == "south-africa-draft-2022")
    assert (draft.adopted, draft.in_force, draft.days) == ("unknown", "unknown", ())


def test_who_is_followed_knows_by_whom(policies: Policies) -> None:
    for code, later in policies.superseded_by.items():
        assert all(code in policies.instruments[one].supersedes for one in later)
    assert policies.superseded_by["us-ostp-memorandum-2013"] == ("us-ostp-memorandum-2022",)
