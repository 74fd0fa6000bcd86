"""The filters of awards as parameters of the OpenAPI document: what the site's addresses take, they take here."""

from typing import Any

from infracommons.insights.award_filters import ANY, REGION_CODES, SORTS
from infracommons.vocabulary.prices import PRICE_LEVELS
from infracommons.vocabulary.tables import AMOUNT_STATUS, DECISIONS, RULES, SUPPORT_TYPES
from infracommons.web.catalogue.api.parameters import ONE_LINE

Parameter = dict[str, Any]
Schema = dict[str, Any]
_ORGANISATION: Schema = {"type": "string", "pattern": r"^([a-z]+:[A-Za-z0-9_.-]{1,100}|unknown)$"}
_COUNTRY: Schema = {"type": "string", "pattern": "^([A-Z]{2}|unknown)$"}
_YEAR: Schema = {"type": "integer", "minimum": 1800, "maximum": 2200}
_YES_NO: Schema = {"type": "string", "enum": ["yes", "no"]}
_WORDS = (
    "Words that must all match, in titles, descriptions, names, programmes and award numbers; also OR, "
    '"phrases", -exclusions, begin*, field:value and ranges such as year:2015..2020 or usd:>=10000. '
    "What could not be used is in meta.problems."
)


def _any_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _one_of(values: Any) -> Schema:  # noqa: ANN401 - any texts
    return {"type": "string", "enum": [*values]}


_FILTERS: dict[str, tuple[Schema, str]] = {
    "q": ({"type": "string", "maxLength": 200, "pattern": ONE_LINE}, _WORDS),
    "infrastructure": (
        _any_of({"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,99}$"}),
        "Only for any of these infrastructures.",
    ),
    "funder": (_any_of(_ORGANISATION), "Only from any of these funders, by id, such as ror:021nxhr62, or unknown."),
    "recipient": (_any_of(_ORGANISATION), "Only to any of these organisations, by id, or unknown."),
    "region": (_any_of(_one_of(REGION_CODES)), "Only from funders of any of these regions."),
    "funder_country": (_any_of(_COUNTRY), "Only from funders in any of these countries (ISO 3166), or unknown."),
    "country": (_any_of(_COUNTRY), "Only to recipients in any of these countries (ISO 3166), or unknown."),
    "category": (
        _any_of({"type": "string", "pattern": "^[a-z0-9_]{1,80}$"}),
        "Only for infrastructures of any of these categories.",
    ),
    "year_from": (_YEAR, "Only from this year on."),
    "year_to": (_YEAR, "Only up to this year, itself included."),
    "undated": (_one_of(["yes"]), "Only awards whose year is unknown."),
    "source": (
        _any_of({"type": "string", "pattern": "^[a-z0-9_]{1,60}$"}),
        "Only from any of these sources.",
    ),
    "decision": (
        _one_of([*DECISIONS, ANY]) | {"default": DECISIONS[0]},
        "Which decisions on award and infrastructure count.",
    ),
    "support_type": (_any_of(_one_of(SUPPORT_TYPES)), "Only these kinds of support."),
    "amount_status": (
        _any_of(_one_of(AMOUNT_STATUS)),
        "Only awards whose amount has this status.",
    ),
    "counted": (_YES_NO, "Only awards that are in the total under the rule, or only those that are not."),
    "rule": (_one_of(RULES) | {"default": "equal_split"}, "How much of an award counts for an infrastructure."),
    "prices": (
        {"type": "integer", "minimum": min(PRICE_LEVELS), "maximum": max(PRICE_LEVELS)},
        "Count in US dollars of this year.",
    ),
    "sort": (_one_of(SORTS), "The order: relevance where there is q, else newest."),
}


def award_filter_schemas(*, is_ordered: bool) -> list[Parameter]:
    """Return the parameters; `is_ordered` says whether the order of awards is one of them."""
    return [
        {"in": "query", "name": name, "schema": schema, "required": False, "description": said}
        for name, (schema, said) in _FILTERS.items()
        if is_ordered or name != "sort"
    ]
