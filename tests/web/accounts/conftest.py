"""People who sign up, sign in and hold roles, all of them invented."""

import json
import re
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from infracommons.config.sign_in import providers
from infracommons.web.accounts.models import User

OIDC_CALLBACK = "/account/oidc/oidc/login/callback/"
PASSWORD = "seven blue kettles sing"  # noqa: S105 - of invented people


@pytest.fixture(autouse=True)
def _nobody_tried_before(settings: Any) -> None:
    """Forget how often earlier tests signed in, and keep passwords quick to check."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def person(db: None) -> Callable[..., User]:  # noqa: ARG001 - needs the database
    """Return a function that makes a person with a confirmed address."""

    def make(email: str = "ada@example.org", **fields: Any) -> User:
        user = User.objects.create_user(email, PASSWORD, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    return make


@pytest.fixture
def ada(person: Callable[..., User]) -> User:
    return person(name="Ada Example")


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Any]:
    """Return a function that sends the sign-in form."""

    def send(email: str = "ada@example.org", password: str = PASSWORD, **more: str) -> Any:
        return client.post(reverse("account_login"), {"login": email, "password": password, **more})

    return send


@pytest.fixture
def signed_in(client: Client, ada: User, sign_in: Callable[..., Any]) -> Client:
    """A browser in which Ada has signed in."""
    assert sign_in(ada.email).headers["Location"] == reverse("account")
    return client


@pytest.fixture
def link_of_mail() -> Callable[..., str]:
    """Return a function that gives the path of the link in a mail that was sent."""

    def link(number: int = -1) -> str:
        found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[number].body))
        assert found is not None, mail.outbox[number].body
        return str(found[1])

    return link


@pytest.fixture
def code_of() -> Callable[..., str]:
    """Return a function that gives the code that an authenticator app shows for a secret, now or some steps off."""

    def code(secret: str, steps: int = 0) -> str:
        return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))

    return code


@pytest.fixture
def app_of() -> Callable[[User], str]:
    """Return a function that gives a person an authenticator app and returns its secret."""

    def add(user: User) -> str:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return str(secret)

    return add


class Service(BaseHTTPRequestHandler):
    """An OpenID Connect service that knows one person."""

    says: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path == "/.well-known/openid-configuration":
            ends = {"authorization": "login", "token": "token", "userinfo": "person"}
            self._send({f"{end}_endpoint": f"{here}/{path}" for end, path in ends.items()} | {"issuer": here})
        else:
            self._send(self.says)

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._send({"access_token": "a token", "token_type": "Bearer"})

    def _send(self, answer: Any) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    """A service on this machine by which people may sign in, set up in the settings."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    Service.says, Service.asked = {"sub": "g1", "name": "Grace Example", "email": "grace@example.org"}, []
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.SOCIALACCOUNT_PROVIDERS = providers(
            {
                "OIDC_NAME": "Example University",
                "OIDC_SERVER_URL": f"http://127.0.0.1:{server.server_port}",
                "OIDC_CLIENT_ID": "infracommons",
                "OIDC_SECRET": "not a secret",
            }
        )
        yield Service
        server.shutdown()


@pytest.fixture
def go_and_come_back(service: type[Service]) -> Callable[..., Any]:  # noqa: ARG001 - is asked
    """Return a function that signs a browser in at the service and gives the answer to its coming back."""

    def travel(client: Client, **asked: str) -> Any:
        leaving = client.post("/account/oidc/oidc/login/", query_params={"process": "login"} | asked)
        found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', leaving.content.decode())
        assert found is not None, leaving.content.decode()
        state = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)["state"][0]
        return client.get(OIDC_CALLBACK, {"code": "a code", "state": state})

    return travel
