"""Reads XML from strangers, record by record: no entities, no network, no unbounded trees."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from infracommons.pipeline.raw import Document


def xml_records(document: Document, name: str) -> Iterator[etree._Element]:
    """Yield each element of that name (`{*}name` for any namespace) once it is whole.

    An element is whole only until the next one is asked for; then it is emptied, so that the tree stays small.
    Raises SyntaxError (lxml's XMLSyntaxError is one) where the document breaks off or is none, after the records
    before. Damage of what it is packed in is told before the first one.
    """
    # lxml swallows what a stream raises while it reads, so the bytes are read first; see Document.read for the bound.
    content = BytesIO(document.read())
    events = etree.iterparse(
        content, ("end",), tag=name, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_pis=True,
    )  # fmt: skip
    for _, element in events:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
