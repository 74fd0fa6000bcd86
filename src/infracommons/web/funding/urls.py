"""The addresses of the funding pages."""

from django.urls import include, path

from infracommons.web.funding import chapters, downloads, entities, lists, narrow, views
from infracommons.web.funding.exhibits.oembed import oembed
from infracommons.web.funding.home import home

urlpatterns = [
    path("", home, name="funding_home"),
    path("charts/", include("infracommons.web.funding.exhibits.urls")),
    path("oembed", oembed, name="oembed"),
    path("narrow/", narrow.narrow, name="narrow"),
    path("narrow/suggest/", narrow.suggest, name="narrow_suggest"),
    path("review/", include("infracommons.web.funding.desk.urls")),
    path("releases/", include("infracommons.web.funding.releases.urls")),
    path("", include("infracommons.web.funding.search.urls")),
    path("awards/", views.awards, name="awards"),
    path("awards.<str:form>", downloads.awards, name="awards_file"),
    path("awards/<path:award_id>/", views.award, name="award"),
    path("infrastructures/", lists.infrastructures, name="funding_infrastructures"),
    path("infrastructures/without-awards/", lists.without_awards, name="without_awards"),
    path("infrastructures/<str:infrastructure_id>/", entities.infrastructure, name="funding_infrastructure"),
    path("funders/", lists.funders, name="funders"),
    path("funders/<path:organisation_id>/", entities.funder, name="funder"),
    path("recipients/", lists.recipients, name="recipients"),
    path("organisations/<str:organisation_id>/", entities.organisation, name="organisation"),
    path(
        "organisations/<str:organisation_id>/alone/",
        entities.organisation,
        {"alone": True},
        name="organisation_alone",
    ),
    path("what-for/", chapters.chapter, {"name": "what-for"}, name="what_for"),
    path("risk/", chapters.chapter, {"name": "risk"}, name="risk"),
    path("reliance/", chapters.reliance, name="reliance"),
    path("where/", chapters.chapter, {"name": "where"}, name="where"),
    path("years/", lists.years, name="years"),
    path("records/", views.records, name="records"),
    path("records.<str:form>", downloads.records, name="records_file"),
    path("exclusions/", views.exclusions, name="exclusions"),
    path("exclusions.<str:form>", downloads.exclusions, name="exclusions_file"),
    path("totals/<str:by>.<str:form>", downloads.totals, name="totals_file"),
    path("downloads/", views.tables, name="downloads"),
    path("downloads/datapackage.json", downloads.data_package, name="data_package"),
    path("downloads/<str:table>.<str:form>", downloads.table, name="table"),
]
