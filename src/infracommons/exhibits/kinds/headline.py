"""The numbers at the head of the funding pages, in one row."""

from infracommons.exhibits.columns import money
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import nothing
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.headline import headline
from infracommons.insights.release import Release
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.figures import counted, rounded, years

NAME = "overview-headline"


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    total = award_total(release, filters)
    found = headline(release, filters)
    row = found | {
        "counted_usd": total.counted_usd,
        "awards": total.awards,
        "counted": total.counted,
        "first_year": total.first_year,
        "last_year": total.last_year,
    }
    made = made_of(release, filters, "Funders and recipients are counted where they are identified.", total=total)
    columns = (
        money(filters),
        Column("awards", "Awards", "count"),
        Column("counted", "Of these counted", "count"),
        Column("infrastructures", "Infrastructures", "count"),
        Column("catalogued", "Infrastructures in the catalogue", "count"),
        Column("funders", "Funders", "count"),
        Column("recipients", "Recipients", "count"),
        Column("first_year", "First year", "year"),
        Column("last_year", "Last year", "year"),
    )
    if not total.counted:
        return nothing(NAME, columns, made, [row])
    return Exhibit(
        NAME,
        f"{rounded(total.counted_usd)} for {counted(found['infrastructures'], 'open infrastructure')}",
        f"{counted(found['funders'], 'funder')} gave {rounded(total.counted_usd)} in {counted(total.counted, 'award')} "
        f"to {counted(found['recipients'], 'recipient')}, {years(total.first_year, total.last_year)}, for "
        f"{found['infrastructures']:,} of {counted(found['catalogued'], 'catalogued infrastructure')}; "
        f"counted by {RULES[filters.rule][0].lower()}.",
        columns,
        [row],
        made,
        behind=lambda _row: filters.narrowed(),
    )


KINDS = (ExhibitKind(NAME, "The numbers at a glance", "money", _ask, order=5),)
