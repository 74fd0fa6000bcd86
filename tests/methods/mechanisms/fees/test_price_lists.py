from pathlib import Path
from typing import Any

import pytest

from infracommons.insights.tariffs import load_tariffs
from infracommons.methods.mechanisms.fees import tariff_from
from infracommons.methods.mechanisms.fees.tariff import BY_NAME, Tariff
from infracommons.methods.result import MethodInputError, Result
from infracommons.vocabulary.problems import UnusableInputError

DEFINITIONS = Path(__file__).parents[4] / "definitions"
TARIFFS = load_tariffs(DEFINITIONS)


def run(tariff: Tariff, inputs: dict[str, Any], **parameters: Any) -> Result:
    rule = BY_NAME[tariff.mechanism]
    given = {**tariff.inputs, **inputs}
    return rule.allocate(rule.read_inputs(given), rule.read_parameters(tariff.with_parameters(**parameters)))


@pytest.mark.parametrize(("rank", "fee"), [(1, 4400), (25, 4400), (26, 3800), (200, 1800), (201, 1000)])
def test_fe_2_arxiv_gives_each_rank_its_band(rank: int, fee: int) -> None:
    members = [{"id": f"{place:03}", "size": 1000 - place} for place in range(1, 221)]
    result = run(TARIFFS["arxiv-2022"], {"members": members})
    assert result.amounts[f"{rank:03}"] == fee * 100
    assert not result.certificate.failing


@pytest.mark.parametrize(("ties", "fees"), [("best_rank", {440_000}), ("worst_rank", {380_000})])
def test_members_of_equal_usage_get_the_rank_that_the_rule_says(ties: str, fees: set[int]) -> None:
    members = [{"id": f"{place:03}", "size": 9 if place < 25 else 5} for place in range(1, 27)]
    amounts = run(TARIFFS["arxiv-2022"], {"members": members}, ties=ties).amounts
    assert {amounts["025"], amounts["026"]} == fees
    split = run(TARIFFS["arxiv-2022"], {"members": members}, ties="by_id")
    assert not split.certificate["equal_treatment"].holds


def test_fe_1_hathitrust_divides_the_public_domain_evenly() -> None:
    tariff = TARIFFS["hathitrust-2013"]
    members = [{"id": "a"}, {"id": "b", "overlaps": [{"holders": 3, "volumes": 1000}]}]
    result = run(tariff, {"members": members})
    assert result.amounts == {"a": 919_355, "b": 919_355 + 9_500}


def test_by_largest_remainder_the_fees_are_the_cost_and_rounded_one_by_one_they_may_not_be() -> None:
    members = [{"id": str(place)} for place in range(62)]
    exact = run(TARIFFS["hathitrust-2013"], {"members": members}, rounding="largest_remainder")
    assert exact.total == 57_000_000
    assert exact.certificate["balance"].holds
    single = run(TARIFFS["hathitrust-2013"], {"members": members})
    assert single.certificate["balance"].witness == {"more_than_the_cost": 10}


@pytest.mark.parametrize(("mode", "fee"), [("added", 41_250), ("multiplied", 44_625)])
def test_doaj_2021_with_both_discounts_depends_on_how_they_go_together(mode: str, fee: int) -> None:
    member = {"id": "a", "class": "large basic", "discounts": ["consortium", "three_years_up_front"]}
    assert run(TARIFFS["doaj-2021"], {"members": [member]}, discount_mode=mode).amounts == {"a": fee}


def test_sp_1_the_scoap3_key_halves_for_authors_and_again_for_affiliations() -> None:
    articles = [
        {"id": "1", "authors": [["A"], ["B", "C"]]},
        {"id": "2", "authors": [["A"], ["CERN", "B"]]},
    ]
    result = run(TARIFFS["scoap3-swiss-key"], {"target": "100", "articles": articles})
    assert result.amounts == {"A": 5000, "B": 2500, "C": 2500}
    some = run(TARIFFS["scoap3-swiss-key"], {"target": "100", "articles": articles}, members=["B", "C", "D"])
    assert some.amounts == {"B": 5000, "C": 5000, "D": 0}
    with pytest.raises(MethodInputError, match="no key"):
        run(TARIFFS["scoap3-swiss-key"], {"target": "100", "articles": articles[1:]})


def test_the_open_book_collective_adds_five_per_cent_on_top() -> None:
    bands = [{"class": "large", "fee": "1500"}]
    result = run(TARIFFS["open-book-collective"], {"members": [{"id": "a", "class": "large"}]}, by="class", bands=bands)
    assert result.amounts == {"a": 157_500}
    assert result.details["surcharges"] == {"a": 7_500}


def test_the_orcid_by_law_lets_no_fee_rise_by_more_than_three_per_cent() -> None:
    members = [{"id": "a", "size": 1, "last_fee": "5000"}, {"id": "b", "size": 1}]
    result = run(TARIFFS["orcid-escalator"], {"members": members}, by="size", bands=[{"fee": "6000"}])
    assert result.amounts == {"a": 515_000, "b": 600_000}


def test_a_scoss_target_is_shared_by_size_and_country() -> None:
    members = [{"id": "a", "size": 2, "income_group": "high"}, {"id": "b", "size": 2, "income_group": "low"}]
    given = {"alpha": 1, "coefficients": {"high": 1, "low": "0.25"}}
    assert run(TARIFFS["scoss-target"], {"target": "1000", "members": members}, **given).amounts == {
        "a": 80_000,
        "b": 20_000,
    }


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"odd": 1}, "x.odd"),
        ({"mechanism": "magic"}, "x.mechanism"),
        ({"parameters": {"magic": 1}}, "x.parameters.magic"),
        ({"to_be_given": ["magic"]}, "x.to_be_given"),
        ({"parameters": {"by": "rank"}}, "x.parameters"),
        ({"source": ""}, "x.source"),
    ],
)
def test_a_tariff_that_does_not_fit_is_refused_by_place(change: dict[str, Any], where: str) -> None:
    words = "name summary mechanism currency valid source source_url checked_on".split()
    good = {**dict.fromkeys(words, "text"), "mechanism": "claims", "parameters": {"rule": "talmud"}}
    assert tariff_from(good, "x").name == "text"
    if "by" in change.get("parameters", {}):
        change = {**change, "mechanism": "fee_bands"}
    with pytest.raises(MethodInputError) as error:
        tariff_from({**good, **change}, "x")
    assert error.value.where.startswith(where)


def test_a_folder_without_tariffs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no tariffs"):
        load_tariffs(tmp_path)


@pytest.mark.parametrize(
    ("bands", "where"),
    [
        ([{"fee": 1}, {"fee": 2}], r"bands\[0\].up_to"),
        ([{"up_to": 3, "fee": 1}, {"up_to": 3, "fee": 2}], r"bands\[1\].up_to"),
        ([{"up_to": 3, "fee": 1}], r"members\[0\].size"),
    ],
)
def test_bands_that_leave_gaps_or_overlap_are_refused(bands: list[dict[str, Any]], where: str) -> None:
    rule = BY_NAME["fee_bands"]
    with pytest.raises(MethodInputError, match=where):
        rule.allocate(
            rule.read_inputs({"members": [{"id": "a", "size": 4}]}),
            rule.read_parameters({"by": "size", "bands": bands, "rounding": "down"}),
        )
