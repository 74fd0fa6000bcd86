"""Writes the answer to each verb of OAI-PMH."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from lxml import etree

from infracommons.web.catalogue.exchange.alternates.subject import Subject
from infracommons.web.catalogue.exchange.oai import records as listing
from infracommons.web.catalogue.exchange.oai.arguments import PREFIX, OaiError, check_prefix, span
from infracommons.web.catalogue.exchange.oai.dublin_core import OAI_DC, SCHEMA, XSI, dublin_core
from infracommons.web.catalogue.exchange.oai.records import PAGE, Record, record_of, stamp
from infracommons.web.catalogue.exchange.oai.tokens import HOURS, Place, place_of, token_of
from infracommons.web.catalogue.exchange.public import public_infrastructures
from infracommons.web.catalogue.exchange.xml_text import document, xml_text
from infracommons.web.catalogue.fields.terms import TermBook

OAI = "http://www.openarchives.org/OAI/2.0/"
_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # of a repository without a record


@dataclass(frozen=True)
class Repository:
    """Where the repository stands on the web, and its words; `host` names it in identifiers."""

    address: str
    root: str
    host: str
    book: TermBook

    def identifier(self, slug: str) -> str:
        """Return the identifier of a record."""
        return f"oai:{self.host}:{slug}"

    def slug(self, identifier: str) -> str | None:
        """Return the id in an identifier of this repository, None for another's."""
        begin = self.identifier("")
        return identifier[len(begin) :] if identifier.startswith(begin) else None


def element(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element of the protocol, with text that XML can hold."""
    added = etree.SubElement(parent, f"{{{OAI}}}{name}", attributes)
    added.text = xml_text(text) or None
    return added


def answer(repository: Repository, arguments: Mapping[str, str], root: etree._Element) -> None:
    """Add the answer to checked arguments. Raises OaiError."""
    verb = arguments["verb"]
    _ANSWERS[verb](repository, arguments, element(root, verb))


def _identify(repository: Repository, _arguments: Mapping[str, str], into: etree._Element) -> None:
    earliest = public_infrastructures().order_by("changed_at").values_list("changed_at", flat=True).first()
    told = {
        "repositoryName": "Infracommons catalogue of open infrastructure for research",
        "baseURL": repository.address,
        "protocolVersion": "2.0",
        "adminEmail": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "earliestDatestamp": stamp(earliest or _BEGINNING),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    for name, text in told.items():
        element(into, name, text)
    description = document(_IDENTIFIER, "oai-identifier")
    element(into, "description").append(description)
    description.set(f"{{{XSI}}}schemaLocation", f"{_IDENTIFIER} {_IDENTIFIER}.xsd")
    parts = {
        "scheme": "oai",
        "repositoryIdentifier": repository.host,
        "delimiter": ":",
        "sampleIdentifier": repository.identifier("arxiv"),
    }
    for name, text in parts.items():
        etree.SubElement(description, f"{{{_IDENTIFIER}}}{name}").text = text


def _list_formats(repository: Repository, arguments: Mapping[str, str], into: etree._Element) -> None:
    if "identifier" in arguments:
        _found(repository, arguments["identifier"])
    told = element(into, "metadataFormat")
    element(told, "metadataPrefix", PREFIX)
    element(told, "schema", SCHEMA)
    element(told, "metadataNamespace", OAI_DC)


def _list_sets(repository: Repository, arguments: Mapping[str, str], into: etree._Element) -> None:
    if "resumptionToken" in arguments:
        message = "the list of sets is sent whole; there are no tokens of it"
        raise OaiError("badResumptionToken", message)
    for term in listing.all_sets(repository.book):
        told = element(into, "set")
        element(told, "setSpec", term.code)
        element(told, "setName", term.label)


def _get_record(repository: Repository, arguments: Mapping[str, str], into: etree._Element) -> None:
    record = _found(repository, arguments["identifier"])
    check_prefix(arguments["metadataPrefix"])
    _add_record(repository, record, into)


def _found(repository: Repository, identifier: str) -> Record:
    slug = repository.slug(identifier)
    record = record_of(slug, repository.book) if slug else None
    if record is None:
        message = f"no record has the identifier {identifier[:200]!r}"
        raise OaiError("idDoesNotExist", message)
    return record


def _list_records(repository: Repository, arguments: Mapping[str, str], into: etree._Element) -> None:
    _list(repository, arguments, into, _add_record)


def _list_identifiers(repository: Repository, arguments: Mapping[str, str], into: etree._Element) -> None:
    _list(repository, arguments, into, _add_header)


def _list(
    repository: Repository,
    arguments: Mapping[str, str],
    into: etree._Element,
    add: Callable[[Repository, Record, etree._Element], None],
) -> None:
    verb, token = arguments["verb"], arguments.get("resumptionToken")
    place = place_of(token, verb) if token else None
    asked = dict(place.arguments) if place else {key: value for key, value in arguments.items() if key != "verb"}
    check_prefix(asked["metadataPrefix"])
    wanted = asked.get("set", "")
    listing.check_set(wanted)
    rows = listing.changed_within(span(asked))
    size = place.size if place else listing.size_of(rows, wanted, repository.book)
    left = listing.records(listing.after(rows, place) if place else rows, wanted, repository.book)
    page, goes_on = _page(left)
    if not page:
        message = "no records match" if place is None else "the records behind this token are gone; begin again"
        raise OaiError("noRecordsMatch" if place is None else "badResumptionToken", message)
    for record in page:
        add(repository, record, into)
    sent = place.sent if place else 0
    if goes_on:
        last = page[-1].infrastructure
        following = Place(verb, asked, last.changed_at.isoformat(), last.pk, sent + len(page), size)
        expires = stamp(timezone.now() + timedelta(hours=HOURS))
        told = {"completeListSize": str(size), "cursor": str(sent), "expirationDate": expires}
        element(into, "resumptionToken", token_of(following), **told)
    elif place:
        element(into, "resumptionToken", completeListSize=str(size), cursor=str(sent))


def _page(left: Iterable[Record]) -> tuple[list[Record], bool]:
    """Return the next records, all of each infrastructure together, and whether more follow."""
    page: list[Record] = []
    for record in left:
        if len(page) >= PAGE and record.infrastructure.pk != page[-1].infrastructure.pk:
            return page, True
        page.append(record)
    return page, False


def _add_header(repository: Repository, record: Record, into: etree._Element) -> None:
    header = element(into, "header", **({"status": "deleted"} if record.is_deleted else {}))
    element(header, "identifier", repository.identifier(record.slug))
    element(header, "datestamp", record.datestamp)
    for name in record.sets:
        element(header, "setSpec", name)


def _add_record(repository: Repository, record: Record, into: etree._Element) -> None:
    told = element(into, "record")
    _add_header(repository, record, told)
    if not record.is_deleted:
        subject = Subject(record.infrastructure, repository.book, repository.root)
        element(told, "metadata").append(dublin_core(subject))


_ANSWERS: dict[str, Callable[[Repository, Mapping[str, str], etree._Element], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
