"""Loads the places that come with the project."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.places.services import load_gazetteer


class Command(BaseCommand):
    help = "Load the municipalities, localities and postcodes that come with the project. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print one line for each table; `--verbosity=0` prints none."""
        for report in load_gazetteer():
            if options["verbosity"]:
                self.stdout.write(str(report))
