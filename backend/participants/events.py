"""What the life-cycles above may react to in a case. Each is sent in the transaction that it tells of."""

from backend.core.writing.events import declare

PARTICIPANT_MOVED = declare(
    "participant_moved",
    about="participant",
    tells="a person began an internship or a job, was paused, ended, or looks for a place (`before`, `to`)",
)
PARTICIPANT_PROTECTED = declare(
    "participant_protected", about="participant", tells="a person's identity was protected"
)
CONSENT_ENDED = declare(
    "consent_ended", about="consent", tells="a consent was taken back, or what it was for is over"
)
