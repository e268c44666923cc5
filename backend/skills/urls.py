"""Suggestions of skills and occupations while somebody types."""

from django.urls import path

from backend.skills import views

app_name = "skills"
urlpatterns = [
    path("kompetenser/forslag/", views.skill_suggestion_list, name="skill_suggestion_list"),
    path("yrken/forslag/", views.occupation_suggestion_list, name="occupation_suggestion_list"),
]
