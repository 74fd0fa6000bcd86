"""Django's settings, from the environment; every default is safe and needs no server, account or network."""

import os
from pathlib import Path

import dj_database_url

from infracommons.config import mail, sign_in
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
INFRACOMMONS_RAW = Path(os.environ.get("INFRACOMMONS_RAW") or WORK / "raw").resolve()
INFRACOMMONS_DEFINITIONS = Path(os.environ.get("INFRACOMMONS_DEFINITIONS") or "definitions").resolve()
INFRACOMMONS_REPORTS = Path(os.environ.get("INFRACOMMONS_REPORTS") or WORK / "reports").resolve()
INFRACOMMONS_MEDIA = Path(os.environ.get("INFRACOMMONS_MEDIA") or WORK / "media").resolve()
INFRACOMMONS_API_PER_MINUTE = int(os.environ.get("INFRACOMMONS_API_PER_MINUTE") or 300)  # 0: no limit
INFRACOMMONS_ADDRESS = (os.environ.get("INFRACOMMONS_ADDRESS") or "http://127.0.0.1:8000").rstrip("/")  # in mails
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{WORK / 'app.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers wait for one another instead of failing; readers never wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # of 300, many addresses at once would push the counts of floods out
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # a child process of `serve` works them off
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "infracommons.config.urls"
WSGI_APPLICATION = "infracommons.config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "infracommons.web.shared",
    "infracommons.web.accounts",
    "infracommons.web.catalogue",
    "infracommons.web.funding",
    "infracommons.web.support",
    "infracommons.web.reports",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.orcid",
    "allauth.mfa",
    "rules",
]
MIDDLEWARE = [
    "infracommons.web.shared.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "infracommons.web.accounts.outside.OutsideServices",
    "infracommons.web.accounts.refused_forms.RefusedForms",
    "infracommons.web.shared.middleware.NoReleaseMiddleware",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
    {"NAME": f"{_PASSWORDS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "infracommons.web.accounts.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "infracommons.web.accounts.forms.SignUpDetails"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "infracommons.web.accounts.adapters.addressed_as"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Infracommons: "
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change to how one signs in is told by mail
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the old one holds until the new one is confirmed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "infracommons.web.accounts.adapters.OutsideAdapter"
SOCIALACCOUNT_PROVIDERS = sign_in.providers(os.environ)
SOCIALACCOUNT_AUTO_SIGNUP = False  # the terms are agreed to first
MFA_ADAPTER = "infracommons.web.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "infracommons.web.accounts.keys.AddKey",
    "edit_webauthn": "infracommons.web.accounts.keys.RenameKey",
    "authenticate_webauthn": "infracommons.web.accounts.keys.SecondFactorByKey",
    "login_webauthn": "infracommons.web.accounts.keys.SignInByKey",
    "reauthenticate_webauthn": "infracommons.web.accounts.keys.ConfirmByKey",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address counts only once confirmed, so that one may be on its way
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Infracommons"
MFA_TOTP_TOLERANCE = 1  # a code typed as it changes still counts
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# Something of ours in front speaks HTTPS to readers: so many proxies, each adding to X-Forwarded-For whom it saw.
HTTPS = _switch("HTTPS")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or HTTPS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS and not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "infracommons.web.shared.views.form_refused"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
if HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_MAIL = mail.server(os.environ.get("EMAIL_URL", ""))
EMAIL_BACKEND = _MAIL.backend
EMAIL_FILE_PATH = WORK / "mail"
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.use_tls, _MAIL.use_ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "Infracommons <infracommons@localhost>"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["infracommons.web.shared.templatetags.figures"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "infracommons.web.shared.context.site",
            ],
        },
    }
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the package: no collecting step on a fresh machine
WHITENOISE_MAX_AGE = 31_536_000  # addresses of files carry the code version

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a whole profile on one page, its lists long, has some thousands

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
