"""The addresses of the search for awards."""

from django.urls import path, re_path

from infracommons.web.funding.search import views

urlpatterns = [
    path("awards/help/", views.awards_help, name="awards_help"),
    re_path(r"^awards\.(?P<form>atom|feed\.json)$", views.awards_feed, name="awards_feed"),
    path("aggregates/<str:by>.<str:form>", views.aggregate, name="aggregate_file"),
]
