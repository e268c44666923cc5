#!/bin/sh
# Remove what set-up made, and the database when the demo made it. A secret key and any other database stay.
set -eu
cd "$(dirname "$0")/.."

rm -rf .venv .venv-latest node_modules
if [ -d build ]; then
    find build/ -mindepth 1 -maxdepth 1 ! -name secret_key -exec rm -rf {} +
    rmdir build 2>/dev/null || true
fi

is_demo="import sqlite3, sys
found = sqlite3.connect('file:db.sqlite3?mode=ro', uri=True)
sys.exit(not found.execute('SELECT EXISTS (SELECT 1 FROM demo_demofounding)').fetchone()[0])"
if [ -f db.sqlite3 ]; then
    python=$(sh scripts/find_python.sh)
    if "$python" -c "$is_demo" 2>/dev/null; then
        rm -f db.sqlite3 db.sqlite3-wal db.sqlite3-shm db.sqlite3-journal
    else
        echo "db.sqlite3 is kept: the demo did not make it. Remove it yourself if nobody needs it."
    fi
fi
