"""The addresses of the funding pages."""

from django.urls import include, path

from infracommons.web.funding import downloads, views

urlpatterns = [
    path("", views.home, name="funding_home"),
    path("charts/", include("infracommons.web.funding.exhibits.urls")),
    path("review/", include("infracommons.web.funding.desk.urls")),
    path("releases/", include("infracommons.web.funding.releases.urls")),
    path("", include("infracommons.web.funding.search.urls")),
    path("awards/", views.awards, name="awards"),
    path("awards.<str:form>", downloads.awards, name="awards_file"),
    path("awards/<path:award_id>/", views.award, name="award"),
    path("infrastructures/", views.infrastructures, name="funding_infrastructures"),
    path("infrastructures/<str:infrastructure_id>/", views.infrastructure, name="funding_infrastructure"),
    path("funders/", views.funders, name="funders"),
    path("funders/<path:organisation_id>/", views.funder, name="funder"),
    path("years/", views.years, name="years"),
    path("records/", views.records, name="records"),
    path("records.<str:form>", downloads.records, name="records_file"),
    path("exclusions/", views.exclusions, name="exclusions"),
    path("exclusions.<str:form>", downloads.exclusions, name="exclusions_file"),
    path("totals/<str:by>.<str:form>", downloads.totals, name="totals_file"),
    path("downloads/", views.tables, name="downloads"),
    path("downloads/datapackage.json", downloads.data_package, name="data_package"),
    path("downloads/<str:table>.<str:form>", downloads.table, name="table"),
]
