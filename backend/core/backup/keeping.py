"""Which backups in a folder are ours, and which of them are old."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

_WRITTEN: Final = "%Y%m%dT%H%M%SZ"
_OURS: Final = re.compile(r"praktikbron-(\d{8}T\d{6}Z)\.tar(?:\.age|\.gpg)?(\.part)?")
_LEFT_OVER: Final = timedelta(days=1)


def name_at(at: datetime) -> str:
    """Return the name of a backup that is made now, without how an encrypted one ends."""
    return f"praktikbron-{at.astimezone(UTC):{_WRITTEN}}.tar"


def remove_old(folder: Path, *, days: int, at: datetime) -> list[Path]:
    """Remove our backups older than `days`, never the newest, and what a killed one left; return them."""
    whole: list[tuple[datetime, Path]] = []
    removed = []
    for path in folder.iterdir():
        found = _OURS.fullmatch(path.name)
        if found is None or not path.is_file():
            continue
        made_at = datetime.strptime(found[1], _WRITTEN).replace(tzinfo=UTC)
        if not found[2]:
            whole.append((made_at, path))
        elif made_at < at - _LEFT_OVER:
            removed.append(path)
    whole.sort()
    removed += [path for made_at, path in whole[:-1] if made_at < at - timedelta(days=days)]
    for path in removed:
        path.unlink()
    return sorted(removed)
