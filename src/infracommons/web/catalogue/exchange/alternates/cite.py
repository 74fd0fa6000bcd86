"""How to cite a profile: BibTeX, RIS and CSL-JSON of the page as it stands today."""

import re
from datetime import date
from typing import Any

from django.utils import timezone

from infracommons.web.catalogue.exchange.alternates.own import as_json
from infracommons.web.catalogue.exchange.alternates.subject import Subject

PUBLISHER = "Infracommons"
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, those behind a backslash too
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_ODD = re.compile("[" + "".join(map(re.escape, _LATEX)) + "]")


def title_of(subject: Subject) -> str:
    """Return the title under which the profile is cited."""
    return f"{subject.infrastructure.name}: profile in the Infracommons catalogue"


def bibtex(subject: Subject) -> str:
    """Return one @misc entry; signs of LaTeX in the name are written out."""
    changed, today = _days(subject)
    lines = (
        f"@misc{{infracommons-{subject.infrastructure.infrastructure_id},",
        f"  author = {{{{{PUBLISHER}}}}},",
        f"  title = {{{{{latex(title_of(subject))}}}}},",
        f"  year = {{{changed.year}}},",
        f"  note = {{Last changed {changed.isoformat()}}},",
        f"  url = {{{subject.page}}},",
        f"  urldate = {{{today.isoformat()}}}",
        "}",
    )
    return "\n".join((*lines, ""))


def latex(text: str) -> str:
    r"""Return text in one line that LaTeX sets as it is.

    >>> latex("R&D {100%}")
    'R\\&D \\textbraceleft{}100\\%\\textbraceright{}'
    """
    return _ODD.sub(lambda odd: _LATEX[odd[0]], " ".join(text.split()))


def ris(subject: Subject) -> str:
    """Return one RIS record of an electronic source."""
    changed, today = _days(subject)
    tags = (
        ("TY", "ELEC"),
        ("AU", f"{PUBLISHER},"),
        ("TI", " ".join(title_of(subject).split())),
        ("PB", PUBLISHER),
        ("PY", str(changed.year)),
        ("DA", f"{changed:%Y/%m/%d}"),
        ("Y2", f"{today:%Y/%m/%d}"),
        ("UR", subject.page),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags)


def csl_json(subject: Subject) -> str:
    """Return one item of CSL-JSON, in a list as the format has it."""
    changed, today = _days(subject)
    item: dict[str, Any] = {
        "id": f"infracommons-{subject.infrastructure.infrastructure_id}",
        "type": "webpage",
        "title": title_of(subject),
        "container-title": PUBLISHER,
        "publisher": PUBLISHER,
        "author": [{"literal": PUBLISHER}],
        "issued": {"date-parts": [[changed.year, changed.month, changed.day]]},
        "accessed": {"date-parts": [[today.year, today.month, today.day]]},
        "URL": subject.page,
    }
    return as_json([item])


def _days(subject: Subject) -> tuple[date, date]:
    """Return the day of the last change and today, UTC."""
    return subject.infrastructure.changed_at.date(), timezone.now().date()
