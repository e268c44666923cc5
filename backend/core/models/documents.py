"""What is kept byte for byte: documents that were made once, and files that were handed in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models.logs import Identified


class StoredFile(Identified):
    """A file as it was made or handed in, known by its SHA-256. Triggers refuse every change.

    It stands in the database and nowhere under the web root, so that a backup holds it and the row that
    names it together. Whatever it is for points to it; when nothing does any more it is forgotten.
    """

    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering: ClassVar = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"


class FileContent(models.Model):
    """The bytes of a stored file, in a table of their own: no list of files reads them."""

    file = models.OneToOneField(StoredFile, models.CASCADE, primary_key=True, related_name="content")
    octets = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file_id)
