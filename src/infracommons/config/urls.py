"""The addresses of the site."""

from django.urls import include, path

from infracommons.web.shared.health import livez, readyz

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("", include("infracommons.web.catalogue.urls")),
    path("api/", include("infracommons.config.api")),
    path("funding/", include("infracommons.web.funding.urls")),
    path("reports/", include("infracommons.web.reports.urls")),
    path("policies/", include("infracommons.web.support.urls")),
    path("account/", include("infracommons.web.accounts.urls")),
]

handler400 = "infracommons.web.shared.views.bad_request"
handler403 = "infracommons.web.shared.views.forbidden"
handler404 = "infracommons.web.shared.views.not_found"
handler429 = "infracommons.web.shared.views.too_many"
handler500 = "infracommons.web.shared.views.server_error"
