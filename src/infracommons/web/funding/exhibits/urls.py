"""The addresses of the charts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
