"""The addresses of this part of the catalogue."""

from django.urls import URLPattern, URLResolver, path, re_path

from infracommons.web.catalogue.contribute.views.confirm import confirm_proposal
from infracommons.web.catalogue.contribute.views.correct import correct
from infracommons.web.catalogue.contribute.views.logo import logo, propose_logo
from infracommons.web.catalogue.contribute.views.proposal import proposal_page
from infracommons.web.catalogue.contribute.views.propose import propose, propose_save
from infracommons.web.catalogue.contribute.views.review import propose_review
from infracommons.web.catalogue.contribute.views.revise import revise_proposal
from infracommons.web.catalogue.contribute.views.steward import ask_to_steward
from infracommons.web.catalogue.contribute.views.suggest import alike_part, suggest
from infracommons.web.catalogue.contribute.views.work import my_work

_ONE = "infrastructures/<slug:infrastructure_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("suggest/", suggest, name="suggest"),
    path("suggest/alike/", alike_part, name="suggest_alike"),
    path(f"{_ONE}/correct/", correct, name="correct"),
    path(f"{_ONE}/steward/", ask_to_steward, name="ask_to_steward"),
    path(f"{_ONE}/propose/", propose, name="propose"),
    path(f"{_ONE}/propose/save/", propose_save, name="propose_save"),
    path(f"{_ONE}/propose/review/", propose_review, name="propose_review"),
    path(f"{_ONE}/propose/logo/", propose_logo, name="propose_logo"),
    path("proposals/<uuid:public_id>/", proposal_page, name="proposal"),
    path("proposals/<uuid:public_id>/revise/", revise_proposal, name="revise_proposal"),
    path("proposals/<uuid:public_id>/confirm/<str:secret>/", confirm_proposal, name="confirm_proposal"),
    path("work/", my_work, name="my_work"),
    re_path(r"^logos/(?P<sha256>[0-9a-f]{64})\.png$", logo, name="logo"),
]
