"""Openness flags: whether a profile's claims make it open, by rules that have a version and say why.

A claim that is missing or unknown never makes a "no", and what a rule does not know stays "unknown".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from license_expression import ExpressionError, LicenseWithExceptionSymbol, get_spdx_licensing

from infracommons.web.catalogue.claims.flag_rules import FLAG_LABELS, RULES, Deciders, deciders
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.statuses import AVAILABLE, NO_DIRECT_COSTS, UNKNOWN, WORDS
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts

Verdict = Literal["yes", "no", "unknown"]
Profile = Mapping[str, dict[str, Any]]
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_SPDX = get_spdx_licensing()
__all__ = ["FLAG_LABELS", "Flag", "flags_of", "is_approved"]


@dataclass(frozen=True)
class Flag:
    """What a rule makes of a profile: the verdict, the reason in a sentence, and the fields that it looked at."""

    code: str
    label: str
    verdict: Verdict
    reason: str
    rule_version: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What one part of a rule found."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Claims:
    """A profile as the rules read it: terms with successors followed, statuses, links."""

    profile: Profile
    book: TermBook

    def value(self, code: str) -> Any:  # noqa: ANN401 - JSON of the field's kind
        """Return the stored value, None where there is none."""
        return self.profile.get(code, {}).get("value")

    def status(self, code: str) -> str:
        """Return the status; unknown where nothing is claimed."""
        return self.profile.get(code, {}).get("status") or UNKNOWN

    def link(self, code: str) -> str:
        """Return the first address of the evidence, empty where there is none."""
        evidence = self.profile.get(code, {}).get("evidence") or [{"url": ""}]
        return str(evidence[0]["url"])

    def terms(self, code: str) -> list[TermFacts]:
        """Return the terms chosen, each as it stands today."""
        vocabulary = field(code).vocabulary or ""
        chosen = (self.value(code) or {}).get("terms", [])
        return [term for one in chosen if (term := self.book.current(vocabulary, one))]


def flags_of(profile: Profile, book: TermBook) -> tuple[Flag, ...]:
    """Return every flag in the order of the rules; `profile` is {field: entry} as `Infrastructure.profile` has it."""
    deciding, claims = deciders(), Claims(profile, book)
    found = []
    for rule in RULES:
        decide, rests_on = _DECIDE[rule.code]
        finding = decide(claims, deciding)
        found.append(Flag(rule.code, rule.label, finding.verdict, _sentence(finding.reason), rule.version, rests_on))
    return tuple(found)


def is_approved(expression: str) -> bool:
    """Return whether the Open Source Initiative approved a way to use this SPDX expression.

    One side of an OR is enough, both of an AND are needed; an exception to a licence only adds permissions.
    """
    return _is_approved(expression, deciders().approved_licences)


@lru_cache(maxsize=2048)
def _is_approved(expression: str, approved: tuple[str, ...]) -> bool:
    try:
        parsed = _SPDX.parse(expression)
    except ExpressionError:
        return False
    return parsed is not None and _holds(parsed, frozenset(approved))


def _holds(part: Any, approved: frozenset[str]) -> bool:  # noqa: ANN401 - a node of license_expression, untyped
    if isinstance(part, _SPDX.OR):
        return any(_holds(one, approved) for one in part.args)
    if isinstance(part, _SPDX.AND):
        return all(_holds(one, approved) for one in part.args)
    symbol = part.license_symbol if isinstance(part, LicenseWithExceptionSymbol) else part
    return symbol.key in approved


def _oss(claims: Claims, _deciding: Deciders) -> Finding:
    return _all_of(_licence(claims), _published(claims, "code_repository"))


def _licence(claims: Claims) -> Finding:
    status = claims.status("code_licence")
    if status not in {AVAILABLE, UNKNOWN}:
        return Finding("no", f"a code licence is {WORDS[status]}")
    if expression := claims.value("spdx_licence"):
        if is_approved(expression):
            return Finding("yes", f"the licence {expression} is approved by the Open Source Initiative")
        return Finding("no", f"the licence {expression} is not approved by the Open Source Initiative")
    return _licence_terms(claims.terms("code_licence_terms"))


def _licence_terms(terms: list[TermFacts]) -> Finding:
    approved = [term.label for term in terms if term.provides == "open_source"]
    if approved:
        return Finding("yes", f"the code licences named include an open one ({approved[0]})")
    if any(term.provides == "none" for term in terms):
        return Finding("no", "the code is said to have no licence")
    if terms:
        return Finding("unknown", f"the code licence named ({terms[0].label}) does not say whether it is open")
    return Finding("unknown", "no code licence is claimed")


def _published(claims: Claims, code: str) -> Finding:
    """Return whether a practice is available with a link."""
    label, status = field(code).label.lower(), claims.status(code)
    if status == AVAILABLE:
        if link := claims.link(code):
            return Finding("yes", f"{label} is available at {link}")
        return Finding("unknown", f"{label} is said to be available, but no link shows it")
    if status == UNKNOWN:
        return Finding("unknown", f"{label} is unknown")
    return Finding("no", f"{label} is {WORDS[status]}")


def _open_content(claims: Claims, deciding: Deciders) -> Finding:
    terms = claims.terms("content_licences")
    if found := [term.label for term in terms if term.code in deciding.open_content or term.provides == "open_source"]:
        return Finding("yes", f"the content licences named include {found[0]}; some versions limit reuse")
    if terms and all(term.code in deciding.closed_content for term in terms):
        return Finding("no", f"the only content licence named is {terms[0].label.lower()}")
    if terms:
        named = ", ".join(term.label for term in terms)
        return Finding("unknown", f"the content licences named ({named}) do not say whether reuse is allowed")
    if other := (claims.value("content_licences") or {}).get("other"):
        return Finding("unknown", f"the content licence is described in words only: {_short(other)}")
    return Finding("unknown", "no content licence is claimed")


def _free_to_use(claims: Claims, deciding: Deciders) -> Finding:
    conditions = claims.terms("access_conditions")
    free_of_cost = claims.status("pricing") == NO_DIRECT_COSTS
    paid = [term.label for term in conditions if term.code in deciding.paid_access]
    if paid and free_of_cost:
        return Finding("unknown", f"the claims contradict each other: no direct costs, but {paid[0].lower()}")
    if paid:
        return Finding("no", f"an access condition is: {paid[0].lower()}")
    if free_of_cost:
        return Finding("yes", "there are no direct costs for those who use it")
    if found := [term.label for term in conditions if term.code in deciding.open_access]:
        return Finding("yes", f"an access condition is: {found[0].lower()}")
    if claims.status("pricing") == AVAILABLE:
        return Finding("unknown", "a price list is public, which does not make it free; nothing says that use is free")
    return Finding("unknown", "neither its prices nor its access conditions say whether use is free")


def _transparent_governance(claims: Claims, _deciding: Deciders) -> Finding:
    return _all_of(_published(claims, "governance_structure"), _published(claims, "bylaws"))


def _nonprofit_operated(claims: Claims, deciding: Deciders) -> Finding:
    forms, statuses = claims.terms("business_form"), claims.terms("nonprofit_status")
    if found := [term.label for term in forms if term.code in deciding.for_profit]:
        return Finding("no", f"a business form is {found[0].lower()}")
    if statuses:
        return Finding("yes", f"its non-profit status is {statuses[0].label}")
    if not forms:
        return Finding("unknown", "neither a business form nor a non-profit status is claimed")
    open_ones = [term.label for term in forms if term.provides != "nonprofit"]
    if open_ones:
        return Finding("unknown", f"the business form {open_ones[0].lower()} does not say whether profits are paid out")
    named = ", ".join(term.label.lower() for term in forms)
    return Finding("yes", f"every business form named is a non-profit one ({named})")


def _all_of(*findings: Finding) -> Finding:
    """Return yes where all are; else the reasons against it, a no before an unknown."""
    for verdict in ("no", "unknown"):
        if against := [finding.reason for finding in findings if finding.verdict == verdict]:
            return Finding(verdict, "; ".join(against))
    return Finding("yes", "; ".join(finding.reason for finding in findings))


def _sentence(reason: str) -> str:
    end = "" if reason.endswith(_CUT) else "."
    return f"{reason[0].upper()}{reason[1:]}{end}"


def _short(text: str) -> str:
    most = 80
    return text if len(text) <= most else text[: most - 1] + _CUT


_DECIDE: dict[str, tuple[Callable[[Claims, Deciders], Finding], tuple[str, ...]]] = {
    "oss": (_oss, ("spdx_licence", "code_licence", "code_licence_terms", "code_repository")),
    "open_content": (_open_content, ("content_licences",)),
    "free_to_use": (_free_to_use, ("pricing", "access_conditions")),
    "transparent_governance": (_transparent_governance, ("governance_structure", "bylaws")),
    "nonprofit_operated": (_nonprofit_operated, ("business_form", "nonprofit_status")),
}
