"""Files of one chart: its table with all rows, its pictures and its specification."""

import json

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from infracommons.exhibits.draw.render import png_file, svg_file, vega_lite
from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.registry import exhibit
from infracommons.exhibits.table import as_json, table_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Release
from infracommons.web.funding.downloads import about_file, counting
from infracommons.web.funding.exhibits.addresses import PICTURE_FORMS, TABLE_FORMS, chart_address
from infracommons.web.funding.exhibits.kind import kind_or_404
from infracommons.web.funding.filtered import filtered
from infracommons.web.shared.published import of_release

_JSON = "application/json"


@of_release
@filtered(AwardFilters)
def chart_file(request: HttpRequest, release: Release, filters: AwardFilters, name: str, form: str) -> HttpResponseBase:
    """Send one file of a chart; `form` is how the name of the file ends."""
    kind_or_404(name)
    if form not in TABLE_FORMS and form not in PICTURE_FORMS:
        message = f"A chart cannot be had as “{form}”; there are {', '.join([*TABLE_FORMS, *PICTURE_FORMS])}."
        raise Http404(message)
    plain = filters.narrowed(sort=AwardFilters().sort)
    found = exhibit(release, name, plain)
    address = request.build_absolute_uri(chart_address(name, plain))
    response = _picture(found, form, address) if form in PICTURE_FORMS else _table(request, release, found, plain, form)
    shows = "inline" if form in PICTURE_FORMS else "attachment"
    file_name = f"infracommons-{name}-{release.release_id}.{form}"
    response.headers["Content-Disposition"] = f'{shows}; filename="{file_name}"'
    return response


def _table(
    request: HttpRequest, release: Release, found: Exhibit, filters: AwardFilters, form: str
) -> HttpResponseBase:
    if form == "json":
        address = request.build_absolute_uri(chart_address(found.name, filters))
        return HttpResponse(as_json(found, address, to_query(filters)), content_type=_JSON)
    about = about_file(request, release) | counting(filters) | {"title": found.title, "sentence": found.sentence}
    written = FORMATS[form].bytes_of(*table_of(found), about=about)
    return StreamingHttpResponse(written, content_type=FORMATS[form].media_type)


def _picture(found: Exhibit, form: str, address: str) -> HttpResponse:
    """Answer with a picture, which other sites may show as it is."""
    if not found.is_drawn:
        message = f"{found.title}: there is nothing to draw. {found.sentence}"
        raise Http404(message)
    if form == "png":
        response = HttpResponse(png_file(found, address), content_type="image/png")
    elif form == "svg":
        response = HttpResponse(svg_file(found, address), content_type="image/svg+xml")
    else:
        response = HttpResponse(json.dumps(vega_lite(found, address=address), indent=1), content_type=_JSON)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
