"""The columns and rows of the files of policies: one row a policy, one row a clause."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from infracommons.insights.policies.load import Policies
from infracommons.vocabulary.policies import Instrument

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
POLICIES = pa.schema(
    [
        ("policy_id", _TEXT),
        ("title", _TEXT),
        ("short_title", _TEXT),
        ("issuers", _TEXTS),
        ("kind", _TEXT),
        ("region", _TEXT),
        ("country_codes", _TEXTS),
        ("level", _TEXT),
        ("adopted", _TEXT),
        ("in_force", _TEXT),
        ("ended", _TEXT),
        ("summary", _TEXT),
        ("research", _TEXT),
        ("outputs", _TEXTS),
        ("must", _TEXTS),
        ("should", _TEXTS),
        ("may", _TEXTS),
        ("category_codes", _TEXTS),
        ("supersedes", _TEXTS),
        ("superseded_by", _TEXTS),
        ("checked", _TEXT),
        ("sources", _TEXTS),
    ]
)
CLAUSES = pa.schema(
    [
        ("policy_id", _TEXT),
        ("clause", _TEXT),
        ("strength", _TEXT),
        ("requirements", _TEXTS),
        ("text", _TEXT),
        ("applies_from", _TEXT),
        ("location", _TEXT),
        ("source", _TEXT),
    ]
)


def policy_rows(policies: Policies, instruments: Iterable[Instrument]) -> Iterator[dict[str, Any]]:
    """Yield a row for each policy; days are as the definitions write them, unknown included."""
    for one in instruments:
        yield {
            "policy_id": one.code,
            "title": one.title,
            "short_title": one.short_title,
            "issuers": [issuer.name for issuer in one.issuers],
            "kind": one.kind,
            "region": one.region,
            "country_codes": one.countries,
            "level": one.level,
            "adopted": one.adopted,
            "in_force": one.in_force,
            "ended": one.ended or None,
            "summary": one.summary,
            "research": one.scope.research,
            "outputs": one.scope.outputs,
            **{strength: _asked(one, strength) for strength in ("must", "should", "may")},
            "category_codes": one.categories,
            "supersedes": one.supersedes,
            "superseded_by": policies.superseded_by.get(one.code, ()),
            "checked": one.checked,
            "sources": [source.url for source in one.sources],
        }


def clause_rows(instruments: Iterable[Instrument]) -> Iterator[dict[str, Any]]:
    """Yield a row for each clause; where it has no day of its own, that of the policy."""
    for one in instruments:
        urls = {source.code: source.url for source in one.sources}
        for clause in one.clauses:
            yield {
                "policy_id": one.code,
                "clause": clause.code,
                "strength": clause.strength,
                "requirements": clause.requirements,
                "text": clause.text,
                "applies_from": clause.applies_from or one.in_force,
                "location": clause.location or None,
                "source": urls[clause.source],
            }


def _asked(one: Instrument, strength: str) -> list[str]:
    """Return the requirements of which some clause says just this."""
    said = {code for clause in one.clauses if clause.strength == strength for code in clause.requirements}
    return sorted(said)
