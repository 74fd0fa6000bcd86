"""The addresses of the review desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
