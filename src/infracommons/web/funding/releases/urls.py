"""The addresses of the releases."""

from django.urls import path

from infracommons.web.funding.releases import files, views

urlpatterns = [
    path("", views.releases, name="releases"),
    path("compare", views.compare, name="compare_releases"),
    path("<str:release_id>/", views.release, name="release"),
    path("<str:release_id>/release.json", files.manifest, name="release_manifest"),
    path("<str:release_id>/package.zip", files.package, name="release_package"),
    path("<str:release_id>/tables/<str:table>.<str:form>", files.table, name="release_table"),
    path("<str:before>/<str:after>/", views.two_releases, name="release_difference"),
    path("<str:before>/<str:after>/changes.<str:form>", files.changes, name="release_changes_file"),
    path("<str:before>/<str:after>/by/<str:grouping>/", views.movement, name="release_movement"),
    path("<str:before>/<str:after>/by/<str:grouping>.<str:form>", files.movement, name="release_movement_file"),
]
