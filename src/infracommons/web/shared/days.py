"""A past day as addresses name it, read at the door."""

from datetime import date

from django.utils import timezone

from infracommons.insights.query_string import matching

_DAY = matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _past_day(text: str) -> date:
    day = date.fromisoformat(_DAY(text))
    if day > timezone.now().date():
        raise ValueError(text)
    return day


PAST_DAY = (_past_day, "a day up to today (UTC), such as 2026-05-31")
