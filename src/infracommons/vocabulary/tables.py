"""The contracts of the published tables: columns, types, keys, meanings. Docs and data package come from them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pyarrow as pa

ColumnType = Literal["string", "strings", "integer", "number", "money", "rate", "date", "boolean"]
_ARROW: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "strings": pa.list_(pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": pa.decimal128(20, 2),
    "rate": pa.decimal128(28, 12),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Column:
    """One column: its type, what it means, whether it always has a value, and the values allowed where they are few."""

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, and the columns that name it."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema: column names, types and which may be empty."""
        return pa.schema([pa.field(c.name, _ARROW[c.type], nullable=not c.required) for c in self.columns])

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def optional(name: str, kind: ColumnType, meaning: str, *values: str) -> Column:
    """Return a column that may be empty."""
    return Column(name, kind, meaning, required=False, values=values)


def required(name: str, kind: ColumnType, meaning: str, *values: str) -> Column:
    """Return a column that always has a value."""
    return Column(name, kind, meaning, required=True, values=values)


_c, _r = optional, required


AMOUNT_STATUS = ("known", "unknown", "not_convertible")
ROLES = ("canonical", "duplicate", "instalment")
DECISIONS = ("supports", "rejected", "needs_review")
DECIDERS = ("person", "rule", "model")
SUPPORT_TYPES = ("direct", "adjacent", "adopt", "unknown")
ACTIVITIES = ("research_and_development", "operations", "other")
SHARE_BASES = ("documented", "single", "not_known")
RULES = ("full", "equal_split", "documented_share", "single_only")
CANDIDATE_KINDS = ("same_award", "same_organisation")
CLAIMANTS = ("steward", "curator", "harvester")
EXCLUSION_STAGES = ("normalise", "match", "judge", "convert")

