"""The addresses of files, feeds, open data, OAI-PMH, and what search engines ask for."""

from django.urls import URLPattern, URLResolver, path

from infracommons.web.catalogue.exchange import data_views, site_files
from infracommons.web.catalogue.exchange.oai.views import oai
from infracommons.web.catalogue.exchange.profile_views import profile_file
from infracommons.web.catalogue.exchange.search_views import discover_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("infrastructures.<str:form>", discover_file, name="discover_file"),
    path("infrastructures/<slug:infrastructure_id>.<str:form>", profile_file, name="profile_file"),
    path("data/catalogue/", data_views.catalogue_downloads, name="catalogue_downloads"),
    path("data/catalogue/<slug:name>.<str:form>", data_views.catalogue_file, name="catalogue_file"),
    path("oai", oai, name="oai"),
    path("sitemap.xml", site_files.sitemap, name="sitemap"),
    path("robots.txt", site_files.robots, name="robots"),
    path("opensearch.xml", site_files.opensearch, name="opensearch"),
]
