"""The gazetteer; it knows nothing of the people and workplaces that are located by it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "backend.places"
    label = "places"
    verbose_name = _("Gazetteer")
