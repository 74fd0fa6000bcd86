"""What can be said of an infrastructure: the fields and the vocabularies."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router

from infracommons.web.catalogue.api.answers import answer
from infracommons.web.catalogue.api.parameters import Asked, unknown_parameters
from infracommons.web.catalogue.api.problems import ApiProblem
from infracommons.web.catalogue.api.rows import field_row, open_fields, vocabulary_row
from infracommons.web.catalogue.api.shapes import FieldList, VocabularyAnswer, VocabularyList
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.registry import vocabularies

router = Router(tags=["Fields and vocabularies"])


@router.get("/vocabularies", response=VocabularyList, url_name="vocabularies", summary="Every vocabulary")
def list_vocabularies(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """The lists of terms that fields take their values from."""
    problems = unknown_parameters(request, asked)
    book = term_book()
    rows = [
        {
            "code": one.code,
            "label": one.label,
            "source": one.source,
            "terms": len(book.terms(one.code)),
            "links": {"self": request.build_absolute_uri(reverse("api:vocabulary", args=[one.code]))},
        }
        for one in vocabularies().values()
    ]
    return answer(request, rows, problems)


@router.get(
    "/vocabularies/{slug:code}",
    response=VocabularyAnswer,
    url_name="vocabulary",
    summary="One vocabulary with its terms",
)
def show_vocabulary(request: HttpRequest, code: str, asked: Query[Asked]) -> HttpResponseBase:
    """A vocabulary with all its terms, retired and merged ones too."""
    problems = unknown_parameters(request, asked)
    found = vocabularies().get(code)
    if found is None:
        raise ApiProblem(404, f"There is no vocabulary {code}. Those there are: {', '.join(vocabularies())}.")
    return answer(request, vocabulary_row(found, term_book()), problems)


@router.get("/fields", response=FieldList, url_name="fields", summary="Every public field")
def list_fields(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """What can be claimed of an infrastructure: the question, what counts, the form of the value."""
    problems = unknown_parameters(request, asked)
    return answer(request, [field_row(field) for field in open_fields().values()], problems)
