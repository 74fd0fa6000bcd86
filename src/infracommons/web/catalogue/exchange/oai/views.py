"""The address of OAI-PMH: GET and POST alike, every answer a document of the protocol, errors too."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.answers import site_root
from infracommons.web.catalogue.exchange.oai.answers import OAI, Repository, answer, element
from infracommons.web.catalogue.exchange.oai.arguments import OaiError, checked
from infracommons.web.catalogue.exchange.oai.dublin_core import XSI
from infracommons.web.catalogue.exchange.oai.records import stamp
from infracommons.web.catalogue.exchange.xml_text import document, to_bytes, xml_text

_NOT_ECHOED = frozenset({"badVerb", "badArgument"})


@csrf_exempt  # a form may be sent from anywhere: it only reads
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer one request of a harvester."""
    given = {name: request.POST.getlist(name) for name in request.POST} if request.method == "POST" else _asked(request)
    address = site_root(request) + request.path
    repository = Repository(address, site_root(request), urlsplit(address).hostname or "", term_book())
    root = _document()
    echoed = etree.SubElement(root, f"{{{OAI}}}request")
    echoed.text = address
    try:
        arguments = checked(given)
        _echo(echoed, arguments)
        answer(repository, arguments, root)
    except OaiError as error:
        for added in list(root)[2:]:
            root.remove(added)
        if error.code in _NOT_ECHOED:
            echoed.attrib.clear()
        element(root, "error", str(error), code=error.code)
    response = HttpResponse(to_bytes(root), content_type="text/xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asked(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.GET.getlist(name) for name in request.GET}


def _document() -> etree._Element:
    root = document(OAI, "OAI-PMH", {"xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    element(root, "responseDate", stamp(timezone.now()))
    return root


def _echo(echoed: etree._Element, arguments: Mapping[str, str]) -> None:
    for name, value in arguments.items():
        echoed.set(name, xml_text(value))
