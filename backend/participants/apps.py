from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "backend.participants"
    label = "participants"
