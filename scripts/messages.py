"""Compiles the translations (.po → .mo) without gettext's tools, which a fresh machine lacks."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write the .mo file beside each .po file that is newer than it."""
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            print(f"· Compiling {source.relative_to(ROOT)}", flush=True)
            polib.pofile(str(source)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    main()
