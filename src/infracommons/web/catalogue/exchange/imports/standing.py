"""Decides what a claim from a file adds to the claim that stands, so that an old file never hides newer knowledge."""

from dataclasses import replace
from datetime import date, datetime

from infracommons.web.catalogue.claims.profile import Entry
from infracommons.web.catalogue.claims.seed import SOURCE as DEFINITIONS
from infracommons.web.catalogue.claims.seed import named_by
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.statuses import UNKNOWN
from infracommons.web.catalogue.fields.terms import TermBook


def known_since(entry: Entry) -> date | None:
    """Return the day of what stands: checked, else claimed; None for what our definitions say without a date."""
    if entry["checked_on"]:
        return date.fromisoformat(entry["checked_on"])
    return None if entry["source"] == DEFINITIONS else datetime.fromisoformat(entry["at"]).date()


def says_nothing_new(claim: ClaimInput, entry: Entry | None) -> bool:
    """Return whether what stands says the same, on all of this evidence, looked at no earlier."""
    if entry is None:
        return claim.says_the_same(None)
    urls = {link["url"] for link in entry["evidence"]}
    same = (claim.value, claim.status) == (entry["value"], entry["status"])
    covered = {link["url"] for link in claim.evidence} <= urls
    since = known_since(entry)
    return same and covered and (since is None or claim.checked_on is None or since >= claim.checked_on)


def why_it_yields(claim: ClaimInput, entry: Entry | None) -> str:
    """Return why what stands stays, in words for the report; empty where the claim takes its place."""
    if entry is None:
        return ""
    if claim.status == UNKNOWN and claim.value is None and not claim.evidence and entry["status"] != UNKNOWN:
        return "the file does not know; what the catalogue knows stays"
    since = known_since(entry)
    if since and claim.checked_on and since > claim.checked_on:
        return f"the catalogue has a newer claim, of {since.isoformat()}"
    return ""


def with_evidenced_terms(claim: ClaimInput, entry: Entry | None, book: TermBook, vocabulary: str) -> ClaimInput:
    """Return a claim of terms with those that stand on a link of their own, labelled with what they name.

    Who lists some in a file does not say that the others are not there.
    """
    if claim.value is None or entry is None or not entry["value"]:
        return claim
    named = {code: term.infrastructure for code in entry["value"]["terms"] if (term := book.current(vocabulary, code))}
    links = {link["url"]: link for link in entry["evidence"] if named_by(link) & set(named.values())}
    evidenced = set[str]().union(*map(named_by, links.values()))
    kept = [code for code, other in named.items() if other in evidenced and code not in claim.value["terms"]]
    if not kept:
        return claim
    known = {link["url"]: link for link in claim.evidence} | links
    value = {**claim.value, "terms": [*claim.value["terms"], *kept]}
    return replace(claim, value=value, evidence=tuple(known.values()))


def with_known_evidence(claim: ClaimInput, entry: Entry | None) -> ClaimInput:
    """Return a claim that repeats what stands with the evidence of both."""
    if entry is None or (claim.value, claim.status) != (entry["value"], entry["status"]):
        return claim
    links = {link["url"]: link for link in (*entry["evidence"], *claim.evidence)}
    return replace(claim, evidence=tuple(links.values()))
