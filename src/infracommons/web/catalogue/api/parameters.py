"""The parameters of the API's addresses: how each is read, what is allowed, and which ones nobody knows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema
from ninja.errors import ValidationError
from pydantic import BeforeValidator

from infracommons.web.catalogue.api.problems import ParameterProblem, bad_values
from infracommons.web.catalogue.api.rows import open_fields
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.statuses import STATUSES
from infracommons.web.catalogue.search.filters import shown

MOST_ROWS, USUAL_ROWS = 200, 25
LARGEST_ID = 2**63 - 1
ALL_FIELDS = "all"
# What a list shows of each infrastructure unless `select` says otherwise.
HEADLINE = ("name", "summary", "website", "steward", "country", "launched", "categories")
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_SLUG = r"^[-a-zA-Z0-9_]{1,200}$"


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text)) if len(str(text)) == len("2026-05-31") else date.fromisoformat("")
    except ValueError as error:
        message = "give a day such as 2026-05-31"
        raise ValueError(message) from error


def _past_day(text: object) -> date:
    day = _day(text)
    if day > timezone.now().date():
        message = "this day is in the future; give today or an earlier one"
        raise ValueError(message)
    return day


def _moment(text: object) -> datetime:
    try:
        # A leap second is a second of its minute; what comes before it comes before that.
        moment = datetime.fromisoformat(str(text).upper().replace(":60", ":59"))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = "give a day such as 2026-05-31, or a time such as 2026-05-31T12:00:00Z (in an address + is %2B)"
        raise ValueError(message) from error


Day = Annotated[date, BeforeValidator(_past_day)]
AnyDay = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Slug = Annotated[str, Field(pattern=_SLUG)]
FieldCode = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]


class Asked(Schema):
    """What every address takes."""

    strict: bool = Field(False, description="Refuse parameters that the API does not know, rather than report them.")  # noqa: FBT003


class AskedPage(Asked):
    """What every list takes."""

    cursor: str | None = Field(None, min_length=1, max_length=400, description="Where to go on; taken from next.")
    limit: int = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description="How many rows a page has at the most.")


class AskedInfrastructure(Asked):
    """What one infrastructure takes."""

    as_of: Day | None = Field(None, description="Show the profile as it was at the end of this day (UTC).")
    select: list[str] = Field([], description="Fields to show, apart by commas; all of them by default.")


class AskedClaims(AskedPage):
    """What the list of claims takes."""

    infrastructure: list[Slug] = Field([], description="Only of these infrastructures.")
    field: list[FieldCode] = Field([], description="Only in these fields.")
    author_kind: list[Literal["steward", "curator", "harvester"]] = Field([], description="Only made in these roles.")
    status: list[Literal[STATUSES]] = Field([], description="Only with these statuses.")  # type: ignore[valid-type]
    since: Moment | None = Field(None, description="Only made at this time or later.")


class AskedHistory(AskedPage):
    """What the claims of one infrastructure take."""

    field: list[FieldCode] = Field([], description="Only in these fields.")


class AskedOrganisations(AskedPage):
    """What the list of organisations takes."""

    q: str = Field("", max_length=300, pattern=ONE_LINE, description="Words that must all stand in the name.")


class AskedChanges(AskedPage):
    """What the list of changes takes."""

    since: Moment | None = Field(None, description="Only at this time or later.")
    after: int | None = Field(None, ge=0, le=LARGEST_ID, description="Only with a higher id than this.")
    infrastructure: list[Slug] = Field([], description="Only of these infrastructures.")
    author_kind: list[Literal["steward", "curator", "harvester"]] = Field([], description="Only made in these roles.")


def unknown_parameters(request: HttpRequest, asked: Asked, also: Collection[str] = ()) -> list[ParameterProblem]:
    """Return a problem for each parameter that nothing reads; raise ApiProblem (400) for them where `strict` is set.

    Raises it as well where a parameter with one value stands twice with different ones.
    """
    known = [*type(asked).model_fields, *also]
    _refuse_twice(request, asked)
    message = f"The API does not know this parameter here; it was not used. It knows {', '.join(sorted(known))}."
    problems = [
        ParameterProblem(shown(name), shown(value), message)
        for name in request.GET
        if name not in known
        for value in request.GET.getlist(name)
    ]
    if problems and asked.strict:
        raise bad_values(problems)
    return problems


def _refuse_twice(request: HttpRequest, asked: Asked) -> None:
    single = [name for name, part in type(asked).model_fields.items() if not isinstance(part.default, list)]
    twice = [name for name in single if len(set(request.GET.getlist(name))) > 1]
    if twice:
        message = "This parameter has one value, and stands here with several. Keep one of them."
        raise bad_values(
            [ParameterProblem(name, shown(", ".join(request.GET.getlist(name))), message) for name in twice]
        )


def selected(given: Sequence[str], usual: Iterable[str]) -> list[FieldDefinition]:
    """Return the fields that `select` names, each once, in the order of a profile; `usual` ones where it names none.

    Raises ApiProblem (400) for a code that no public field has.
    """
    known = open_fields()
    codes = {code.strip() for part in given for code in part.split(",")} - {""} or set(usual)
    if ALL_FIELDS in codes:
        codes = set(known) | codes - {ALL_FIELDS}
    refuse_unknown_fields("select", codes)
    return [field for code, field in known.items() if code in codes]


def refuse_unknown_fields(parameter: str, codes: Iterable[str]) -> None:
    """Raise ApiProblem (400) for codes that no public field has."""
    message = "No public field has this code. The codes are at /api/v1/fields."
    problems = [ParameterProblem(parameter, shown(code), message) for code in sorted(set(codes) - set(open_fields()))]
    if problems:
        raise bad_values(problems)


def problems_of(request: HttpRequest, error: ValidationError) -> list[ParameterProblem]:
    """Return what ninja found wrong with the parameters of a request, each named once with its value."""
    problems: dict[str, ParameterProblem] = {}
    for one in error.errors:
        name = _name(one["loc"])
        value = ", ".join(request.GET.getlist(name))
        message = str(one["msg"]).removeprefix("Value error, ")
        problems.setdefault(name, ParameterProblem(name, shown(value), f"{message[0].upper()}{message[1:]}."))
    return list(problems.values())


def _name(location: tuple[Any, ...]) -> str:
    """Return the parameter in a place such as ("query", "asked", "field", 0)."""
    return str([part for part in location if isinstance(part, str)][-1])
