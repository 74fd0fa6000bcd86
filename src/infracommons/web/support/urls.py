"""The addresses of the policies."""

from django.urls import include, path

urlpatterns = [path("", include("infracommons.web.support.policies.urls"))]
