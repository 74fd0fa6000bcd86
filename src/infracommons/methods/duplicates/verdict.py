"""What a rule says of two records."""

from typing import Literal, NamedTuple

Kind = Literal["duplicate", "instalment"]
VERSIONS = "versions"  # lane of the links from the newest version of a record to its older ones


class Link(NamedTuple):
    """Two records describe one award.

    first, second: record ids, the one that leads in time first. kind: `duplicate` where the amounts tell the same
    money, `instalment` where they add up. rank: rules of lower rank are sure; within a rule, the lower `distance` (days
    or missing words) is the better match. is_exclusive: the second record can follow one only, the first be followed by
    one only (among links of the same `lane`). is_alone: holds only where neither record has another candidate there.
    """

    first: str
    second: str
    kind: Kind
    reason: str
    rank: int
    distance: int = 0
    lane: str = ""
    is_exclusive: bool = False
    is_alone: bool = False
