"""The integrations in the definitions: each with evidence that can be opened, none twice, all with a term."""

from pathlib import Path
from urllib.parse import urlsplit

from infracommons.pipeline.definitions import load_catalogue
from infracommons.vocabulary.definitions import Integration
from infracommons.web.catalogue.fields.registry import vocabularies

DEFINITIONS = Path(__file__).parents[1] / "definitions"
CATALOGUE = load_catalogue(DEFINITIONS)
EDGES = [(one.infrastructure_id, edge) for one in CATALOGUE for edge in one.integrations]
# Where those who make the software or run the service, or their partners in the integration, write about it.
PUBLISHERS = frozenset({
    "aurora.auburn.edu", "blog.front-matter.io", "code-repo.d4science.org", "doi.org", "gitlab.coko.foundation",
    "guides.dataverse.org", "inveniordm.docs.cern.ch", "link.springer.com", "opencitations.hypotheses.org",
    "osc.universityofcalifornia.edu", "septentrio.uit.no", "wiki.lyrasis.org", "www.crossref.org",
    "www.loc.gov", "www.ncbi.nlm.nih.gov", "www.openaire.eu", "www.researchinformation.info",
})  # fmt: skip
TEAMS = frozenset({"birkbeckctp", "omeka-s-modules"})  # accounts of those who make Janeway and Omeka
HOSTED = {"github.com", "gitlab.com"}  # an account on either, or its pages: archivesspace.github.io


def owner(address: str) -> str:
    """Return whose an address is: the account on a host of code, else the last two parts of the host's name."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in HOSTED:
        return parts.path.split("/")[1].lower()
    return host.split(".")[0] if host.endswith(".github.io") else ".".join(host.split(".")[-2:])


def test_there_are_enough_integrations_to_see_a_network() -> None:
    assert len(EDGES) >= 80
    assert len({one for one, _ in EDGES} | {edge.infrastructure_id for _, edge in EDGES}) >= 60


def test_every_target_has_a_term() -> None:
    named = {term.infrastructure for term in vocabularies()["integrations"].terms}
    assert {edge.infrastructure_id for _, edge in EDGES} <= named


def test_no_integration_is_said_twice_or_of_itself() -> None:
    pairs = [(one, edge.infrastructure_id) for one, edge in EDGES]
    assert len(pairs) == len(set(pairs))
    assert all(one != other for one, other in pairs)


def test_evidence_is_an_address_without_a_fragment_that_anyone_can_open() -> None:
    for one, edge in EDGES:
        parts = urlsplit(edge.evidence)
        assert parts.scheme == "https", (one, edge)
        assert "." in (parts.hostname or ""), (one, edge)
        assert len(parts.path) > 1, (one, edge)
        assert not parts.fragment, (one, edge)


def test_evidence_in_a_code_repository_is_of_one_version_that_stays() -> None:
    for one, edge in EDGES:
        parts = urlsplit(edge.evidence)
        if "/blob/" in parts.path:
            assert len(parts.path.split("/")[4]) == 40, (one, edge)


def test_evidence_is_by_one_of_the_two_or_by_a_publisher_that_was_looked_at() -> None:
    homes: dict[str, set[str]] = {}
    for infrastructure in CATALOGUE:
        known = [infrastructure.homepage, infrastructure.code_repository or ""]
        homes[infrastructure.infrastructure_id] = {owner(address) for address in known if address}

    def is_known(one: str, edge: Integration) -> bool:
        return (
            owner(edge.evidence) in homes[one] | homes[edge.infrastructure_id] | TEAMS
            or urlsplit(edge.evidence).hostname in PUBLISHERS
        )

    assert [(one, edge) for one, edge in EDGES if not is_known(one, edge)] == []
