"""The addresses of the curators' desk, of the vocabularies, and of everyone's notices."""

from django.urls import URLPattern, URLResolver, path

from infracommons.web.catalogue.desk import inbox, listing_views, proposal_views, steward_views, views
from infracommons.web.catalogue.desk.terms import public_views
from infracommons.web.catalogue.desk.terms import views as term_views

_PROPOSAL = "desk/proposals/<uuid:public_id>/"
_TERMS = "desk/terms/<str:vocabulary>/"
_INFRASTRUCTURE = "desk/infrastructures/<slug:infrastructure_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", views.desk, name="desk"),
    path(_PROPOSAL, proposal_views.desk_proposal, name="desk_proposal"),
    path(f"{_PROPOSAL}decide/", proposal_views.desk_decide, name="desk_decide"),
    path(f"{_PROPOSAL}step/", proposal_views.desk_step, name="desk_step"),
    path(f"{_PROPOSAL}comment/", proposal_views.desk_comment, name="desk_comment"),
    path(f"{_PROPOSAL}assign/", proposal_views.desk_assign, name="desk_assign"),
    path("desk/stewards/", steward_views.desk_stewards, name="desk_stewards"),
    path("desk/stewards/decide/", steward_views.desk_decide_steward, name="desk_decide_steward"),
    path("desk/infrastructures/", listing_views.desk_infrastructures, name="desk_infrastructures"),
    path(_INFRASTRUCTURE, listing_views.desk_infrastructure, name="desk_infrastructure"),
    path(f"{_INFRASTRUCTURE}listing/", listing_views.desk_list, name="desk_list"),
    path(f"{_INFRASTRUCTURE}address/", listing_views.desk_readdress, name="desk_readdress"),
    path("desk/terms/", term_views.desk_terms, name="desk_terms"),
    path(_TERMS, term_views.desk_vocabulary, name="desk_vocabulary"),
    path(f"{_TERMS}add/", term_views.desk_add_term, name="desk_add_term"),
    path(f"{_TERMS}term/<str:code>/", term_views.desk_term, name="desk_term"),
    path(f"{_TERMS}term/<str:code>/change/", term_views.desk_change_term, name="desk_change_term"),
    path("vocabularies/", public_views.vocabularies, name="vocabularies"),
    path("vocabularies/<str:code>/", public_views.vocabulary_page, name="vocabulary_page"),
    path("notices/", inbox.notices, name="notices"),
    path("notices/read/", inbox.mark_read, name="notices_read"),
    path("notices/settings/", inbox.notice_settings, name="notice_settings"),
    path("unsubscribe/<str:token>/", inbox.unsubscribe, name="unsubscribe"),
]
