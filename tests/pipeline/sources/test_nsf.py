"""The National Science Foundation's awards: what the golden files do not say."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml.etree import fromstring

from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import Award, all_sources

YEAR = Path(__file__).parents[4] / "shared" / "data" / "grants" / "nsf_2020.zip"


@pytest.mark.real_data
def test_every_real_award_of_2020_is_read() -> None:
    if not YEAR.exists():
        pytest.skip(f"no real data at {YEAR}")
    source = all_sources()["nsf"]
    awards = [source.normalise(native) for document in documents(YEAR) for _, native in source.parse(document)]
    assert len(awards) == 13_300
    without_recipient = 0
    for award in awards:
        assert isinstance(award, Award)
        assert award.identifier
        assert award.title
        assert award.start_date
        assert award.amount
        without_recipient += award.recipient_name is None
    assert without_recipient == 220  # one award names no institution, fellowships are paid to the fellow


def test_a_fellow_who_is_the_recipient_is_not_named() -> None:
    native = {
        "id": "2000001", "title": "Postdoctoral Fellowship", "awardeeName": "Example, Ada B",
        "piFirstName": "Ada", "piLastName": "Example", "startDate": "01/01/2020",
    }  # fmt: skip
    assert _recipient(native) is None
    assert _recipient(native | {"awardeeName": "Regents, Example"}) == "Regents, Example"


def _recipient(native: dict[str, str]) -> str | None:
    award = all_sources()["nsf"].normalise(native)
    assert isinstance(award, Award)
    return award.recipient_name


@pytest.mark.parametrize(
    ("intended", "obligated", "amount"),
    [("0", "1500", "1500.00"), ("0.00", "0", None), ("", "0", None), ("900.00", "0", "900.00"), (None, None, None)],
)
def test_a_total_of_0_is_a_total_that_is_not_given(
    intended: str | None, obligated: str | None, amount: str | None
) -> None:
    api = {"id": "2000001", "title": "Award", "estimatedTotalAmt": intended, "fundsObligatedAmt": obligated}
    xml = fromstring(
        f"<Award><AwardID>2000001</AwardID><AwardTotalIntnAmount>{intended or ''}</AwardTotalIntnAmount>"
        f"<AwardAmount>{obligated or ''}</AwardAmount></Award>"
    )
    for native in (api, xml):
        award = all_sources()["nsf"].normalise(native)
        assert isinstance(award, Award)
        assert award.amount == (Decimal(amount) if amount else None)
