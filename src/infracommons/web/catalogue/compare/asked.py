"""What the address of a comparison asks for, and the address that asks for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from infracommons.insights.query_string import Parsed, QueryProblem, matching, one, parse
from infracommons.web.catalogue.compare.compared import section_labels
from infracommons.web.shared.days import PAST_DAY

MOST = 12
_LISTS = ("ids", "sections")
_MOST_PARAMETERS, _LONGEST = 200, 200
_PLAIN = re.compile(rf"[^\x00-\x1f\x7f]{{1,{_LONGEST}}}")
_IDS_ALLOWED = "ids of infrastructures, such as arxiv,zenodo"


def _is_on(text: str) -> bool:
    return ("0", "1").index(text) == 1


_SWITCH = (_is_on, "1, or leave it out")


@dataclass(frozen=True)
class ComparisonAsked:
    """The columns in their order, and which rows of them to show; no section stands for every section."""

    ids: tuple[str, ...] = one((), str, _IDS_ALLOWED)
    add: str = one("", matching(rf".{{1,{_LONGEST}}}"), f"a name of up to {_LONGEST} characters")
    sections: tuple[str, ...] = one((), str, "codes of sections")
    differences: bool = one(False, *_SWITCH)  # noqa: FBT003 - the default
    hide_empty: bool = one(False, *_SWITCH)  # noqa: FBT003 - the default
    as_of: date | None = one(None, *PAST_DAY)  # noqa: RUF009 - made for it

    def but(self, **values: object) -> "ComparisonAsked":
        """Return the same with other values and nothing to add."""
        return replace(self, **{"add": "", **values})  # type: ignore[arg-type]  # the fields have their types


def read(query: str) -> Parsed[ComparisonAsked]:
    """Read a query string; lists may be repeated or set apart by commas, and ids may stand twice."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="strict")
    except ValueError:
        return parse(ComparisonAsked, query)
    parsed = parse(ComparisonAsked, urlencode([pair for pair in pairs if pair[0] not in _LISTS]))
    given = {name: [text for key, text in pairs if key == name] for name in _LISTS}
    ids, odd = _parted(given["ids"], _PLAIN.fullmatch)
    known = section_labels()
    chosen, strange = _parted(given["sections"], known.__contains__)
    problems = [QueryProblem("ids", _shown(text), _IDS_ALLOWED) for text in odd]
    problems += [QueryProblem("sections", _shown(text), f"one of {', '.join(known)}") for text in strange]
    is_tidy = parsed.is_tidy and all(not texts or texts == [",".join(_parts(texts))] for texts in given.values())
    asked = replace(parsed.asked, ids=tuple(ids), sections=tuple(code for code in known if code in chosen))
    return Parsed(asked, (*parsed.problems, *problems), is_tidy)


def address(asked: ComparisonAsked, form: str = "") -> str:
    """Return the address of the page, or of its download in a form, that asks for this."""
    pairs = [("ids", ",".join(asked.ids)), ("add", asked.add), ("sections", ",".join(asked.sections))]
    pairs += [(name, "1") for name in ("differences", "hide_empty") if getattr(asked, name)]
    pairs += [("as_of", asked.as_of.isoformat())] if asked.as_of else []
    path = reverse("compare_file", args=[form]) if form else reverse("compare")
    query = urlencode([pair for pair in pairs if pair[1]], safe=",")
    return f"{path}?{query}" if query else path


def _parts(texts: list[str]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def _parted(texts: list[str], is_good: Callable[[str], object]) -> tuple[list[str], list[str]]:
    """Return the good parts of comma lists, and the others."""
    parts = _parts(texts)
    return [part for part in parts if is_good(part)], [part for part in parts if not is_good(part)]


def _shown(text: str) -> str:
    most = 80
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
