from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "backend.employers"
    label = "employers"
