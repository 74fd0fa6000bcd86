"""The addresses of the search for awards."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
