"""The bridge to the catalogue: how a text that somebody wrote is understood."""

from typing import Any

from backend.skills.enums import ConceptKind, Resolution


def understand(text: str, kind: ConceptKind) -> dict[str, Any]:
    """Return the columns of `ResolvedText` for `text`."""
    return {"text": text, "resolution": Resolution.NONE}
