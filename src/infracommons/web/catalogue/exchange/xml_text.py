"""Makes XML documents, and keeps out of them what XML 1.0 cannot hold."""

import re
from collections.abc import Mapping

from lxml import etree

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return text without the characters that no XML document may have."""
    return _NOT_XML.sub("", text)


def document(namespace: str, name: str, prefixes: Mapping[str, str] | None = None) -> etree._Element:
    """Return a root element whose namespace needs no prefix; `prefixes` are those of others."""
    namespaces = {None: namespace} | dict(prefixes or {})
    return etree.Element(f"{{{namespace}}}{name}", nsmap=namespaces)  # type: ignore[arg-type]  # the stubs lack None


def to_bytes(root: etree._Element) -> bytes:
    """Return the document, UTF-8, with its declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
