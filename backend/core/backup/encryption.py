"""Encryption to somebody's public key by age or GnuPG, so that the machine cannot read its own backups."""

from pathlib import Path
from typing import Final

from backend.core.backup.failed import BackupFailed
from backend.core.backup.programs import run

AGE, GPG = ".age", ".gpg"
_OF_AGE: Final = ("age1", "ssh-")


def ending_for(recipient: str) -> str:
    """Return how the name of a file for `recipient` ends: age's keys are known by how they begin."""
    return AGE if recipient.startswith(_OF_AGE) else GPG


def encrypt(source: Path, *, recipient: str, target: Path) -> None:
    """Write `source` to `target`, readable by the owner of `recipient`'s key alone. Raises BackupFailed."""
    if ending_for(recipient) == AGE:
        run("age", ["--recipient", recipient, "--output", target, source])
        return
    # Who names the key vouches for it; GnuPG would ask, and nobody sits there to answer.
    options = ["--batch", "--yes", "--quiet", "--trust-model", "always"]
    run("gpg", [*options, "--recipient", recipient, "--output", target, "--encrypt", source])


def decrypt(source: Path, *, identity: Path | None, target: Path) -> None:
    """Write what `source` holds to `target`; `identity` is age's file with the key. Raises BackupFailed."""
    if source.suffix == GPG:
        run("gpg", ["--batch", "--yes", "--quiet", "--output", target, "--decrypt", source])
    elif identity is None:
        raise BackupFailed(
            f"{source.name} was encrypted with age: name the file with the key, --identity FILE."
        )
    else:
        run("age", ["--decrypt", "--identity", identity, "--output", target, source])
