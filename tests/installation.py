"""Settings as an installation has them, asked of a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OURS = (
    "DEMO",
    "DEBUG",
    "HTTPS",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "BEHIND_PROXY",
    "PROXIES",
    "ALLOWED_HOSTS",
)
ASKED = """
import json, sys
import django
django.setup()
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def run_with(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in an installation where only `environment` is set; return how it ended and what it said."""
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    bare |= {"DJANGO_SETTINGS_MODULE": "backend.config.settings", "SECRET_KEY": "only-for-tests" * 4}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=False, timeout=60
    )


def settings_of(names: list[str], **environment: str) -> dict[str, Any]:
    """Return the settings with these names of an installation where only `environment` is set."""
    answer = run_with(["-c", ASKED, *names], **environment)
    assert answer.returncode == 0, answer.stderr
    return dict(json.loads(answer.stdout.splitlines()[-1]))
