"""Health, messages and development pages."""

from django.urls import path

from backend.core import views
from backend.core.answering.views import answer

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("workerz", views.workerz, name="workerz"),
    path("metrics", views.metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("hjalp/", views.help_page, name="help"),
    path("meddelanden/", views.message_list, name="message_list"),
    path("meddelanden/<uuid:pk>/oppna/", views.message_open, name="message_open"),
    path("svar/<str:token>/", answer, name="answer"),
    path("oskickat/", views.unsent_list, name="unsent_list"),
    path("oskickat/<uuid:pk>/slang/", views.unsent_discard, name="unsent_discard"),
    path("utveckling/mejl/", views.kept_email_list, name="kept_email_list"),
    path("utveckling/komponenter/", views.components_gallery, name="components_gallery"),
    path("utveckling/komponenter/forslag/", views.gallery_suggestions, name="gallery_suggestions"),
]
