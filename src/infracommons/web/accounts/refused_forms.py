"""Answers 400, not 200, where a page shows a form again because it could not be taken."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

Handler = Callable[[HttpRequest], HttpResponseBase]
_TAKEN, _BAD_REQUEST = 200, 400


class RefusedForms:
    """Looks at the forms that a page is about to show, as the sign-in pages hand them to their templates."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Give the page of a refused form the status of bad input."""
        shown = (response.context_data or {}).values()
        refused = any(isinstance(value, BaseForm) and value.is_bound and value.errors for value in shown)
        if request.method == "POST" and response.status_code == _TAKEN and refused:
            response.status_code = _BAD_REQUEST
        return response
