"""Virtual environments that hold exactly what a lock file says."""

import hashlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "build" / "tools"
# How pip begins the line of a package from the registry, and of a file on this machine.
FETCHED = ("Collecting ", "Processing ")


def fingerprint(*parts: Path | str) -> str:
    """Return one digest of texts and of the contents of files."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return digest.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Say whether the work that `stamp` stands for was done from the same input."""
    return stamp.is_file() and stamp.read_text() == wanted


def say(text: str) -> None:
    """Tell the person what happens now, before it happens."""
    print(f"· {text}", flush=True)


def lock_file(name: str) -> Path:
    """Return the path of the lock named `name`."""
    return ROOT / "requirements" / f"{name}.txt"


def locked_count(lock: Path) -> int:
    """Return how many packages a lock file names."""
    return sum(line[:1].isalnum() for line in lock.read_text().splitlines())


def prepare(folder: str, *, locks: list[str]) -> Path:
    """Make the virtual environment `folder` hold the packages of `locks`; return its Python.

    Does nothing when it already does. Exits with one sentence when Python lacks a part it needs.
    """
    venv = ROOT / folder
    python = venv / "bin" / "python"
    for name in locks:
        stamp = venv / f".installed-{name}"
        wanted = fingerprint(sys.version, lock_file(name))
        if not (is_current(stamp, wanted) and python.exists()):
            _create(venv)
            _install(lock_file(name), python=python, options=[])
            stamp.write_text(wanted)
    return python


def install_tool(name: str, *, python: Path) -> Path:
    """Install the lock `name` with the pip of `python` into a folder under build/tools; return the folder."""
    folder = TOOLS / name
    stamp = folder / ".installed"
    wanted = fingerprint(lock_file(name))
    if not is_current(stamp, wanted):
        options = ["--upgrade", "--target", str(folder)]
        _install(lock_file(name), python=python, options=options)
        stamp.write_text(wanted)
    return folder


def _create(venv: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if (venv / "lib" / f"python{version}").is_dir() and (venv / "bin" / "pip").exists():
        return
    say(f"Making a virtual environment for Python {version} in {venv.name}/")
    if find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        sys.exit(f"Python's venv module is incomplete; `apt-get install python{version}-venv` completes it.")
    subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)


def _install(lock: Path, *, python: Path, options: list[str]) -> None:
    total = locked_count(lock)
    say(f"Installing {total} package{'s' * (total > 1)} of requirements/{lock.name}")
    command: list[Path | str] = [
        python,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--require-hashes",
        "--disable-pip-version-check",
    ]
    command += ["--root-user-action=ignore", "--progress-bar=off", *options, "-r", lock]
    log: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            log.append(line)
            _show_progress(line, done=sum(kept.startswith(FETCHED) for kept in log), total=total)
    if pip.returncode:
        sys.exit(
            "".join(log[-15:]) + f"Installing requirements/{lock.name} failed; pip's last lines are above."
        )


def _show_progress(line: str, *, done: int, total: int) -> None:
    if line.startswith(FETCHED) and (done % 20 == 0 or done == total):
        print(f"  {done} of {total} fetched", flush=True)
    elif line.startswith("Installing collected"):
        print("  unpacking", flush=True)
