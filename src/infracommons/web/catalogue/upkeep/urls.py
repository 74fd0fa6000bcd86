"""The addresses of upkeep."""

from django.urls import URLPattern, URLResolver, path

from infracommons.web.catalogue.upkeep import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("about/upkeep/", views.upkeep_log, name="upkeep_log"),
    path("about/upkeep.atom", views.upkeep_feed, name="upkeep_feed"),
    path("infrastructures/<slug:infrastructure_id>/follow/", views.follow, name="follow"),
    path("infrastructures/<slug:infrastructure_id>/still-right/", views.renew_page, name="renew"),
]
