"""Reads from the environment how mail is sent: by the SMTP server of EMAIL_URL, else into files."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
INTO_FILES = "infracommons.web.accounts.mail.IntoFiles"
BY_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server; without a host there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False

    @property
    def backend(self) -> str:
        """The class that sends."""
        return BY_SMTP if self.host else INTO_FILES


def server(url: str) -> Server:
    """Return the server of an address such as `smtp+tls://user:password@mail.example.org:587`.

    Raises ImproperlyConfigured for an address of another form, without repeating the password in it.
    """
    if not url:
        return Server()
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts, port = urlsplit(""), 0
    if not parts.hostname:
        schemes = ", ".join(f"{scheme}://" for scheme in _PORTS)
        message = f"EMAIL_URL must begin with one of {schemes} and name a host, as in smtp+tls://user:word@host:587"
        raise ImproperlyConfigured(message)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port, user, password, parts.scheme == "smtp+tls", parts.scheme == "smtp+ssl")
