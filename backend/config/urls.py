"""Every address of the site, app by app."""

from django.contrib import admin
from django.urls import include, path

from backend.accounts.spoken.views import set_language
from backend.config import api_urls

handler404 = "backend.core.views.not_found"

urlpatterns = [
    path("", include("backend.home.urls")),
    path("", include("backend.core.urls")),
    path("", include("backend.accounts.contacts.urls")),
    path("", include("backend.accounts.staff.urls")),
    path("", include("backend.places.urls")),
    path("", include("backend.skills.urls")),
    path("", include("backend.employers.urls")),
    path("", include("backend.participants.urls")),
    path("", include("backend.matching.urls")),
    path("", include("backend.internships.urls")),
    path("", include("backend.activities.urls")),
    path("", include("backend.safeguarding.urls")),
    path("", include("backend.cooperation.urls")),
    path("", include("backend.reports.urls")),
    path("meddelanden/ej-framme/", include("backend.accounts.undelivered.urls")),
    path("meddelanden/", include("backend.accounts.own_messages.urls")),
    path("mejlens-ord/", include("backend.accounts.own_words.urls")),
    path("korningar/", include("backend.accounts.job_runs.urls")),
    path("konto/", include("backend.accounts.urls")),
    path("sprak/", set_language, name="set_language"),
    path("api/v1/", include((api_urls.urlpatterns, "api"))),
    path("admin/", admin.site.urls),
]
