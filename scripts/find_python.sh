#!/bin/sh
# Print a Python of at least the version asked for (default 3.11), or say in one sentence what is missing.
wanted=${1:-3.11}
check="import sys; sys.exit(sys.version_info < ($(echo "$wanted" | tr . ,)))"

for candidate in ${PYTHON:-python3} python3.11 python3.12 python3.13 python3.14 "$HOME"/.pyenv/versions/3.*/bin/python; do
    if "$candidate" -c "$check" >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
done
echo "Praktikbron needs Python $wanted or newer; install it (Debian, Ubuntu: apt-get install python3 python3-venv)" \
    "or name it with PYTHON=/path/to/python." >&2
exit 1
