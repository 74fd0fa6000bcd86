"""The addresses of comparisons."""

from django.urls import URLPattern, URLResolver, path

from infracommons.web.catalogue.compare import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("compare", views.compare, name="compare"),
    path("compare.<str:form>", views.compare_file, name="compare_file"),
]
