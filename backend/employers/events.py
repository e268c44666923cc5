"""What the life-cycles above may react to at an employer, in the same transaction."""

from backend.core.writing.events import declare

OPENING_CLOSED = declare(
    "opening_closed",
    about="opening",
    tells="an opening was taken off the list, by hand, for its age or its end",
)
EMPLOYER_PAUSED = declare(
    "employer_paused", about="employer", tells="the municipality stopped placing people with an employer"
)
