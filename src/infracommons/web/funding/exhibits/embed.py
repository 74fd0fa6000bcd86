"""The slim page of a chart that a frame on another site shows."""

from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.query_string import choice, one
from infracommons.insights.release import Release
from infracommons.web.funding.exhibits.kind import kind_or_404
from infracommons.web.funding.exhibits.shown import shown
from infracommons.web.funding.filtered import filtered
from infracommons.web.shared.middleware import POLICY
from infracommons.web.shared.published import of_release

THEMES = ("auto", "light", "dark")
_FRAMED_BY_ANYONE = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@dataclass(frozen=True)
class EmbedFilters(AwardFilters):
    """The filters of a chart, and the theme of its frame: as the reader's system says, or always one."""

    theme: str = one(THEMES[0], *choice(THEMES))

    def of_awards(self) -> AwardFilters:
        """Return the filters alone."""
        return AwardFilters(**{f.name: getattr(self, f.name) for f in fields(AwardFilters)})


@xframe_options_exempt
@of_release
@filtered(EmbedFilters)
def chart_embed(request: HttpRequest, release: Release, filters: EmbedFilters, name: str) -> HttpResponse:
    """Show a chart without the site around it; any site may frame this page, and no other of ours."""
    kind_or_404(name)
    context = {"shown": shown(request, release, name, filters.of_awards(), level=1), "theme": filters.theme}
    response = render(request, "funding/exhibits/embed.html", context)
    response.headers["Content-Security-Policy"] = _FRAMED_BY_ANYONE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
