"""Settings of the test suite: plain http, mail kept in memory, a fast password hasher."""

import os

os.environ.setdefault("HTTPS", "0")
os.environ.setdefault("SECRET_KEY", "only-for-tests-and-as-long-as-a-key-that-nobody-guesses")

from backend.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"] == "backend.core.private_sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # pytest-django knows Django's own engine alone
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"user": None, "anon": None}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth: none

# A page that asks the same question once per row (N+1) fails.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# What allauth and the session store ask for several times while somebody signs in is not ours.
ZEAL_ALLOWLIST = [{"model": name, "field": "*"} for name in ("account.EmailAddress", "sessions.Session")]
LABEL_INDEX_IN_BACKGROUND = False
SECOND_READER = ""
