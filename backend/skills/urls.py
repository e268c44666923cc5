"""Suggestions while somebody types, and the catalogue as coaches read and correct it."""

from django.urls import path

from backend.skills import views

app_name = "skills"
urlpatterns = [
    path("kompetenser/forslag/", views.skill_suggestion_list, name="skill_suggestion_list"),
    path("yrken/forslag/", views.occupation_suggestion_list, name="occupation_suggestion_list"),
    path("betydelser/forslag/", views.meaning_suggestion_list, name="meaning_suggestion_list"),
    path("kompetenser/", views.concept_list, name="concept_list"),
    path("kompetenser/<int:pk>/", views.concept_detail, name="concept_detail"),
    path("kompetenser/<int:pk>/andra/", views.override_set, name="override_set"),
    path("kompetenser/<int:pk>/aterta/<int:related_pk>/", views.override_withdraw, name="override_withdraw"),
]
