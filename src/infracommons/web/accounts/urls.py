"""The addresses of accounts: ours, and those of signing in, which allauth answers."""

from django.urls import include, path

from infracommons.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("data.json", views.export_data, name="account_export"),
    path("close/", views.close, name="account_close"),
    path("closed/", views.closed, name="account_closed"),
    path("terms/", views.show_terms, name="account_terms"),
    path("people/", views.list_people, name="people"),
    path("people/<int:pk>/", views.show_person, name="person"),
    path("people/<int:pk>/role/", views.change_role, name="person_role"),
    path("", include("allauth.urls")),
]
