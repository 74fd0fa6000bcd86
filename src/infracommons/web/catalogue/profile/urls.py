"""Addresses of the pages of one infrastructure, of stewards, and about the catalogue."""

from django.urls import path

from infracommons.web.catalogue.profile import about, directory, views

urlpatterns = [
    path("infrastructures/<slug:infrastructure_id>/", views.profile, name="profile"),
    path("infrastructures/<slug:infrastructure_id>/history/", views.history, name="profile_history"),
    path("infrastructures/<slug:infrastructure_id>/changes/", views.changes, name="profile_changes"),
    path("stewards/", directory.stewards, name="stewards"),
    path("stewards/<slug:organisation_id>/", directory.steward, name="steward"),
    path("about/inclusion/", about.inclusion, name="inclusion"),
    path("about/coverage/", about.coverage, name="coverage"),
    path("suggested/", about.suggested, name="suggested"),
]
