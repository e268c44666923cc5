from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "backend.skills"
    label = "skills"
