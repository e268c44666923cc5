"""The one file: a tar of the database, the media and a manifest that says what must be in it."""

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Final

from backend.core.backup.failed import BackupFailed

DATABASE: Final = "database"
MEDIA: Final = "media"
MANIFEST: Final = "manifest.json"
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: of which release, which migrations, how many rows, and each file's SHA-256."""

    made_at: str
    version: str
    vendor: str
    migrations: list[list[str]]
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._source.read(size)
        self.digest.update(block)
        return block


def pack(target: IO[bytes], *, database: Path, media: Path | None, manifest: Manifest) -> Manifest:
    """Write the files and, last, the manifest; return it with the files' hashes.

    The manifest at the end means that a file that was cut off has none.
    """
    sources = {DATABASE: database, **_files_below(media)}
    with tarfile.open(fileobj=target, mode="w") as tar:
        hashes = {name: _add(tar, path, name) for name, path in sources.items()}
        whole = Manifest(**{**asdict(manifest), "files": hashes})
        _add_text(tar, json.dumps(asdict(whole), ensure_ascii=False, indent=1), MANIFEST)
    return whole


def unpack(source: Path, *, folder: Path, called: str) -> Manifest:
    """Write every file of the backup below `folder`; return its manifest.

    Raises BackupFailed, with the name `called`, when a file is missing, too many, cut off or changed.
    """
    try:
        with tarfile.open(source, mode="r:") as tar:
            hashes = {member.name: _extract(tar, member, folder, called) for member in tar}
    except (tarfile.TarError, EOFError) as error:
        raise BackupFailed(f"{called} is cut off or no backup of ours: {error}.") from error
    manifest = _read_manifest(folder / MANIFEST, called)
    hashes.pop(MANIFEST)
    for name in sorted(hashes.keys() | manifest.files.keys()):
        if hashes.get(name) != manifest.files.get(name):
            raise BackupFailed(f"{called} has been changed or is damaged: {name} is not what was backed up.")
    return manifest


def _files_below(media: Path | None) -> dict[str, Path]:
    if media is None or not media.is_dir():
        return {}
    files = sorted(path for path in media.rglob("*") if path.is_file() and not path.is_symlink())
    return {f"{MEDIA}/{path.relative_to(media).as_posix()}": path for path in files}


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as source:
        member = tar.gettarinfo(arcname=name, fileobj=source)
        member.mode = 0o600
        hashed = _Hashed(source)
        tar.addfile(member, hashed)
    return hashed.digest.hexdigest()


def _add_text(tar: tarfile.TarFile, text: str, name: str) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, called: str) -> str:
    """Write one member, if it is a file that stays inside `folder`; return its hash."""
    path = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or path.is_absolute() or ".." in path.parts:
        raise BackupFailed(f"{called} is no backup of ours: it holds {member.name!r}.")
    target, digest = folder / path, hashlib.sha256()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with target.open("wb") as written:
        while block := content.read(_BLOCK):
            digest.update(block)
            written.write(block)
    return digest.hexdigest()


def _read_manifest(path: Path, called: str) -> Manifest:
    try:
        return Manifest(**json.loads(path.read_text()))
    except FileNotFoundError as error:
        raise BackupFailed(f"{called} is cut off or no backup of ours: its last part is missing.") from error
    except (ValueError, TypeError) as error:
        raise BackupFailed(f"{called} has a manifest that this release cannot read: {error}.") from error
