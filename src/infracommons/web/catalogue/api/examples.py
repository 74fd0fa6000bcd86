"""Examples of answers, written by the same code as answers are, from facts about one real infrastructure."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.urls import reverse

from infracommons.web.catalogue.api.rows import Row, Writer, change_row, field_row, open_fields, vocabulary_row
from infracommons.web.catalogue.claims.profile import entry_of
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Organisation

_SITE = "https://catalogue.example.org"
_AT = datetime(2026, 5, 31, 12, tzinfo=UTC)
_HOMEPAGE = [{"url": "https://arxiv.org/", "label": "Homepage"}]
_VALUES: dict[str, Any] = {
    "name": "arXiv",
    "website": "https://arxiv.org/",
    "country": {"terms": ["US"], "other": ""},
    "launched": 1991,
    "categories": {"terms": ["preprint_service"], "other": ""},
}
_SHOWN = ("name", "website", "country", "launched", "open_api")


def examples() -> dict[str, Row]:
    """Return an example of each answer, by the name of its shape."""
    write, infrastructure, claims = _arxiv()
    change = Change(id=1, infrastructure=infrastructure, kind="claimed", fields=["launched"], at=_AT)
    change.author_kind = "curator"
    code = "status"
    vocabulary = vocabulary_row(vocabularies()[code], write.book)
    row, name = write.infrastructure(infrastructure), infrastructure.infrastructure_id
    own, page = _links("api:infrastructure", name), {"total": 1, "limit": 25}
    return {
        "InfrastructurePage": _answer([row], _links("api:infrastructures", following=True), **page),
        "InfrastructureAnswer": _answer(row, own),
        "ClaimPage": _answer([write.claim(claims[-1])], _links("api:claims", following=True), **page),
        "OrganisationPage": _answer(
            [write.organisation(_steward(infrastructure))], _links("api:organisations", following=True), **page
        ),
        "OrganisationAnswer": _answer(
            write.organisation(_steward(infrastructure)), _links("api:organisation", "cornell-university")
        ),
        "ChangePage": _answer(
            [change_row(change)],
            _links("api:changes", following=True) | {"newer": f"{_SITE}{reverse('api:changes')}?after=1"},
            **page,
        ),
        "FieldList": _answer([field_row(open_fields()["launched"])], _links("api:fields")),
        "VocabularyAnswer": _answer(vocabulary, _links("api:vocabulary", code)),
    }


@cache
def _arxiv() -> tuple[Writer, Infrastructure, list[Claim]]:
    infrastructure = Infrastructure(id=1, infrastructure_id="arxiv", name="arXiv", version=1)
    infrastructure.created_at = infrastructure.changed_at = _AT
    infrastructure.steward = Organisation(
        id=1, organisation_id="cornell-university", name="Cornell University", ror="https://ror.org/05bnh6r87"
    )
    claims = [
        Claim(
            id=number,
            infrastructure=infrastructure,
            field=code,
            value=value,
            evidence=_HOMEPAGE,
            author_kind="curator",
            source="definitions of the project",
            checked_on=date(2026, 5, 30),
            at=_AT,
        )
        for number, (code, value) in enumerate(_VALUES.items(), 1)
    ]
    infrastructure.profile = {claim.field: entry_of(claim) for claim in claims}
    fields = [field for code, field in open_fields().items() if code in _SHOWN]
    return Writer(_SITE.__add__, _book(), _AT.date(), fields), infrastructure, claims


def _steward(infrastructure: Infrastructure) -> Organisation:
    steward = infrastructure.steward
    assert steward is not None  # noqa: S101 - made above
    steward.its = [infrastructure]  # type: ignore[attr-defined]  # as the query of organisations puts it there
    return steward


def _book() -> TermBook:
    """Return the terms as they are defined, whatever curators have made of them since."""
    return TermBook(
        TermFacts(one.code, term.code, term.label, term.description, term.provides, term.also, term.same_as)
        for one in vocabularies().values()
        for term in one.terms
    )


def _links(name: str, *args: str, following: bool = False) -> Row:
    return {"self": f"{_SITE}{reverse(name, args=args)}"} | ({"next": None} if following else {})


def _answer(data: Any, links: Row, **meta: Any) -> Row:  # noqa: ANN401 - JSON
    return {"data": data, "meta": {**meta, "problems": []}, "links": links}
