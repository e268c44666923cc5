"""The secret key of an installation that was given none."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def load_or_create_secret(path: Path) -> str:
    """Return the key kept in `path`, writing a new random one (readable by its owner only) the first time."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()
