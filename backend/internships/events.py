"""What the apps above may react to in an internship. Each is sent in the transaction that it tells of."""

from backend.core.writing.events import declare

INTERNSHIP_STARTED = declare("internship_started", about="internship", tells="an internship began")
INTERNSHIP_CHANGED = declare(
    "internship_changed", about="internship", tells="days or hours of an internship were changed"
)
INTERNSHIP_ENDED = declare(
    "internship_ended", about="internship", tells="an internship was completed or ended early"
)
INTERNSHIP_PAUSED = declare(
    "internship_paused",
    about="internships.internship",
    tells="nobody goes to an ongoing internship for some time (`pause`)",
)
INTERNSHIP_RESUMED = declare(
    "internship_resumed",
    about="internships.internship",
    tells="a paused internship goes on again (`pause`)",
)
