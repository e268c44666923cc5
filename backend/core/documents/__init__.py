"""Documents: made once as tagged PDF, or handed in, and kept byte for byte with their hash."""

from backend.core.documents.handed_in import LARGEST, HandedIn, read_handed_in
from backend.core.documents.keeping import is_as_kept, keep_file, octets_of
from backend.core.documents.pdf import PDF, CannotMakePdf, can_make_pdf, render_pdf
from backend.core.documents.sending import file_response

__all__ = [
    "LARGEST",
    "PDF",
    "CannotMakePdf",
    "HandedIn",
    "can_make_pdf",
    "file_response",
    "is_as_kept",
    "keep_file",
    "octets_of",
    "read_handed_in",
    "render_pdf",
]
