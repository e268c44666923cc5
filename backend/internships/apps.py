from django.apps import AppConfig


class InternshipsConfig(AppConfig):
    name = "backend.internships"
    label = "internships"
