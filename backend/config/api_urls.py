"""The API, one list of routes per app."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("backend.accounts.own_messages.api_urls")),
    path("", include("backend.accounts.own_words.api_urls")),
    path("", include("backend.employers.api_urls")),
    path("", include("backend.participants.api_urls")),
    path("", include("backend.matching.api_urls")),
    path("", include("backend.internships.api_urls")),
    path("", include("backend.activities.api_urls")),
    path("", include("backend.safeguarding.api_urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
]
