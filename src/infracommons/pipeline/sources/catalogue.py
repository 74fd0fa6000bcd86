"""Our own web catalogue's export of its infrastructures: JSON lines, one infrastructure a line.

Each line is an object with the columns of the table `infrastructure`: required `infrastructure_id`, `name`,
`aliases`, `summary`, `category_codes`; optional `homepage`, `steward_organisation_id`, `steward_name`, `country_code`,
`code_repository`, `licence` (SPDX), `launched_year`, `exported_at` (of several exports the newest counts). `aliases`
and `category_codes` are lists of texts, maybe empty. For instance:

    {"infrastructure_id": "arxiv", "name": "arXiv", "aliases": ["arXiv.org"], "summary": "A preprint server.",
     "homepage": "https://arxiv.org/", "steward_name": "Cornell University", "country_code": "US",
     "category_codes": ["repository_service"], "launched_year": 1991}

An entry replaces the definition of the same id.
"""

import re

from infracommons.pipeline.contract_values import contract_values
from infracommons.pipeline.json_stream import decoded, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Fact, Source
from infracommons.vocabulary.inputs import CATALOGUE_ENTRY
from infracommons.vocabulary.problems import FieldProblem

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SIGNS = (b'"infrastructure_id"', b'"category_codes"')


def _recognise(document: Document) -> bool:
    if document.suffix != ".jsonl":
        return False
    first = document.head().partition(b"\n")[0]
    return all(sign in first for sign in _SIGNS)


def _normalise(line: bytes) -> Fact:
    values = contract_values(decoded(line), CATALOGUE_ENTRY)
    slug = values["infrastructure_id"]
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        raise FieldProblem("bad_value", "infrastructure_id", slug, "not a slug: lower-case letters, digits and hyphens")
    return Fact(values)


SOURCE = Source(
    name="catalogue",
    publisher="Infracommons catalogue",
    homepage="tables.md",
    licence="CC0-1.0",
    gives="infrastructure",
    recognise=_recognise,
    parse=lines,
    normalise=_normalise,
)
