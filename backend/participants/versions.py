"""Which state of a file a form was opened with, so that two tabs do not overwrite each other."""

from backend.core.writing.once import key_from
from backend.participants.models import Participant

WRITTEN = (
    "first_name",
    "last_name",
    "email",
    "phone",
    "coach_id",
    "place_text",
    "max_travel_km",
    "hours_min",
    "hours_max",
    "available_from",
    "licences",
    "languages",
    "adaptations",
    "adaptations_good",
    "presentation",
)
LENGTH = 8


def version_of(participant: Participant) -> str:
    """Return a sign for what each field of the file says now."""
    return ".".join(key_from(repr(getattr(participant, name)))[:LENGTH] for name in WRITTEN)


def changed_since(participant: Participant, version: str) -> list[str]:
    """Return the names of the fields that say something else than when the file had `version`."""
    signs = zip(WRITTEN, version_of(participant).split("."), version.split("."), strict=False)
    changed = [name.removesuffix("_id") for name, now, then in signs if now != then]
    names = {field.name: field.verbose_name for field in Participant._meta.fields}
    return [str(names[name]) for name in changed]
