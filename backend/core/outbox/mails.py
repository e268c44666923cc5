"""What every mail of ours has: a name that stays the same when it is sent again."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

Clock = Callable[[], datetime]


def message_id(key: UUID) -> str:
    """Return the Message-ID of the mail with this key, the same each time it is sent."""
    return f"<{key}@{urlsplit(settings.SITE_URL).hostname}>"