ORGANISATION = Table(
    "organisation",
    "An organisation that gives, receives or runs: from the Research Organization Registry, or with an id of our own.",
    ("organisation_id",),
    (
        _r(
            "organisation_id", "string", "ROR id without its address part (`ror:01bj3aw27`), or `org:` and a stable id."
        ),
        _r("name", "string", "Name shown."),
        _c("ror_id", "string", "Address of the ROR record, where the organisation is known there."),
        _c("country_code", "string", "ISO 3166 two-letter code."),
        _c("region", "string", "Europe, US or Rest of world, as the yearly report groups countries."),
        _c("kind", "string", "First type in ROR: funder, education, nonprofit and so on."),
        _c("parent_id", "string", "Organisation above it, by `organisation_id`."),
        _r("is_us_federal", "boolean", "Part of the federal government of the United States."),
    ),
)
INFRASTRUCTURE = Table(
    "infrastructure",
    "An open infrastructure of the catalogue.",
    ("infrastructure_id",),
    (
        _r("infrastructure_id", "string", "Slug, stable across releases."),
        _r("name", "string", "Name shown."),
        _r("aliases", "strings", "Other names."),
        _r("summary", "string", "One line on what it is."),
        _c("homepage", "string", "Address."),
        _c("steward_organisation_id", "string", "Organisation that runs it today."),
        _c("steward_name", "string", "Its name as the catalogue has it."),
        _c("country_code", "string", "Country of the steward."),
        _r("category_codes", "strings", "Solution categories."),
        _c("code_repository", "string", "Address of the source code."),
        _c("licence", "string", "SPDX id of the main code base or, for standards and datasets, of the content."),
        _c("launched_year", "integer", "Year of launch."),
    ),
)
AWARD = Table(
    "award",
    "One award of money, however many records describe it. Only awards that name an infrastructure are here.",
    ("award_id",),
    (
        _r("award_id", "string", "Stable across releases."),
        _c("funder_organisation_id", "string", "Organisation that gives."),
        _r("funder_name", "string", "Name of the funder as shown."),
        _c("recipient_organisation_id", "string", "Organisation that receives."),
        _c("recipient_name", "string", "Name of the recipient as published."),
        _c("recipient_country_code", "string", "ISO 3166 two-letter code."),
        _c("programme", "string", "Programme, initiative or scheme of the funder."),
        _c("title", "string", "Title, cleaned."),
        _c("description", "string", "Longest description any record gives, cleaned."),
        _c("start_date", "date", "First day, or day of the award."),
        _c("end_date", "date", "Last day."),
        _c("award_year", "integer", "Year of the start date, else the year the publisher gives."),
        _c("amount", "money", "Amount in the award's currency; instalments summed."),
        _c("currency", "string", "ISO 4217 code."),
        _c("amount_usd", "money", "Amount in US dollars at the dated rate. Empty unless the status is known."),
        _r("amount_status", "string", "Whether the award has an amount in US dollars.", *AMOUNT_STATUS),
        _c("fx_rate", "rate", "US dollars for one unit of the currency."),
        _c("fx_date", "date", "Day of the rate."),
        _r("source", "string", "Source of the canonical record."),
        _c("source_url", "string", "Where the publisher shows the award."),
        _c("licence", "string", "Licence of the canonical record."),
    ),
)
AWARD_RECORD = Table(
    "award_record",
    "One publisher's description of an award: each input record that belongs to an award of this release.",
    ("record_id",),
    (
        _r("record_id", "string", "Source and the publisher's own id; stable across releases."),
        _r("award_id", "string", "Award it describes."),
        _r("source", "string", "Source."),
        _r("role", "string", "Part it plays in the award.", *ROLES),
        _c("merge_reason", "string", "Why it was merged into the award; empty where it stands alone."),
        _r("raw_file", "string", "File it was read from, below the raw folder."),
        _r("raw_sha256", "string", "Checksum of that file."),
        _c("funder_name", "string", "As published."),
        _c("recipient_name", "string", "As published."),
        _c("programme", "string", "As published."),
        _c("title", "string", "As published, cleaned."),
        _c("description", "string", "As published, cleaned."),
        _c("start_date", "date", "As published."),
        _c("end_date", "date", "As published."),
        _c("award_year", "integer", "As published."),
        _c("amount", "money", "As published."),
        _c("currency", "string", "As published."),
        _c("award_number", "string", "The funder's own number of the award."),
        _c("source_url", "string", "Where the publisher shows it."),
        _c("licence", "string", "Licence of the record."),
    ),
)
MENTION = Table(
    "mention",
    "A place where a record names an infrastructure.",
    ("mention_id",),
    (
        _r("mention_id", "string", "Stable for the same record, infrastructure, field and place."),
        _r("record_id", "string", "Record it stands in."),
        _r("infrastructure_id", "string", "Infrastructure it may name."),
        _r("field", "string", "Field of the record.", "title", "description", "recipient_name"),
        _r("start", "integer", "First character, counted from 0, in the cleaned field."),
        _r("end", "integer", "Character after the last."),
        _r("text", "string", "The words found."),
        _r("rule", "string", "Expression that found them."),
    ),
)
SUPPORT = Table(
    "support",
    "What is known of an award and an infrastructure it names: whether it supports it, how, and who decided.",
    ("award_id", "infrastructure_id"),
    (
        _r("award_id", "string", "Award."),
        _r("infrastructure_id", "string", "Infrastructure."),
        _r("decision", "string", "Whether the award really concerns the infrastructure.", *DECISIONS),
        _c("probability", "number", "Model's probability that it does, 0 to 1; kept where a person decided otherwise."),
        _r("decided_by", "string", "Who decided.", *DECIDERS),
        _r("reason", "string", "Why, in words."),
        _c("model_decision", "string", "What the model decided, where a person decided.", *DECISIONS),
        _c("model_reason", "string", "Why the model did, where a person decided."),
        _c("support_type", "string", "Kind of support. Empty unless the decision is supports.", *SUPPORT_TYPES),
        _c("support_reason", "string", "Why this kind, in words."),
        _c("activity", "string", "What direct support pays for.", *ACTIVITIES),
        _c("share_usd", "money", "Part of the award that goes to the infrastructure, where it is known."),
        _c("share_basis", "string", "How the share is known.", *SHARE_BASES),
    ),
)
ATTRIBUTION = Table(
    "attribution",
    "Money counted for an infrastructure under one rule. A total always names its rule.",
    ("award_id", "infrastructure_id", "rule"),
    (
        _r("award_id", "string", "Award."),
        _r("infrastructure_id", "string", "Infrastructure."),
        _r("rule", "string", "Attribution rule.", *RULES),
        _r("amount_usd", "money", "US dollars counted."),
    ),
)
EXCLUSION = Table(
    "exclusion",
    "Input records that count in no total, with the reason. Stages normalise and match: the record is in no award. "
    "Stages judge and convert: its award is in the release, but not in the totals of money.",
    ("record_id", "stage"),
    (
        _r("record_id", "string", "Record, as in award_record where it got that far."),
        _r("stage", "string", "Stage that set it aside.", *EXCLUSION_STAGES),
        _r("reason_code", "string", "Reason, for counting."),
        _r("detail", "string", "Reason in words: file, record, field and value where one is at fault."),
        _r("source", "string", "Source."),
    ),
)
REVIEW_CANDIDATE = Table(
    "review_candidate",
    "Left to people: two awards that may be one, or an organisation without ROR id with one that it may be.",
    ("kind", "subject_id", "other_id"),
    (
        _r("kind", "string", "What a person should decide.", *CANDIDATE_KINDS),
        _r("subject_id", "string", "Award, or organisation with an id of our own."),
        _r("other_id", "string", "The award, or the organisation of the registry, that it may be."),
        _c("subject_record_id", "string", "Record of the award that was compared."),
        _c("other_record_id", "string", "Record of the other award that was compared."),
        _c("other_name", "string", "Name of the organisation in the registry."),
        _c("other_country_code", "string", "Its country, ISO 3166 two-letter code."),
        _r(
            "score",
            "number",
            "How likely it is, 0 to 1: a share of labelled pairs, or likeness of names; a half where none is known.",
        ),
        _r("reason", "string", "What speaks for it, and what against."),
    ),
)
NO_TERM_STATED = "no_term_stated"
CHARACTERISTIC = Table(
    "characteristic",
    "One thing that the catalogue says of an infrastructure and that can be counted: a practice, a licence, an "
    "integration. What is not said is unknown and has no row.",
    ("infrastructure_id", "field", "value"),
    (
        _r("infrastructure_id", "string", "Infrastructure."),
        _r("field", "string", "Field of the catalogue, as docs/fields.md has it."),
        _r(
            "value",
            "string",
            "Status of a practice, code of a term, or the value as text; for a text, code of a term that its words "
            "state, or `no_term_stated`.",
        ),
        _r("label", "string", "The value in words."),
        _c("other_infrastructure_id", "string", "Infrastructure that the term names, for integrations."),
        _c("link", "string", "First link to the evidence."),
        _c("checked_date", "date", "Day on which the evidence was checked."),
        _r("said_by", "string", "Who says so.", *CLAIMANTS),
    ),
)
PUBLISHED = (
    ORGANISATION, INFRASTRUCTURE, AWARD, AWARD_RECORD, MENTION, SUPPORT, ATTRIBUTION, EXCLUSION, REVIEW_CANDIDATE,
    CHARACTERISTIC,
)  # fmt: skip
