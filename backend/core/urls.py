"""Health, messages and development pages."""

from django.urls import path

from backend.core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("integritet/", views.privacy, name="privacy"),
    path("hjalp/", views.help_page, name="help"),
    path("meddelanden/", views.message_list, name="message_list"),
    path("meddelanden/<uuid:pk>/oppna/", views.message_open, name="message_open"),
    path("utveckling/mejl/", views.kept_email_list, name="kept_email_list"),
    path("utveckling/komponenter/", views.components_gallery, name="components_gallery"),
    path("utveckling/komponenter/forslag/", views.gallery_suggestions, name="gallery_suggestions"),
]
