"""The shapes of answers on policies, as the OpenAPI document gives them."""

from ninja import Field

from infracommons.vocabulary.policies import Checked, Level, SourceKind, Strength
from infracommons.web.catalogue.api.shapes import Links, Meta, PageLinks, PageMeta, Shape

DAY = "2002, 2002-02, 2002-02-14, unknown, or not_applicable where nothing comes into force."


class PolicyIssuer(Shape):
    """Who made the policy; `ror` is empty where there is none or it is not known."""

    name: str
    ror: str


class PolicyScope(Shape):
    """Whose research it is about, and which outputs."""

    research: str
    outputs: list[str]


class PolicyClause(Shape):
    """One thing that is asked for, in our words; `source` is the code of one of the policy's sources."""

    code: str
    text: str
    strength: Strength
    requirements: list[str]
    source: str
    location: str
    applies_from: str = Field(description="Where it differs from the policy's own day, else empty.")


class PolicySource(Shape):
    """Where the policy can be read; `checked_on` is the day our words were last compared with it, or unknown."""

    code: str
    url: str
    label: str
    kind: SourceKind
    checked_on: str


class PolicyChange(Shape):
    """Something that changed, on which day, and the code of the source that tells of it."""

    day: str
    what: str
    source: str


class PolicyLinks(Shape):
    """Where the policy is: here, and on its page."""

    self: str
    page: str


class Policy(Shape):
    """All that is known of a policy."""

    policy_id: str
    title: str
    short_title: str
    issuers: list[PolicyIssuer]
    kind: str
    region: str
    level: Level
    adopted: str = Field(description=DAY)
    in_force: str = Field(description=DAY)
    summary: str
    scope: PolicyScope
    clauses: list[PolicyClause]
    categories: list[str]
    sources: list[PolicySource]
    checked: Checked
    countries: list[str]
    ended: str = Field(description="The first day on which it no longer holds, empty while it does.")
    days_source: str = Field(description="Code of the source that tells its days; the first one where it is empty.")
    changes: list[PolicyChange]
    supersedes: list[str]
    related: list[str]
    superseded_by: list[str]
    links: PolicyLinks


class PolicyMeta(PageMeta):
    """What stands beside a page of policies; `undecided` may hold on the day asked for: their days are not known."""

    undecided: list[str]


class PolicyPage(Shape):
    """One page of policies."""

    data: list[Policy]
    meta: PolicyMeta
    links: PageLinks


class PolicyAnswer(Shape):
    """One policy."""

    data: Policy
    meta: Meta
    links: Links
