"""Who gave most, who received most, which infrastructures most money went to."""

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.ranking import Ranking, ranked
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.recipients import by_recipient
from infracommons.insights.release import Release
from infracommons.insights.totals import by_funder, by_infrastructure

_YEARS = (Column("first_year", "First year", "year"), Column("last_year", "Last year", "year"))
FUNDERS = Ranking("funders", "funder", "funders", "gave", "funder", "Funders not identified", more=_YEARS)
RECIPIENTS = Ranking(
    "recipients",
    "recipient",
    "recipients",
    "received",
    "recipient",
    "Recipients not identified",
    more=(*_YEARS, Column("country_code", "Country")),
    notes=("A recipient is an organisation; under one name a publisher may mean several of its parts.",),
)
INFRASTRUCTURES = Ranking(
    "infrastructures",
    "infrastructure",
    "infrastructures",
    "received",
    "infrastructure_id",
    "unknown",
    overlap=True,
    notes=(
        "An award stands in the row of each infrastructure that it supports.",
        "Listed is not endorsed, and an amount is no score: the sources tell more of some countries than of others.",
    ),
    reading="Each bar is the money counted for one infrastructure, in US dollars.",
)


def _funders(release: Release, filters: AwardFilters) -> Exhibit:
    rows = by_funder(release, filters)
    return ranked(FUNDERS, release, filters, rows, lambda row: filters.narrowed(funder=(row["funder"],)))


def _recipients(release: Release, filters: AwardFilters) -> Exhibit:
    rows = by_recipient(release, filters)
    return ranked(RECIPIENTS, release, filters, rows, lambda row: filters.narrowed(recipient=(row["recipient"],)))


def _infrastructures(release: Release, filters: AwardFilters) -> Exhibit:
    rows = by_infrastructure(release, filters)
    return ranked(
        INFRASTRUCTURES,
        release,
        filters,
        rows,
        lambda row: filters.narrowed(infrastructure=(row["infrastructure_id"],)),
    )


KINDS = (
    ExhibitKind("infrastructures", "Infrastructures by money", "money", _infrastructures, order=40),
    ExhibitKind("funders", "Funders by money", "givers", _funders, order=10),
    ExhibitKind("recipients", "Recipients by money", "givers", _recipients, order=20),
)
