"""A file that somebody hands in: taken by what its bytes are, never by its name or what a browser says."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageFile, ImageOps

from backend.core.documents.pdf import PDF
from backend.core.refusals import HandInRefusal
from backend.core.writing.refusals import Refused

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 10 * MEGABYTE
PICTURES: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}
QUALITY: Final = 90
END_OF_PDF: Final = b"%%EOF"
TAIL: Final = 2048


@dataclass(frozen=True)
class HandedIn:
    """The bytes of a file with what they are."""

    octets: bytes
    media_type: str


def read_handed_in(upload: Any) -> HandedIn:
    """Return what was handed in as a PDF, JPEG or PNG of 10 MB at most. Raises Refused.

    Of a picture only what is seen in it is kept: a phone writes into it where and with what it was taken.
    """
    if upload.size > LARGEST:
        raise Refused(HandInRefusal.TOO_LARGE, most=LARGEST // MEGABYTE)
    octets = upload.read()
    if not octets:
        raise Refused(HandInRefusal.EMPTY)
    media_type = _kind_of(octets)
    if media_type is None:
        raise Refused(HandInRefusal.WRONG_KIND)
    return HandedIn(octets if media_type == PDF else _bare(octets), media_type)


def _bare(octets: bytes) -> bytes:
    """Return a picture made anew of what is seen in it, upright: where it was taken is not kept."""
    made = BytesIO()
    try:
        with _whole_ones_only(), Image.open(BytesIO(octets), formats=list(PICTURES)) as picture:
            kind, seen = picture.format, ImageOps.exif_transpose(picture).convert("RGB")
        anew = Image.new("RGB", seen.size)
        anew.paste(seen)
        anew.save(made, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    except OSError as error:
        raise Refused(HandInRefusal.WRONG_KIND) from error
    return made.getvalue()


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """Refuse half a picture, whatever a library that makes documents has asked of all of this process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _kind_of(octets: bytes) -> str | None:
    if octets.startswith(b"%PDF-"):
        return PDF if END_OF_PDF in octets[-TAIL:] else None
    return _kind_of_picture(octets)


def _kind_of_picture(octets: bytes) -> str | None:
    """Return the media type of a picture; None for one that is broken, or huge when opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(octets), formats=list(PICTURES)) as picture:
                kind = picture.format
                picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return PICTURES.get(str(kind))
