"""The addresses of the releases."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
