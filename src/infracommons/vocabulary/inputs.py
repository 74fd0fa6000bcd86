"""The contracts of what sources give: award records, organisations, exchange rates and people's decisions."""

from infracommons.vocabulary.tables import AWARD_RECORD, CHARACTERISTIC, INFRASTRUCTURE, Table
from infracommons.vocabulary.tables import optional as _c
from infracommons.vocabulary.tables import required as _r

WITHDRAWN = "withdrawn"
DECISION_KINDS = (
    "same_award", "different_award", "support", "support_type", "share", "same_organisation", WITHDRAWN,
)  # fmt: skip
NO_ORGANISATION = "none"  # value of a decision that an organisation is none of those proposed
_FROM_RECORD = tuple(c for c in AWARD_RECORD.columns if c.name not in {"award_id", "role", "merge_reason"})

RECORD = Table(
    "record",
    "One publisher's description of an award, as a source gives it.",
    ("record_id",),
    (
        *_FROM_RECORD,
        _c("funder_ror", "string", "ROR address of the funder, as published."),
        _c("funder_country_code", "string", "ISO 3166 two-letter code."),
        _c("recipient_ror", "string", "ROR address of the recipient, as published."),
        _c("recipient_country_code", "string", "ISO 3166 two-letter code."),
        _c("instalment_of", "string", "Number of the project whose instalment this is; equal ones are one award."),
        _c("investigator_keys", "strings", "One-way keys of the people in charge; for matching, never published."),
        _c("other_recipients", "strings", "Names of further organisations taking part; for matching."),
        _c("status", "string", "Publisher's word on the state of the award."),
    ),
)
RATE = Table(
    "rate",
    "A reference rate of one day: units of the currency for one euro.",
    ("currency", "rate_date"),
    (
        _r("currency", "string", "ISO 4217 code."),
        _r("rate_date", "date", "Day the rate was set."),
        _r("per_eur", "rate", "Units for one euro."),
    ),
)
ROR_ORGANISATION = Table(
    "ror_organisation",
    "An organisation of the Research Organization Registry.",
    ("ror_id",),
    (
        _r("ror_id", "string", "Address of the record."),
        _r("name", "string", "Name shown."),
        _r("aliases", "strings", "Labels in other languages and aliases."),
        _r("acronyms", "strings", "Acronyms."),
        _c("country_code", "string", "ISO 3166 two-letter code."),
        _c("kind", "string", "First type."),
        _c("parent_ror_id", "string", "First parent."),
        _r("status", "string", "active, inactive or withdrawn.", "active", "inactive", "withdrawn"),
        _c("successor_ror_id", "string", "Record that replaces it, where it is withdrawn or inactive."),
        _r("modified_on", "date", "Day of the last change; the newest version of a record counts."),
    ),
)
CATALOGUE_ENTRY = Table(
    "catalogue_entry",
    "An infrastructure as the catalogue's curators export it; it replaces the definition of the same id.",
    ("infrastructure_id",),
    (
        *INFRASTRUCTURE.columns,
        _c("exported_at", "string", "Moment of the export (ISO 8601, UTC); of several exports the newest counts."),
    ),
)
CATALOGUE_CHARACTERISTIC = Table(
    "catalogue_characteristic",
    "A characteristic as the catalogue exports it; for the infrastructures of the newest export, nothing else counts.",
    ("infrastructure_id", "field", "value", "exported_at"),
    (*CHARACTERISTIC.columns, _r("exported_at", "string", "Moment of the export (ISO 8601, UTC).")),
)
DECISION = Table(
    "decision",
    "What a person decided; it wins over rules and models.",
    ("decision_id",),
    (
        _r("decision_id", "string", "Id in the file it comes from."),
        _r("kind", "string", "What it decides.", *DECISION_KINDS),
        _c("record_id", "string", "Record it is about; needed for all but same_organisation and withdrawn."),
        _c("other_record_id", "string", "The second record, for same_award and different_award."),
        _c("infrastructure_id", "string", "Infrastructure, for support, support_type and share."),
        _c(
            "value",
            "string",
            "Decision, kind of support, share in US dollars, or `ror:` id of the organisation or none.",
        ),
        _r("reason", "string", "Why, in the person's words."),
        _c("decided_on", "date", "Day of the decision."),
        _c("organisation_id", "string", "Organisation with an id of our own, for same_organisation."),
        _c("exported_at", "string", "Moment of the export (ISO 8601, UTC); of lines with one id the newest counts."),
    ),
)
