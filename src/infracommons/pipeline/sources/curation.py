"""What people decided, as our own site exports it: JSON lines, one decision a line; a person's word always wins.

Each line is an object with the columns of the contract `decision`: required `decision_id`, `kind` and `reason`;
`record_id` for all kinds but the last two; optional `decided_on` (2026-07-01). What else is needed depends on the kind:

- `same_award`, `different_award`: `other_record_id`, a second record;
- `support`: `infrastructure_id` and the decision as `value`: `supports` or `rejected`;
- `support_type`: `infrastructure_id` and the kind of support as `value`: direct, adjacent, adopt or unknown;
- `share`: `infrastructure_id` and the part of the award in US dollars as `value`: "125000.00";
- `same_organisation`: `organisation_id`, an organisation with an id of our own (`org:...`), and as `value` the one of
  the registry that it is (`ror:021nxhr62`), or `none`;
- `withdrawn`: the decision of this `decision_id` no longer holds.

Files are never overwritten, so that a decision may stand in several: the line with the newest `exported_at` counts.

For instance:

    {"decision_id": "d-17", "kind": "support", "record_id": "nsf:2012345", "infrastructure_id": "osf",
     "value": "rejected", "reason": "OSF is Open Society Foundations here.", "decided_on": "2026-07-01"}
"""

from infracommons.pipeline.contract_values import contract_values
from infracommons.pipeline.decision_rules import checked_decision
from infracommons.pipeline.json_stream import decoded, lines
from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Fact, Source
from infracommons.vocabulary.inputs import DECISION


def _recognise(document: Document) -> bool:
    if document.suffix != ".jsonl":
        return False
    first = document.head().partition(b"\n")[0]
    return b'"decision_id"' in first and b'"kind"' in first


def _normalise(line: bytes) -> Fact:
    return Fact(checked_decision(contract_values(decoded(line), DECISION)))


SOURCE = Source(
    name="curation",
    publisher="Infracommons",
    homepage="tables.md",
    licence="CC0-1.0",
    gives="decision",
    recognise=_recognise,
    parse=lines,
    normalise=_normalise,
)
