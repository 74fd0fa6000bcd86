"""The shapes of answers on funding; `rows.py` fills them, and the tests hold them to the contracts of the tables."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field
from pydantic import ConfigDict

from infracommons.insights.counted import NOT_COUNTED
from infracommons.web.catalogue.api.shapes import Links, Meta, PageLinks, Shape

Money = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", description="Decimal number with two places, as text.")]
Rate = Annotated[str, Field(pattern=r"^\d+\.\d+$", description="Decimal number, as text.")]


class ReleaseMeta(Meta):
    """The release that the answer comes from, and parameters that the API does not know."""

    release: str


class CountedMeta(ReleaseMeta):
    """What all matching awards add up to: `awards` = `counted` + those whose amount is in no sum."""

    rule: str
    awards: int = Field(ge=0)
    counted: int = Field(ge=0)
    counted_usd: Money


class ListMeta(CountedMeta):
    """What stands beside a page: how many rows the whole list has, exactly, and how many a page has at the most."""

    total: int = Field(ge=0)
    limit: int = Field(ge=1)


class AwardLinks(Shape):
    """Addresses of one award."""

    self: str
    page: str


class FoundIn(Shape):
    """Where the words of a search stand in an award."""

    field: str
    label: str
    text: str
    marked: list[str]


class AwardPair(Shape):
    """An infrastructure that an award is listed for; the kind of support is null where it is not decided."""

    infrastructure_id: str
    support_type: str | None


class AwardColumns(Shape):
    """The columns of table award."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=False)

    award_id: str
    funder_organisation_id: str | None = None
    funder_name: str = ""
    recipient_organisation_id: str | None = None
    recipient_name: str | None = None
    recipient_country_code: str | None = None
    programme: str | None = None
    title: str | None = None
    description: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    award_year: int | None = None
    amount: Money | None = None
    currency: str | None = None
    amount_usd: Money | None = None
    amount_status: str = ""
    fx_rate: Rate | None = None
    fx_date: date | None = None
    source: str = ""
    source_url: str | None = None
    licence: str | None = None


class Award(AwardColumns):
    """An award of a list, with the columns that `select` names; `counted_usd` is null where it is in no sum."""

    infrastructures: list[AwardPair] = Field([])
    counted_rule: str = ""
    counted_usd: Money | None = None
    not_counted_because: Literal[NOT_COUNTED] | None = None  # type: ignore[valid-type]
    matches: list[FoundIn] = Field(description="Where the words of q were found; empty without q.")
    links: AwardLinks


class AwardPage(Shape):
    """One page of awards."""

    data: list[Award]
    meta: ListMeta
    links: PageLinks


class Mention(Shape):
    """A place where a record names an infrastructure; `start` and `end` count characters of the cleaned field."""

    mention_id: str
    record_id: str
    infrastructure_id: str
    field: str
    start: int
    end: int
    text: str
    rule: str


class Record(Shape):
    """One publisher's description of an award."""

    record_id: str
    award_id: str
    source: str
    role: str
    merge_reason: str | None
    raw_file: str
    raw_sha256: str
    funder_name: str | None
    recipient_name: str | None
    programme: str | None
    title: str | None
    description: str | None
    start_date: date | None
    end_date: date | None
    award_year: int | None
    amount: Money | None
    currency: str | None
    award_number: str | None
    source_url: str | None
    licence: str | None
    mentions: list[Mention]


class SupportColumns(Shape):
    """Whether an award supports an infrastructure, how, and who decided."""

    award_id: str
    infrastructure_id: str
    decision: str
    probability: float | None
    decided_by: str
    reason: str
    model_decision: str | None
    model_reason: str | None
    support_type: str | None
    support_reason: str | None
    activity: str | None
    share_usd: Money | None
    share_basis: str | None


class AttributedSupport(SupportColumns):
    """The same with the name of the infrastructure, and the US dollars that count for it by rule."""

    name: str
    attributed: dict[str, Money]


class Exclusion(Shape):
    """Why a record of the award counts in no total, or its award in no total of money."""

    record_id: str
    stage: str
    reason_code: str
    detail: str
    source: str


class AwardEvidence(AwardColumns):
    """One award with every row that stands behind it."""

    records: list[Record]
    supports: list[AttributedSupport]
    exclusions: list[Exclusion]
    links: AwardLinks


class AwardAnswer(Shape):
    """One award."""

    data: AwardEvidence
    meta: ReleaseMeta
    links: Links


class SupportLinks(Shape):
    """Where the award is."""

    award: str


class Support(SupportColumns):
    """One award and infrastructure; `counted_usd` is null where nothing counts for it under the rule."""

    counted_rule: str
    counted_usd: Money | None
    links: SupportLinks


class SupportPage(Shape):
    """One page of awards and infrastructures."""

    data: list[Support]
    meta: ListMeta
    links: PageLinks


class Sums(Shape):
    """What a group of awards adds up to: `counted` of the `awards` are in `counted_usd`."""

    awards: int
    counted: int
    counted_usd: Money
    first_year: int | None
    last_year: int | None


class OrganisationLinks(Shape):
    """Where the organisation is; empty for `unknown`."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=False)

    self: str = ""


class FundingOrganisation(Sums):
    """An organisation that gives or receives, with what its matching awards add up to."""

    organisation_id: str = Field(description="`unknown` for awards whose organisation has no id.")
    name: str
    ror_id: str | None
    country_code: str | None
    region: str | None
    kind: str | None
    is_us_federal: bool | None
    links: OrganisationLinks


class FundingOrganisationPage(Shape):
    """One page of organisations, the largest first."""

    data: list[FundingOrganisation]
    meta: ListMeta
    links: PageLinks


class RuleSums(Shape):
    """What awards add up to under one rule."""

    rule: str
    awards: int
    counted: int
    counted_usd: Money


class OneFundingOrganisation(Shape):
    """An organisation with what its awards add up to under each rule."""

    organisation_id: str
    name: str
    ror_id: str | None
    country_code: str | None
    region: str | None
    kind: str | None
    parent_id: str | None
    is_us_federal: bool
    by_rule: list[RuleSums]
    links: AwardLinks


class FundingOrganisationAnswer(Shape):
    """One organisation."""

    data: OneFundingOrganisation
    meta: ReleaseMeta
    links: Links


class AggregateGroup(Sums):
    """One group; `value` is `unknown` where an award does not tell it."""

    value: str
    name: str


class AggregateMeta(CountedMeta):
    """What was grouped by, and whether an award is in one group only, so that the groups add up to the total."""

    group_by: str
    is_exclusive: bool


class AggregateAnswer(Shape):
    """What awards add up to in groups."""

    data: list[AggregateGroup]
    meta: AggregateMeta
    links: Links


class ReleaseFacts(Shape):
    """One release: when it was made, what is in it, and what awards add up to under each rule."""

    release: str
    made_at: datetime
    is_current: bool
    counts: dict[str, int]
    totals_usd: dict[str, str]
    tables: list[dict[str, Any]]


class ReleaseList(Shape):
    """Every release that is kept, the newest first."""

    data: list[ReleaseFacts]
    meta: ReleaseMeta
    links: Links
