"""How a database is known as the demo's."""

from django.db import models


class DemoFounding(models.Model):
    """The demo data were made in this database, which was empty before: everybody in it is made up."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at}"
