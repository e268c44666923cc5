"""Suggestions of places while somebody types."""

from django.urls import path

from backend.places import views

app_name = "places"
urlpatterns = [
    path("orter/forslag/", views.suggestion_list, name="suggestion_list"),
]
