"""The addresses below /policies/."""

from django.urls import path

from infracommons.web.support.policies import files, views

urlpatterns = [
    path("", views.policies, name="policies"),
    path("policies.<str:form>", files.policies, name="policies_file"),
    path("clauses.<str:form>", files.clauses, name="policy_clauses_file"),
    path("changes/", views.changes, name="policy_changes"),
    path("changes.<str:form>", files.changes_feed, name="policy_feed"),
    path("requirements/", views.requirements, name="policy_requirements"),
    path("requirements/<str:code>/", views.requirement, name="policy_requirement"),
    path("<slug:code>/", views.policy, name="policy"),
    path("<slug:code>.json", files.policy, name="policy_file"),
]
