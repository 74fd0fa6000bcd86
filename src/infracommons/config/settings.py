"""Django's settings, from the environment; every default is safe and needs no server, account or network."""

import os
from pathlib import Path

import dj_database_url

from infracommons.config.secret import secret_key

WORK = Path("work").resolve()


def _switch(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _listed(name: str, default: list[str]) -> list[str]:
    values = [part.strip() for part in os.environ.get(name, "").split(",")]
    return [value for value in values if value] or default


DEBUG = _switch("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or secret_key(WORK / "secret_key")
ALLOWED_HOSTS = _listed("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
INFRACOMMONS_RELEASES = Path(os.environ.get("INFRACOMMONS_RELEASES") or WORK / "releases").resolve()
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{WORK / 'app.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "infracommons.config.urls"
WSGI_APPLICATION = "infracommons.config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "infracommons.web.shared",
    "infracommons.web.funding",
]
MIDDLEWARE = [
    "infracommons.web.shared.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "infracommons.web.shared.middleware.NoReleaseMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["infracommons.web.shared.templatetags.figures"],
            "context_processors": ["infracommons.web.shared.context.site"],
        },
    }
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the package: no collecting step on a fresh machine
WHITENOISE_MAX_AGE = 31_536_000  # addresses of files carry the code version

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
