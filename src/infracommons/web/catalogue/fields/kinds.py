"""Parses the value of a field at the door: raw parts of a form, a file or an import in, the stored JSON out.

Raw and stored shapes, by kind (raw may also be the stored shape; parsing a stored value gives it back):

=================  ====================================================================================
text, rich_text    text
url, contact       text
yes_no             true, false, "yes", "no"
year, whole_number whole number or its digits
period             {"from": "YYYY-MM", "to": "YYYY-MM"}
money              {"minor": whole number of minor units, "currency": "USD"} or {"amount": "12.50", "currency": ...}
term, terms        {"terms": [code or label, ...], "other": text}
practice           {"statement": text}
names              [text, ...]
licence            SPDX expression
organisation       {"name": text, "ror": ROR address, id or empty}
identifiers        [{"scheme": text, "value": text}, ...]
entries            {"entries": [{part: text}, ...], "text": text}
image              {"sha256": hex, "width": pixels, "height": pixels, "alt": text}
=================  ====================================================================================
"""

from collections.abc import Callable
from typing import Any

from infracommons.web.catalogue.fields import listed, plain
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.terms import TermBook

Parser = Callable[[FieldDefinition, Any, TermBook], Any]

_PARSERS: dict[str, Parser] = {
    "text": plain.text,
    "rich_text": plain.rich,
    "url": plain.url,
    "contact": plain.contact,
    "yes_no": plain.yes_no,
    "year": plain.year,
    "whole_number": plain.whole_number,
    "period": plain.period,
    "money": plain.money,
    "licence": plain.licence,
    "practice": plain.practice,
    "term": listed.terms,
    "terms": listed.terms,
    "names": listed.names,
    "organisation": listed.organisation,
    "identifiers": listed.identifiers,
    "entries": listed.entries,
    "image": listed.image,
}


def parse_value(definition: FieldDefinition, raw: Any, book: TermBook) -> Any:  # noqa: ANN401 - JSON of the kind
    """Return the stored value, or None where the raw one is empty.

    Raises ValueProblem naming the part, the value and what to do.
    """
    parser = _PARSERS.get(definition.kind)
    if parser is None:
        raise ValueProblem(definition.code, raw, f"{definition.label} is kept by the site; nobody can claim it.")
    if raw is None or raw in ("", [], {}):
        return None
    return parser(definition, raw, book)
