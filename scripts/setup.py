"""Makes a fresh clone ready to run: packages, front-end files, translations. Quick when nothing changed."""

import argparse
import subprocess

from scripts import assets, environment

# WhiteNoise warns when the folder of collected files is missing, even where it serves the originals.
COLLECTED = environment.ROOT / "build" / "collected"


def main() -> None:
    """Prepare the environment that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latest", action="store_true", help="the newest Django, in .venv-latest")
    parser.add_argument("--with", dest="extras", action="append", default=[], help="another lock to install")
    parser.add_argument("--runtime", action="store_true", help="what a host for real people needs, no more")
    wanted = parser.parse_args()
    if wanted.runtime:
        python = environment.prepare(".venv", locks=["runtime"])
    elif wanted.latest:
        python = environment.prepare(".venv-latest", locks=["latest"])
    else:
        python = environment.prepare(".venv", locks=["development", *wanted.extras])
    assets.prepare(python)
    COLLECTED.mkdir(parents=True, exist_ok=True)
    subprocess.run([python, "-m", "scripts.messages"], cwd=environment.ROOT, check=True)


if __name__ == "__main__":
    main()
