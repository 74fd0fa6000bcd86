"""What our own web catalogue says of its infrastructures and can be counted: JSON lines, one characteristic a line.

Each line is an object with the columns of the table `characteristic` and `exported_at`, the moment of the export
(ISO 8601, UTC). Only the newest export counts. For instance:

    {"infrastructure_id": "arxiv", "field": "integrations", "value": "orcid", "label": "ORCID",
     "other_infrastructure_id": "orcid", "link": "https://info.arxiv.org/help/orcid.html",
     "checked_date": "2026-06-30", "said_by": "curator", "exported_at": "2026-07-01T00:00:00+00:00"}
"""

from infracommons.pipeline.contract_values import contract_values
from infracommons.pipeline.json_stream import decoded, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Fact, Source
from infracommons.vocabulary.inputs import CATALOGUE_CHARACTERISTIC


def _recognise(document: Document) -> bool:
    if document.suffix != ".jsonl":
        return False
    first = document.head().partition(b"\n")[0]
    return b'"infrastructure_id"' in first and b'"field"' in first and b'"said_by"' in first


def _normalise(line: bytes) -> Fact:
    return Fact(contract_values(decoded(line), CATALOGUE_CHARACTERISTIC))


SOURCE = Source(
    name="characteristics",
    publisher="Infracommons catalogue",
    homepage="tables.md",
    licence="CC0-1.0",
    gives="characteristic",
    recognise=_recognise,
    parse=lines,
    normalise=_normalise,
)
