"""Contact, privacy, accessibility."""

from django.urls import include, path

from backend.accounts.contacts import views

app_name = "contacts"
urlpatterns = [
    path("kontakt/", views.contact_list, name="contact_list"),
    path("kontakt/<uuid:pk>/", views.contact_edit, name="contact_edit"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("integritet/", views.privacy, name="privacy"),
    path(".well-known/", include([path("security.txt", views.security, name="security")])),
]
