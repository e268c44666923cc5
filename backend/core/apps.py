"""What every other app stands on: audit, outbox, life-cycles, dated rules, panels and health."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "backend.core"
    label = "core"
