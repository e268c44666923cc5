"""What job coaches have noted of their contacts with some of the made-up employers."""

from datetime import date, timedelta
from itertools import cycle
from typing import Final

from backend.accounts.journal.lines import ContactChannel
from backend.demo.world import World, moment
from backend.employers.services import record_employer_contact

EVERY: Final = 3
"""One employer in so many has been called lately."""
LINES: Final = (
    (ContactChannel.PHONE, "Har gärna någon igen efter nyår.", "Ring om januari", 5),
    (ContactChannel.MEETING, "Visade runt i lokalerna, lugnast på förmiddagen.", "", 0),
    (ContactChannel.EMAIL, "Byter handledare, hör av sig.", "Hör om handledaren", -2),
    (ContactChannel.PHONE, "Nöjda med praktiken i våras.", "", 0),
)
"""How, what was said, and the next step with the days that it lies ahead of today, or behind."""


def keep_journals(world: World, *, today: date) -> None:
    """Let coaches in turn note a contact with one employer in EVERY, the last of them some weeks ago."""
    coaches = cycle([each for unit in world.coaches.values() for each in unit])
    told = cycle(LINES)
    for number, workshop in enumerate(world.workshops[::EVERY]):
        (channel, line, step, ahead), day = next(told), today - timedelta(days=7 + number)
        record_employer_contact(
            employer_id=workshop.employer.pk,
            channel=channel,
            on=day,
            with_whom=str(workshop.contact),
            line=line,
            next_step=step,
            next_on=max(today + timedelta(days=ahead), day) if step else None,
            by=next(coaches),
            at=moment(day),
        )
