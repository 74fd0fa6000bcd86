"""The addresses of the reports."""

from django.urls import path

from infracommons.web.reports import comparison, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<slug:name>/compare", comparison.report, name="report_compare"),
    path("<slug:name>/compare/numbers.<slug:form>", comparison.report_file, name="report_compare_file"),
    path("<slug:name>/<str:infrastructure>/compare", comparison.report_of, name="report_of_compare"),
    path(
        "<slug:name>/<str:infrastructure>/compare/numbers.<slug:form>",
        comparison.report_of_file,
        name="report_of_compare_file",
    ),
    path("<slug:name>/", views.report, name="report"),
    path("<slug:name>.<slug:form>", views.report_file, name="report_file"),
    path("<slug:name>/<str:infrastructure>/", views.report_of, name="report_of"),
    path("<slug:name>/<str:infrastructure>.<slug:form>", views.report_of_file, name="report_of_file"),
]
