import runpy
from pathlib import Path
from typing import Any

import pytest

from infracommons.config import settings


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Return the settings as a new process with this environment reads them."""
    for name in ("DEBUG", "HTTPS", "TRUSTED_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"SECRET_KEY": "x" * 50} | environment).items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(settings.__file__)))


def test_on_one_machine_cookies_go_by_http_and_no_header_of_a_reader_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = read(monkeypatch)
    assert not plain["SESSION_COOKIE_SECURE"]
    assert not plain["CSRF_COOKIE_SECURE"]
    assert plain["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert "SECURE_PROXY_SSL_HEADER" not in plain
    assert plain["ACCOUNT_DEFAULT_HTTP_PROTOCOL"] == "http"


def test_behind_https_cookies_never_go_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    behind = read(monkeypatch, HTTPS="1")
    assert behind["SESSION_COOKIE_SECURE"]
    assert behind["CSRF_COOKIE_SECURE"]
    assert behind["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert behind["ACCOUNT_DEFAULT_HTTP_PROTOCOL"] == "https"
    assert read(monkeypatch, HTTPS="1", TRUSTED_PROXIES="2")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


def test_keys_are_asked_for_over_plain_http_only_while_debugging(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read(monkeypatch)["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
    assert read(monkeypatch, DEBUG="1")["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
