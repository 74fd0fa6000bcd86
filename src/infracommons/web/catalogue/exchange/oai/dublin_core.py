"""A profile as unqualified Dublin Core, the format that every OAI-PMH harvester reads."""

from collections.abc import Iterator

from lxml import etree

from infracommons.web.catalogue.exchange.alternates.subject import Subject
from infracommons.web.catalogue.exchange.jsonld import licence_address, types_of
from infracommons.web.catalogue.exchange.xml_text import xml_text

OAI_DC, DC = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_DCMI = {"SoftwareApplication": "Software", "Service": "Service", "Dataset": "Dataset", "DataCatalog": "Collection"}


def dublin_core(subject: Subject) -> etree._Element:
    """Return the element oai_dc:dc."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {SCHEMA}")
    for name, text in _elements(subject):
        etree.SubElement(root, f"{{{DC}}}{name}").text = xml_text(text)
    return root


def _elements(subject: Subject) -> Iterator[tuple[str, str]]:
    facts = subject.facts
    yield "title", subject.infrastructure.name
    yield from (("title", name) for name in facts.value("aliases") or [])
    if steward := facts.value("steward"):
        yield "publisher", steward["name"]
    for code in ("categories", "domains"):
        yield from (("subject", term.label) for term in facts.terms(code))
    if summary := facts.text("summary"):
        yield "description", summary
    if launched := facts.value("launched"):
        yield "date", str(launched)
    yield "type", _DCMI.get(types_of(facts)[0], "InteractiveResource")
    yield "identifier", subject.page
    if website := facts.value("website"):
        yield "identifier", website
    yield from (("relation", link) for link in facts.links("code_repository"))
    if licence := facts.value("spdx_licence"):
        yield "rights", licence_address(licence)
