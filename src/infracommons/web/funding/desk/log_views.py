"""The public log of decisions: who by role, never by name; as a page and as files of the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from infracommons.insights.award_filters import PAGE, SLUG
from infracommons.insights.formats import FORMATS
from infracommons.insights.query_string import choice, one, parse
from infracommons.insights.review_filters import REVIEW_KINDS
from infracommons.web.funding.desk.questions import KINDS, SHORT
from infracommons.web.funding.models import ReviewDecision, Step
from infracommons.web.shared.paged import address, page_of
from infracommons.web.shared.published import current_release
from infracommons.web.shared.views import bad_filters

if TYPE_CHECKING:
    from django.db.models import QuerySet

_AT_ONCE = 2000
_FILES = ("csv", "jsonl")
_SCHEMA = pa.schema(
    [
        ("decision_id", pa.string()),
        ("at", pa.string()),
        ("step", pa.string()),
        ("withdraws", pa.string()),
        ("kind", pa.string()),
        ("subject_id", pa.string()),
        ("other_id", pa.string()),
        ("record_id", pa.string()),
        ("other_record_id", pa.string()),
        ("about", pa.string()),
        ("value", pa.string()),
        ("answer", pa.string()),
        ("note", pa.string()),
        ("role", pa.string()),
        ("release_id", pa.string()),
        ("machine_value", pa.string()),
        ("machine_was_hidden", pa.bool_()),
        ("is_in_force", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class LogFilters:
    """What the log is narrowed to."""

    kind: str = one("", *choice(REVIEW_KINDS))
    step: str = one("", *choice(Step.values))
    infrastructure: str = one("", *SLUG)
    page: int = one(1, *PAGE)


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show the decisions, the newest first."""
    parsed = parse(LogFilters, request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    asked = parsed.asked
    found = page_of(_rows(asked).order_by("-id"), request.path, asked)
    request.release = current_release()  # type: ignore[attr-defined]  # for the foot of the page
    whole = replace(asked, page=1)
    context: dict[str, Any] = {
        "asked": asked,
        "rows": [{"row": row, "question": SHORT[row.kind]} for row in found.rows],
        "pages": found.pages,
        "kinds": KINDS.items(),
        "steps": Step.choices,
        "is_filtered": whole != LogFilters(),
        "downloads": [
            {"label": FORMATS[form].label, "href": address(reverse("review_log_file", args=[form]), whole)}
            for form in _FILES
        ],
    }
    return render(request, "funding/desk/log.html", context, status=found.status)


@never_cache
@require_safe
def log_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the decisions that match, the oldest first."""
    if form not in _FILES:
        message = f"There is no download as “{form}”; there are {', '.join(_FILES)}."
        raise Http404(message)
    parsed = parse(LogFilters, request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    chosen = FORMATS[form]
    response = StreamingHttpResponse(
        chosen.bytes_of(_SCHEMA, _batches(_rows(parsed.asked))), content_type=chosen.media_type
    )
    response.headers["Content-Disposition"] = f'attachment; filename="infracommons-review-log.{form}"'
    return response


def _rows(asked: LogFilters) -> "QuerySet[ReviewDecision]":
    rows = ReviewDecision.objects.select_related("withdraws", "withdrawn_by").order_by("id")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.step:
        rows = rows.filter(step=asked.step)
    if asked.infrastructure:
        rows = rows.filter(kind__in=("support", "support_type"), other_id=asked.infrastructure)
    return rows


def _batches(rows: "QuerySet[ReviewDecision]") -> Iterator[pa.RecordBatch]:
    batch: list[dict[str, Any]] = []
    for row in rows.iterator(_AT_ONCE):
        batch.append(_plain(row))
        if len(batch) == _AT_ONCE:
            yield pa.RecordBatch.from_pylist(batch, _SCHEMA)
            batch = []
    if batch:
        yield pa.RecordBatch.from_pylist(batch, _SCHEMA)


def _plain(row: ReviewDecision) -> dict[str, Any]:
    return {
        "decision_id": row.decision_id,
        "at": row.at.isoformat(timespec="seconds"),
        "step": row.step,
        "withdraws": row.withdraws.decision_id if row.withdraws else None,
        "kind": row.kind,
        "subject_id": row.subject_id,
        "other_id": row.other_id,
        "record_id": row.record_id or None,
        "other_record_id": row.other_record_id or None,
        "about": row.title,
        "value": row.value or None,
        "answer": row.words or None,
        "note": row.note or None,
        "role": row.role,
        "release_id": row.release_id,
        "machine_value": row.machine_value or None,
        "machine_was_hidden": row.machine_was_hidden,
        "is_in_force": row.is_in_force,
    }
