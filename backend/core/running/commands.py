"""What the commands of the house share."""

from argparse import ArgumentTypeError
from pathlib import Path


def existing_file(text: str) -> Path:
    """Return the path of an argument that names a file. Raises ArgumentTypeError where there is none."""
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file {text}")
    return path
