"""No page takes more than a request may upload in all: what is over is never kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from backend.core.documents import uploads


def sent(*sizes: int) -> HttpRequest:
    files = [SimpleUploadedFile(f"{n}.csv", b"x" * size) for n, size in enumerate(sizes)]
    return RequestFactory().post("/", {"file": files})


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_IN_ALL", 1000)


def test_what_is_within_is_read_whole() -> None:
    read = sent(400, 600).FILES.getlist("file")

    assert [len(each.read()) for each in read] == [400, 600]


@pytest.mark.parametrize("sizes", [(1001,), (600, 600), (100_000,)])
def test_what_is_over_is_not_kept(sizes: tuple[int, ...]) -> None:
    kept = sent(*sizes).FILES.getlist("file")

    assert sum(each.size for each in kept) <= 1000
