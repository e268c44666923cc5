"""Every address of the site, app by app."""

from django.contrib import admin
from django.urls import include, path

from backend.config import api_urls

urlpatterns = [
    path("", include("backend.home.urls")),
    path("", include("backend.core.urls")),
    path("", include("backend.places.urls")),
    path("", include("backend.skills.urls")),
    path("", include("backend.employers.urls")),
    path("", include("backend.participants.urls")),
    path("", include("backend.matching.urls")),
    path("", include("backend.internships.urls")),
    path("", include("backend.reports.urls")),
    path("konto/", include("allauth.urls")),
    path("sprak/", include("django.conf.urls.i18n")),
    path("api/", include((api_urls.urlpatterns, "api"))),
    path("admin/", admin.site.urls),
]
