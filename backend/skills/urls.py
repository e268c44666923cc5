"""Suggestions while somebody types, and the catalogue as coaches read and correct it."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from backend.skills import views


class KindConverter(StringConverter):
    """`kompetenser` and `yrken` in an address."""

    regex = "kompetenser|yrken"
    _kinds = {"kompetenser": "skill", "yrken": "occupation"}

    def to_python(self, value: str) -> str:
        """Return the kind of concept."""
        return self._kinds[value]

    def to_url(self, value: str) -> str:
        """Return the word of the address."""
        return next(word for word, kind in self._kinds.items() if kind == value)


register_converter(KindConverter, "kind")

app_name = "skills"
urlpatterns = [
    path("kompetenser/forslag/", views.skill_suggestion_list, name="skill_suggestion_list"),
    path("yrken/forslag/", views.occupation_suggestion_list, name="occupation_suggestion_list"),
    path("betydelser/forslag/", views.meaning_suggestion_list, name="meaning_suggestion_list"),
    path("betydelser/<kind:kind>/tolka/", views.text_reading, name="text_reading"),
    path("kompetenser/", views.concept_list, name="concept_list"),
    path("kompetenser/<int:pk>/", views.concept_detail, name="concept_detail"),
    path("kompetenser/<int:pk>/andra/", views.override_set, name="override_set"),
    path("kompetenser/<int:pk>/aterta/<int:related_pk>/", views.override_withdraw, name="override_withdraw"),
]
