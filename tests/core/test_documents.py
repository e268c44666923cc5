"""Documents: tagged PDF in both languages, nothing fetched, files that nothing needs are forgotten."""

import re
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from backend.core.documents import PDF, can_make_pdf, keep_file, octets_of, read_handed_in, render_pdf
from backend.core.models import FileContent, StoredFile
from backend.core.running.jobs import forget_loose_files
from tests.factories.base import NOW
from tests.refusals import refused_for

LONG = "Förskolan och Äldreboendet Åkerbärsvägens Samverkansförening " * 3
TERM: dict[str, str] = {"key": "tasks", "label": "Uppgifter", "words": "Baka och diska.\n" * 60}


def made(language: str, **more: Any) -> bytes:
    context = {"number": 1, "made_at": NOW, "terms": [TERM], "promises": []} | more
    return render_pdf("documents/agreement.html", context, language)


def plain(pdf: bytes) -> bytes:
    """Return the PDF with its compressed parts opened."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for part in parts:
        try:
            opened.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            opened.append(part)
    return pdf + b"\n".join(opened)


class TestPdf:
    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_is_tagged_with_title_and_language(self, language: str) -> None:
        written = plain(made(language))
        for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/DisplayDocTitle true", b"pdfuaid"):
            assert mark in written
        assert re.search(rb"/Lang \(" + language.encode() + rb"\)", written)

    def test_long_names_and_many_lines_go_on_to_the_next_page(self) -> None:
        names = [{"key": "employer", "label": "Arbetsgivare", "words": LONG + "x" * 200}, TERM]
        written = plain(made("sv", terms=names))
        assert len(re.findall(rb"/Type /Page\b", written)) >= 2

    def test_nothing_that_is_not_ours_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[object] = []
        monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *args, **_: asked.append(args))
        images = "".join(
            f'<img alt="" src="{src}">' for src in ("http://127.0.0.1:1/x", "file:///etc/passwd")
        )
        page = f'<html lang="sv"><title>T</title>{images}'
        monkeypatch.setattr("backend.core.documents.pdf.render_to_string", lambda *_: page)
        assert render_pdf("x", {}, "sv").startswith(b"%PDF-")
        assert asked == []

    def test_can_be_made_here(self) -> None:
        assert can_make_pdf()


class TestKeeping:
    def test_what_is_kept_is_given_back(self, db: None) -> None:
        file = keep_file(octets=b"abc", media_type=PDF, at=NOW)
        assert octets_of(file) == b"abc"
        assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    def test_what_nothing_points_to_is_forgotten_after_a_day(self, db: None) -> None:
        keep_file(octets=b"abc", media_type=PDF, at=NOW)
        forget_loose_files(NOW)
        assert StoredFile.objects.count() == 1
        forget_loose_files(NOW + timedelta(days=2))
        assert not FileContent.objects.exists()


class TestHandingIn:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_of_a_photo_what_is_seen_is_kept_upright_and_not_where_it_was_taken(self, kind: str) -> None:
        taken, exif = BytesIO(), Image.Exif()
        exif[0x0112], exif[0x010F] = 6, "Kameran"
        exif.get_ifd(0x8825)[2] = (59.0, 19.0, 0.0)
        Image.new("RGB", (8, 4), "red").save(taken, kind, exif=exif)
        kept = read_handed_in(SimpleUploadedFile("bild", taken.getvalue())).octets
        assert b"Kameran" in taken.getvalue()
        with Image.open(BytesIO(kept)) as seen:
            assert (seen.size, seen.format, dict(seen.getexif())) == ((4, 8), kind, {})
        assert b"Kameran" not in kept

    def test_half_a_photo_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # As the library that makes PDFs leaves it for the whole process.
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        taken = BytesIO()
        Image.effect_noise((200, 200), 50).save(taken, "JPEG")
        with refused_for("file_of_wrong_kind"):
            read_handed_in(SimpleUploadedFile("bild", taken.getvalue()[:2000]))

    def test_an_empty_file_is_refused(self) -> None:
        with refused_for("file_empty"):
            read_handed_in(SimpleUploadedFile("a.pdf", b""))
