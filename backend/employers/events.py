"""What the life-cycles above may react to at an employer, in the same transaction."""

from backend.core.writing.events import declare

OPENING_CLOSED = declare(
    "opening_closed",
    about="opening",
    tells="an opening was taken off the list, by hand, for its age or its end",
)
OPENING_PAUSED = declare(
    "opening_paused",
    about="opening",
    tells="an employer takes nobody new into an opening for a while, or it is read by a coach once more",
)
CAPACITY_CLOSED = declare(
    "capacity_closed", about="capacity", tells="lasting places are closed on some days (`first`, `last`)"
)
EMPLOYER_PAUSED = declare(
    "employer_paused", about="employer", tells="the municipality stopped placing people with an employer"
)
EMPLOYER_RESUMED = declare(
    "employer_resumed",
    about="employer",
    tells="the last measure that kept people from being placed with an employer was lifted or ended",
)
