"""How much one request can upload at all, whatever page it is sent to."""

from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LARGEST_IN_ALL: Final = 25 * 1024 * 1024
"""Twice what the largest page takes: more is no mistake of somebody who fills in a form."""


class BoundedUpload(FileUploadHandler):
    """Stands before Django's own handlers, and hangs up on a request that would fill the disk."""

    read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on, until all files of the request together are too large."""
        self.read += len(raw_data)
        if self.read > LARGEST_IN_ALL:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """Leave it to the next handler to make a file of the chunks."""
        return None
