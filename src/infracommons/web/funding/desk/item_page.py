"""What the page of one item shows: the facts, the words around each mention, and what is known of it so far."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from infracommons.insights.award import AwardEvidence
from infracommons.insights.release import Release, Row
from infracommons.insights.review_filters import SAME_AWARD, ReviewFilters
from infracommons.insights.review_item import ReviewItem
from infracommons.insights.review_queue import review_counts
from infracommons.vocabulary.figures import UNKNOWN, dates, exact
from infracommons.web.accounts.models import User
from infracommons.web.funding import wording
from infracommons.web.funding.desk import turns
from infracommons.web.funding.desk.questions import answers_of, question_of, words_of_value
from infracommons.web.funding.desk.standing import Standing, done_for_all, done_today, standing_of
from infracommons.web.funding.models import ReviewDecision, ReviewerSetting
from infracommons.web.funding.passages import passages
from infracommons.web.shared.paged import address

_LAST = "review_last"  # in the session: the decision that the person made last


def remember(request: HttpRequest, decision: ReviewDecision) -> None:
    """Show on the next page what was decided last."""
    request.session[_LAST] = decision.pk


def hides_machine(person: User) -> bool:
    """Whether the person wants to see what the machine says only after they answered."""
    return not ReviewerSetting.objects.filter(person=person, hides_machine=False).exists()


def item_page(
    request: HttpRequest, release: Release, item: ReviewItem, asked: ReviewFilters, person: User
) -> dict[str, Any]:
    """Return the template's values."""
    standing = standing_of(item.name)
    mine = standing.of(person)
    return {
        "item": item,
        "question": question_of(item),
        "answers": answers_of(item),
        "awards": [_award(evidence, item) for evidence in item.awards],
        "compared": _compared(item),
        "mine": mine,
        "shows_machine": mine is not None or not hides_machine(person),
        "machine": machine_words(item),
        "others": _others(standing, person) if mine else [],
        "standing": standing,
        **_last(request, person, asked),
        "left": sum(review_counts(release, asked, done_for_all()).values()),
        "done_today": done_today(person),
        "queue_address": address(reverse("review_queue"), asked),
        "skipped": len(turns.skipped(request)),
        **{f"{what}_address": _address(f"review_{what}", item, asked) for what in _FORMS},
    }


_FORMS = ("answer", "skip", "second", "settle", "withdraw")


def _address(name: str, item: ReviewItem, asked: ReviewFilters) -> str:
    return address(reverse(name, args=[item.kind, item.subject_id, item.other_id]), asked)


def last_of(request: HttpRequest, person: User) -> ReviewDecision | None:
    """Return what the person decided last in this session, if it still holds."""
    return ReviewDecision.in_force().filter(pk=int(request.session.get(_LAST) or 0), by=person).first()


def _last(request: HttpRequest, person: User, asked: ReviewFilters) -> dict[str, Any]:
    """Return what was decided last, with what the machine said of it."""
    last = last_of(request, person)
    if last is None:
        return {"last": None}
    return {
        "last": last,
        "last_machine": words_of_value(last.kind, last.machine_value),
        "last_address": turns.item_address(last.item, asked),
    }


def machine_words(item: ReviewItem) -> Row:
    """Return what the machine says: its answer in words, how likely, and why."""
    answer = words_of_value(item.kind, item.machine_value) if item.machine_value else "left open"
    return {"answer": answer, "likelihood": item.likelihood, "reason": item.machine_reason or UNKNOWN}


def once(records: Iterable[Row]) -> list[Row]:
    """Return records that say the same as one, with the ids of all: a duplicate need not be read twice."""
    found: list[Row] = []
    for row in records:
        same = (one for one in found if all(one[name] == row[name] for name in ("passages", "description")))
        if (earlier := next(same, None)) is not None:
            earlier["ids"].append(row["record_id"])
        else:
            found.append(row | {"ids": [row["record_id"]]})
    return found


def _others(standing: Standing, person: User) -> list[ReviewDecision]:
    return [answer for answer in standing.answers if answer.by_id != person.pk]


def _award(evidence: AwardEvidence, item: ReviewItem) -> Row:
    """Return one award with its records; of the mentions only those that the question is about."""
    return {
        "award": evidence.award,
        "dates": dates(evidence.award["start_date"], evidence.award["end_date"], none=UNKNOWN),
        "records": once(_record(row, evidence.mentions.get(row["record_id"], []), item) for row in evidence.records),
    }


def _record(row: Row, mentions: list[Row], item: ReviewItem) -> Row:
    own = [m for m in mentions if item.infrastructure is None or m["infrastructure_id"] == item.other_id]
    told = passages(row, own)
    # Where the description does not name it, the whole of it is what there is to read.
    is_open = not any(passage.field == "description" for passage in told)
    found = [{"field_words": wording.RECORD_FIELDS[passage.field], "passage": passage} for passage in told]
    return row | {"passages": found, "is_open": is_open}


def _compared(item: ReviewItem) -> list[Row]:
    """Return the facts of two awards side by side, with whether they differ."""
    if item.kind != SAME_AWARD:
        return []
    columns = [_facts(evidence) for evidence in item.awards]
    return [
        {"name": name, "values": [column[name] for column in columns], "differs": len({c[name] for c in columns}) > 1}
        for name in columns[0]
    ]


def _facts(evidence: AwardEvidence) -> dict[str, str]:
    award, record = evidence.award, evidence.records[0]
    return {
        "Funder": award["funder_name"],
        "Recipient": award["recipient_name"] or UNKNOWN,
        "Programme": award["programme"] or UNKNOWN,
        "Title": award["title"] or UNKNOWN,
        "Amount": exact(award["amount"], award["currency"]),
        "Amount in US dollars": exact(award["amount_usd"]),
        "Dates": dates(award["start_date"], award["end_date"], none=UNKNOWN),
        "Award number": record["award_number"] or UNKNOWN,
        "Source": award["source"],
    }
