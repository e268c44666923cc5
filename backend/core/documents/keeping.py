"""Keeping bytes, and telling whether they are still the same."""

from datetime import datetime
from hashlib import sha256

from backend.core.models import FileContent, StoredFile


def keep_file(*, octets: bytes, media_type: str, at: datetime) -> StoredFile:
    """Keep `octets` as they are, and return the row that knows them by their hash."""
    file = StoredFile.objects.create(
        sha256=sha256(octets).hexdigest(), media_type=media_type, size=len(octets), made_at=at
    )
    FileContent.objects.create(file=file, octets=octets)
    return file


def octets_of(file: StoredFile) -> bytes:
    """Return the bytes of `file`; none where its content is gone."""
    found = FileContent.objects.filter(file=file).values_list("octets", flat=True).first()
    return bytes(found or b"")


def is_as_kept(file: StoredFile, *, sha256_then: str) -> bool:
    """Tell whether the bytes of `file` have the hash that was written down elsewhere at the time."""
    return sha256(octets_of(file)).hexdigest() == sha256_then
