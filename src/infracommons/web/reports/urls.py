"""The addresses of the reports."""

from django.urls import path

from infracommons.web.reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<slug:name>/", views.report, name="report"),
    path("<slug:name>.<slug:form>", views.report_file, name="report_file"),
    path("<slug:name>/<str:infrastructure>/", views.report_of, name="report_of"),
    path("<slug:name>/<str:infrastructure>.<slug:form>", views.report_of_file, name="report_of_file"),
]
