"""What matches and counts, worked out slowly in plain Python over the tables: the oracle of questions by group."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from infracommons.insights.award_filters import REGION_CODES, AwardFilters
from infracommons.vocabulary.prices import in_prices_of
from infracommons.vocabulary.tables import AMOUNT_STATUS, DECISIONS, RULES, SUPPORT_TYPES

Row = dict[str, Any]
Tables = dict[str, list[Row]]
ZERO = Decimal(0)

filters_seen: st.SearchStrategy[AwardFilters] = st.builds(
    AwardFilters,
    infrastructure=st.sampled_from([(), (), (), ("zenodo",), ("arxiv", "dspace")]),
    category=st.sampled_from([(), (), (), ("repository_software",)]),
    funder=st.sampled_from([(), (), (), ("unknown",), ("ror:021nxhr62",)]),
    recipient=st.sampled_from([(), (), (), ("unknown",)]),
    region=st.sampled_from([(), (), *((code,) for code in REGION_CODES)]),
    country=st.sampled_from([(), (), (), ("US",), ("GB", "unknown")]),
    funder_country=st.sampled_from([(), (), (), ("US",), ("GB", "unknown")]),
    source=st.sampled_from([(), (), (), ("nsf",), ("ukri_gtr", "czi")]),
    year_from=st.sampled_from([None, None, 2010, 2019]),
    year_to=st.sampled_from([None, None, 2020]),
    undated=st.sampled_from(["", "", "", "", "yes"]),
    decision=st.sampled_from([*DECISIONS, "supports", "supports", "any", "any"]),
    support_type=st.sampled_from([(), (), (), *((kind,) for kind in SUPPORT_TYPES)]),
    amount_status=st.sampled_from([(), (), (), *((status,) for status in AMOUNT_STATUS)]),
    counted=st.sampled_from(["", "", "", "yes", "no"]),
    rule=st.sampled_from(RULES),
    prices=st.sampled_from([None, None, 2015]),
)


def pairs(tables: Tables, f: AwardFilters) -> list[Row]:
    """Return the support rows that are asked for, of awards that match, each with its `award` and what counts of it."""
    amounts = {
        (row["award_id"], row["infrastructure_id"]): row["amount_usd"]
        for row in tables["attribution"]
        if row["rule"] == f.rule
    }
    awards = {row["award_id"]: row for row in tables["award"]}
    categories = {row["infrastructure_id"]: row["category_codes"] for row in tables["infrastructure"]}
    asked: defaultdict[str, list[Row]] = defaultdict(list)
    for row in tables["support"]:
        place = row["award_id"], row["infrastructure_id"]
        if _support_is_asked(row, categories[row["infrastructure_id"]], f):
            award = awards[row["award_id"]]
            usd = amounts.get(place)
            if usd is not None and f.prices:
                usd = in_prices_of(usd, award["award_year"], f.prices)
            asked[row["award_id"]].append(row | {"award": award, "counted_usd": usd})
    funders = {row["organisation_id"]: row for row in tables["organisation"]}
    return [
        row
        for own in asked.values()
        if _award_is_asked(own[0]["award"], funders, f)
        and (not f.counted or (f.counted == "yes") == (together(own, f) is not None))
        for row in own
    ]


def together(own: Iterable[Row], f: AwardFilters) -> Decimal | None:
    """Return what counts of one award over some of its pairs; None where nothing does."""
    known = [row["counted_usd"] for row in own if row["counted_usd"] is not None]
    return None if not known else max(known) if f.rule == "full" else sum(known, ZERO)


def groups(
    found: Iterable[Row], f: AwardFilters, keys: Callable[[Row], Iterable[Hashable]]
) -> dict[Any, tuple[int, int, Decimal]]:
    """Return awards, counted and dollars of each group that a pair is in; an award counts once in a group."""
    members: defaultdict[Hashable, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        for key in keys(row):
            members[key][row["award_id"]].append(row)
    sums = {}
    for key, awards in members.items():
        usd = [together(own, f) for own in awards.values()]
        wanted = [one for one in usd if not f.counted or (f.counted == "yes") == (one is not None)]
        if wanted:
            known = [one for one in wanted if one is not None]
            sums[key] = (len(wanted), len(known), sum(known, ZERO))
    return sums


def _support_is_asked(row: Row, categories: list[str], f: AwardFilters) -> bool:
    return (
        (not f.infrastructure or row["infrastructure_id"] in f.infrastructure)
        and (not f.category or bool(set(f.category) & set(categories)))
        and f.decision in ("any", row["decision"])
        and (not f.support_type or row["support_type"] in f.support_type)
    )


def _award_is_asked(award: Row, funders: dict[str, Row], f: AwardFilters) -> bool:
    funder = funders.get(award["funder_organisation_id"], {"region": None, "country_code": None})
    year = award["award_year"]
    return (
        (not f.funder or (award["funder_organisation_id"] or "unknown") in f.funder)
        and (not f.recipient or (award["recipient_organisation_id"] or "unknown") in f.recipient)
        and (not f.region or (funder["region"] or "unknown") in {REGION_CODES[code] for code in f.region})
        and (not f.funder_country or (funder["country_code"] or "unknown") in f.funder_country)
        and (not f.country or (award["recipient_country_code"] or "unknown") in f.country)
        and (not f.source or award["source"] in f.source)
        and (not f.amount_status or award["amount_status"] in f.amount_status)
        and (f.year_from is None or (year is not None and year >= f.year_from))
        and (f.year_to is None or (year is not None and year <= f.year_to))
        and (not f.undated or year is None)
    )
