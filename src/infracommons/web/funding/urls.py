"""The addresses of the funding pages."""

from django.urls import path

from infracommons.web.funding import downloads, views

urlpatterns = [
    path("", views.home),
    path("awards/", views.awards),
    path("awards.<str:form>", downloads.awards),
    path("awards/<path:award_id>/", views.award),
    path("infrastructures/", views.infrastructures),
    path("infrastructures/<str:infrastructure_id>/", views.infrastructure),
    path("funders/", views.funders),
    path("funders/<path:organisation_id>/", views.funder),
    path("years/", views.years),
    path("records/", views.records),
    path("records.<str:form>", downloads.records),
    path("exclusions/", views.exclusions),
    path("exclusions.<str:form>", downloads.exclusions),
    path("totals/<str:by>.<str:form>", downloads.totals),
    path("downloads/", views.tables),
    path("downloads/datapackage.json", downloads.data_package),
    path("downloads/<str:table>.<str:form>", downloads.table),
]
