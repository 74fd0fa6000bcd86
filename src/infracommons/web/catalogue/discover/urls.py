"""The addresses of the front page, the search and its help."""

from django.urls import URLPattern, URLResolver, path

from infracommons.web.catalogue.discover import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("infrastructures/", views.discover, name="discover"),
    path("infrastructures/search-help/", views.search_help, name="search_help"),
]
