"""The addresses of the site."""

from django.urls import include, path

urlpatterns = [path("", include("infracommons.web.funding.urls"))]

handler400 = "infracommons.web.shared.views.bad_request"
handler404 = "infracommons.web.shared.views.not_found"
handler500 = "infracommons.web.shared.views.server_error"
