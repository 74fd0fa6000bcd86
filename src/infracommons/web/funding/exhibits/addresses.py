"""The addresses of an exhibit: its page, its files, its embed and the snippet that shows it elsewhere."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from infracommons.exhibits.exhibit import Exhibit
from infracommons.insights.award_filters import AwardFilters
from infracommons.web.shared.paged import address

EMBED_WIDTH, EMBED_HEIGHT = 760, 640  # pixels, before the embed says how tall it is
TABLE_FORMS = {"csv": "CSV", "jsonl": "JSON Lines", "json": "JSON", "parquet": "Parquet", "xlsx": "XLSX"}
PICTURE_FORMS = {"svg": "SVG", "png": "PNG", "vl.json": "Vega-Lite"}


@dataclass(frozen=True)
class Link:
    """A link with its words."""

    label: str
    href: str


def chart_address(name: str, filters: AwardFilters) -> str:
    """Return the address of the exhibit's own page."""
    return address(reverse("chart", args=[name]), filters)


def file_address(name: str, form: str, filters: AwardFilters) -> str:
    """Return the address of one of its files; `form` is how the file's name ends."""
    return address(reverse("chart_file", args=[name, form]), filters)


def file_links(shown: Exhibit, filters: AwardFilters) -> tuple[list[Link], list[Link]]:
    """Return the files of the table, and the pictures; none of these where nothing is drawn."""

    def links(forms: dict[str, str]) -> list[Link]:
        return [Link(label, file_address(shown.name, form, filters)) for form, label in forms.items()]

    return links(TABLE_FORMS), links(PICTURE_FORMS) if shown.is_drawn else []


def embed_snippet(
    site: str, shown: Exhibit, filters: AwardFilters, *, width: str = "100%", height: int = EMBED_HEIGHT
) -> str:
    """Return the HTML that shows the exhibit on another site; `site` is our address without a slash at the end."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        site + address(reverse("chart_embed", args=[shown.name]), filters),
        shown.title,
        width,
        height,
    )
