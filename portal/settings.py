"""Facts about this installation. The environment says what differs; everything is secure unless DEBUG is on."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def switch(name: str) -> bool:
    """0 or 1; anything else is a mistake that must not pass for "off"."""
    value: str = env.str(name, default="0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


DEBUG = switch("DEBUG")
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
BEHIND_TLS_PROXY = switch("BEHIND_TLS_PROXY")
TESTING = "pytest" in sys.modules

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    key_file = DATA_DIR / "secret_key"
    if not key_file.exists():
        raise ImproperlyConfigured(f"SECRET_KEY is missing: set it in the environment, or write it to {key_file}.")
    SECRET_KEY = key_file.read_text(encoding="ascii").strip()
# Former keys, until sessions, links and second factors made with them have had their time.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=sorted({*LOOPBACK, urlsplit(BASE_URL).hostname or "localhost"}))
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

# -- applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "events.apps.EventsConfig",
    "networks.apps.NetworksConfig",
    "accounts.apps.AccountsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "imagekit",
    "simple_history",
    "csp",
    "portal.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "portal.middleware.numbered",
    "portal.middleware.kept_to_itself",
    "portal.middleware.trust_loopback_proxy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.known_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.language_of_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.language_of_person",
    "portal.middleware.patient",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.middleware.where_from",
    "portal.middleware.private_pages",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
            "builtins": [
                "accounts.templatetags.components",
                "accounts.templatetags.answering",
                "accounts.templatetags.wordings",
                "django.templatetags.l10n",
            ],
        },
    }
]
FORM_RENDERER = "accounts.renderers.FormRenderer"
FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- database ----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
DATABASES["default"] |= {"ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": True}  # a database may be restarted
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
elif not TESTING:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}

CACHES = {
    # The throttles count here: one place for all processes.
    "default": env.cache("CACHE_URL", default="dbcache://portal_cache"),
    # Whole pages for visitors, keyed by the directory's version: no need to share them.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
if TESTING:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"}

# -- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # installations from before
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-area"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "homepage"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
# The second factor: for everybody who wants one, and for all who work for an agency (accounts/middleware.py).
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "accounts.forms.PasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Brückenschlag"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(BASE_URL).hostname in {"127.0.0.1", "localhost"}
# Nobody signs in before the first address is confirmed; a new one that waits for its confirmation changes nothing.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS_PROXY else 0

# -- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch")), ("nl", _("Niederländisch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "portal.formats"
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = True

# -- files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = DEBUG or TESTING
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/medien/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "portal.storage.ModuleManifestStorage"
    },
}
IMAGEKIT_DEFAULT_CACHEFILE_STRATEGY = "imagekit.cachefiles.strategies.Optimistic"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# -- limits ------------------------------------------------------------------------------------
# Nobody fills in a form faster (accounts/traps.py). Tests of load and of forms set it to 0, and the factor high.
FORM_SECONDS = env.int("FORM_SECONDS", default=2)
LIMITS_FACTOR = env.int("LIMITS_FACTOR", default=1)
# Per account where signed in, else per address (accounts/limits.py); "visitor" and "person" hold for every POST.
MOST = {"contact": 6, "outdated": 10, "barrier": 10, "registration": 20, "hand-on": 10, "visitor": 300, "person": 1200}
PER_HOUR = {what: most * LIMITS_FACTOR for what, most in MOST.items()}
# "key" is the e-mail address that was typed.
ACCOUNT_RATE_LIMITS = {
    "login": f"{30 * LIMITS_FACTOR}/m/ip",
    "login_failed": f"{10 * LIMITS_FACTOR}/m/ip,{5 * LIMITS_FACTOR}/300s/key",
    "signup": f"{20 * LIMITS_FACTOR}/m/ip",
    "confirm_email": f"{LIMITS_FACTOR}/180s/key",
    "reset_password": f"{20 * LIMITS_FACTOR}/m/ip,{5 * LIMITS_FACTOR}/m/key",
    "reset_password_from_key": f"{20 * LIMITS_FACTOR}/m/ip",
    "change_password": f"{5 * LIMITS_FACTOR}/m/user",
    "manage_email": f"{10 * LIMITS_FACTOR}/m/user",
    "reauthenticate": f"{10 * LIMITS_FACTOR}/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": f"{10 * LIMITS_FACTOR}/m/ip"}

# -- mail --------------------------------------------------------------------------------------
# Every mail is first a row of the outbox; the worker hands it to EMAIL_URL, or shows it in the demo's mailbox.
EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
DELIVERY = env.email_url_config(EMAIL_URL) if EMAIL_URL else {}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Brückenschlag <portal@{urlsplit(BASE_URL).hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- security ----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if BEHIND_TLS_PROXY:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# One line of JSON per event on standard error (portal/logs.py); at LOG_LEVEL=INFO one per request, too.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nameless": {"()": "portal.logs.Nameless"}},
    "formatters": {
        "json": {"()": "portal.logs.Json"},
        "plain": {"()": "portal.logs.Plain", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if DEBUG else "json",
            "filters": ["nameless"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "portal.requests": {"level": env.str("LOG_LEVEL", default="WARNING").upper()},
        # Django's own handlers would write the same a second time, by mail even.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
