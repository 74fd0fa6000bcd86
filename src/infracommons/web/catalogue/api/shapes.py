"""The shapes of answers, as the OpenAPI document gives them; `rows.py` fills them and the tests hold it to them."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from infracommons.web.catalogue.fields.definition import Kind

AuthorKind = Literal["steward", "curator", "harvester"]
Status = Literal[
    "", "available", "in_progress", "considering", "not_planning", "not_applicable", "unknown", "no_direct_costs"
]


class Shape(Schema):
    """A shape with exactly these members."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class ParameterProblem(Shape):
    """One parameter that cannot be used, or that the API does not know."""

    parameter: str
    value: str
    message: str


class Problem(Schema):
    """What went wrong (RFC 9457); a kind of problem may have further members."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    problems: list[ParameterProblem]


class Meta(Shape):
    """What stands beside one thing: parameters that the API does not know."""

    problems: list[ParameterProblem]


class PageMeta(Meta):
    """What stands beside a page: how many rows the whole list has, exactly, and how many a page has at the most."""

    total: int = Field(ge=0)
    limit: int = Field(ge=1)


class Links(Shape):
    """Where the answer is."""

    self: str


class PageLinks(Links):
    """Where the answer is, and the next page, with every parameter kept; null on the last."""

    next: str | None


class ChangeLinks(PageLinks):
    """As for any page; `newer` is where to ask next time for what has happened since."""

    newer: str


class Evidence(Shape):
    """A link that shows that a claim holds."""

    url: str
    label: str


class Entry(Shape):
    """What a profile says in one field. Where nothing is claimed, `claim` is null and the status unknown."""

    claim: int | None = Field(description="Id of the claim; null where nothing is claimed.")
    value: Any = Field(description="The value as the field's kind has it; null where there is only a status.")
    status: Status = Field(description="Empty where there is a value and the field has no scale.")
    words: list[str] = Field(description="Status and value in plain words.")
    evidence: list[Evidence]
    author_kind: AuthorKind | None = Field(description="In whose role it was claimed.")
    source: str
    checked_on: date | None = Field(description="Day on which someone last held it against its evidence.")
    note: str
    at: datetime | None = Field(description="When it was claimed.")
    age_days: int | None = Field(description="Days since it was checked, or claimed where nobody checked it.")
    is_stale: bool = Field(description="Older than values of this field may grow.")
    is_uncertain: bool = Field(description="Stale for so long that it no longer counts as certain.")


class OrganisationName(Shape):
    """An organisation in brief."""

    organisation_id: str
    name: str
    ror: str | None = Field(description="Address at ror.org; null where it is not known.")


class InfrastructureName(Shape):
    """An infrastructure in brief."""

    infrastructure_id: str
    name: str


class Flag(Shape):
    """What a rule makes of the claims on openness, and why."""

    code: str
    label: str
    verdict: Literal["yes", "no", "unknown"]
    reason: str
    rule_version: str
    rests_on: list[str] = Field(description="Codes of the fields that the rule looked at.")


class Match(Shape):
    """Where the words of a search stand in a profile."""

    label: str = Field(description="Label of the field.")
    text: str = Field(description="The part of its text around the match.")
    marked: list[str] = Field(description="What in it matched.")


class InfrastructureLinks(Shape):
    """Addresses of one infrastructure."""

    self: str
    page: str
    claims: str


class Infrastructure(Shape):
    """An infrastructure and what its latest claims say, field by field."""

    infrastructure_id: str
    name: str
    steward: OrganisationName | None
    created_at: datetime
    changed_at: datetime
    version: int
    as_of: date | None = Field(description="The day whose profile this is; null for now.")
    flags: list[Flag]
    profile: dict[str, Entry]
    matches: list[Match] = Field(description="Where the words of q were found; empty without q.")
    links: InfrastructureLinks


class InfrastructurePage(Shape):
    """One page of infrastructures."""

    data: list[Infrastructure]
    meta: PageMeta
    links: PageLinks


class InfrastructureAnswer(Shape):
    """One infrastructure."""

    data: Infrastructure
    meta: Meta
    links: Links


class Group(Shape):
    """How many infrastructures have one value of a facet."""

    code: str
    label: str
    count: int = Field(ge=0)


class GroupMeta(Meta):
    """What was grouped: the facet, and how many infrastructures there are in all the groups together."""

    group_by: str
    total: int = Field(ge=0)
    is_exclusive: bool = Field(description="Whether each infrastructure is in one group only, so that counts add up.")


class GroupAnswer(Shape):
    """Counts by the values of a facet."""

    data: list[Group]
    meta: GroupMeta
    links: Links


class Claim(Shape):
    """What was said of one field at one time; claims are appended and never change."""

    claim: int
    infrastructure_id: str
    field: str
    value: Any
    status: Status
    words: list[str]
    evidence: list[Evidence]
    author_kind: AuthorKind
    source: str
    checked_on: date | None
    note: str
    at: datetime
    replaces: int | None = Field(description="Id of the claim that this one took the place of.")


class ClaimPage(Shape):
    """One page of claims, oldest first."""

    data: list[Claim]
    meta: PageMeta
    links: PageLinks


class Organisation(OrganisationName):
    """An organisation and the listed infrastructures that it runs."""

    infrastructures: list[InfrastructureName]
    links: Links


class OrganisationPage(Shape):
    """One page of organisations, by name."""

    data: list[Organisation]
    meta: PageMeta
    links: PageLinks


class OrganisationAnswer(Shape):
    """One organisation."""

    data: Organisation
    meta: Meta
    links: Links


class Term(Shape):
    """One term of a vocabulary; a code never changes its meaning, and claims keep the code they were made with."""

    code: str
    label: str
    description: str
    state: Literal["active", "retired", "merged"]
    successor: str | None = Field(description="Code of the term to use instead.")
    same_as: str | None = Field(description="Address of the same term elsewhere.")
    infrastructure_id: str | None = Field(description="The infrastructure that the term names.")


class VocabularyName(Shape):
    """A vocabulary in brief."""

    code: str
    label: str
    source: Literal["terms", "scale", "countries", "currencies"]
    terms: int
    links: Links


class VocabularyList(Shape):
    """Every vocabulary."""

    data: list[VocabularyName]
    meta: Meta
    links: Links


class Vocabulary(Shape):
    """A vocabulary with all its terms, retired ones too."""

    code: str
    label: str
    source: Literal["terms", "scale", "countries", "currencies"]
    terms: list[Term]


class VocabularyAnswer(Shape):
    """One vocabulary."""

    data: Vocabulary
    meta: Meta
    links: Links


class Field_(Shape):  # noqa: N801 - `Field` is pydantic's
    """What can be claimed of an infrastructure, and how."""

    code: str
    label: str
    kind: Kind
    section: str
    question: str
    help: str
    vocabulary: str | None
    statuses: list[Status]
    most: int | None
    max_length: int | None
    max_age_days: int | None
    is_facet: bool
    is_compared: bool
    schema_org: str | None
    value_schema: dict[str, Any] = Field(description="JSON Schema of the stored value.")


class FieldList(Shape):
    """Every public field, in the order of a profile."""

    data: list[Field_]
    meta: Meta
    links: Links


class Change(Shape):
    """One thing that happened to an infrastructure."""

    change: int
    infrastructure_id: str
    kind: str
    fields: list[str]
    author_kind: AuthorKind
    summary: str
    at: datetime


class ChangePage(Shape):
    """One page of changes, oldest first; a higher id is a later change."""

    data: list[Change]
    meta: PageMeta
    links: ChangeLinks


class Root(Shape):
    """What the API has."""

    data: dict[str, str]
    meta: Meta
    links: Links
