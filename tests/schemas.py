"""The schemas of the files that the project gives to other programs (docs/formats)."""

import json
from pathlib import Path
from typing import Any

FORMATS = Path(__file__).resolve().parents[1] / "docs/formats"


def package_schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FORMATS / "package.schema.json").read_text())
    return found
