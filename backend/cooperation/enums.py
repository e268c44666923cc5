"""How what is released to an agency gets there."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReadHow(TextChoices):
    """How somebody at an agency came to read a package."""

    PAGE = "page", _("In Praktikbron")
    PDF = "pdf", _("As a PDF")
    JSON = "json", _("As a file for programs")
    PAPER = "paper", _("On paper, noted by hand")
