"""Reads from the environment which other services people may sign in by; without any, none is offered."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

OIDC = "oidc"  # in the addresses of the one OpenID Connect service


def providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS for ORCID and for one OpenID Connect service.

    Raises ImproperlyConfigured where a service is named by halves.
    """
    found: dict[str, Any] = {}
    if orcid := _all_or_none(environment, ("ORCID_CLIENT_ID", "ORCID_SECRET")):
        app = {"client_id": orcid[0], "secret": orcid[1], "name": "ORCID"}
        domain = environment.get("ORCID_DOMAIN") or "orcid.org"
        found["orcid"] = {"APPS": [app], "BASE_DOMAIN": domain, "MEMBER_API": False}
    if oidc := _all_or_none(environment, ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_SECRET")):
        address, client_id, secret = oidc
        app = {"provider_id": OIDC, "client_id": client_id, "secret": secret}
        app["name"] = environment.get("OIDC_NAME") or "your organisation"
        found["openid_connect"] = {"APPS": [{**app, "settings": {"server_url": address, "oauth_pkce_enabled": True}}]}
    return found


def _all_or_none(environment: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    values = [environment.get(name, "").strip() for name in names]
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing and len(missing) < len(names):
        message = f"{', '.join(names)} belong together; set {' and '.join(missing)}, or none of them"
        raise ImproperlyConfigured(message)
    return [] if missing else values
