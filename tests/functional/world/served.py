"""Serves the site as the command does, and names in each answer the templates that made it.

A browser reads the names from the header Server-Timing. Under `/_page/` stand pages that only a failing or closed
site shows, rendered as the site's own handlers do.
"""

import sys
from collections.abc import Callable, Iterable
from threading import local
from typing import Any

from django.core.signals import request_started
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.base import Template
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render  # type: ignore[attr-defined]  # not declared
from django.urls import path

from infracommons.config import wsgi
from infracommons.config.serve import serve
from infracommons.web.shared import views

_seen = local()
_HANDLERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "shared/429.html": views.too_many,
    "shared/500.html": views.server_error,
    "shared/503.html": views.no_release,
}


def _page(request: HttpRequest, name: str) -> HttpResponse:
    handler = _HANDLERS.get(name)
    return handler(request) if handler else render(request, name)


def _begin(**_: Any) -> None:
    _seen.names = []


def _note(template: Template, **_: Any) -> None:
    if template.name and template.name not in _seen.names:
        _seen.names.append(template.name)


def _naming(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def named(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            templates = ", ".join(f't;desc="{name}"' for name in getattr(_seen, "names", []) if name.endswith(".html"))
            return start_response(status, [*headers, ("Server-Timing", templates)] if templates else headers, *rest)

        return application(environ, start)

    return named


def main() -> None:
    """Serve until terminated, at the port that the first argument names; 0 takes a free one."""
    from infracommons.config import urls  # noqa: PLC0415 - models need Django set up, which importing wsgi does

    Template._render = instrumented_test_render  # type: ignore[attr-defined]  # as Django's own test runner does
    request_started.connect(_begin)
    template_rendered.connect(_note)
    urls.urlpatterns.append(path("_page/<path:name>", _page))
    wsgi.application = _naming(wsgi.application)  # type: ignore[assignment]
    serve(port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
