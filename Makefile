.DEFAULT_GOAL := help
.PHONY: help setup install semantic demo test test-latest check bench screenshots assets messages lock clean

python := .venv/bin/python

help:  ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup:  ## Install what the project needs into .venv and build/ (quick when nothing changed)
	@found=$$(PYTHON="$(PYTHON)" sh scripts/find_python.sh) && "$$found" -m scripts.setup

install:  ## Install what a host for real people needs: no tools of developers, no tests
	@found=$$(PYTHON="$(PYTHON)" sh scripts/find_python.sh) && "$$found" -m scripts.setup --runtime

semantic:  ## Install the second reader too: a sentence model for what texts mean (130 MB)
	@found=$$(PYTHON="$(PYTHON)" sh scripts/find_python.sh) && "$$found" -m scripts.setup --with semantic

demo: setup  ## Start the demo on http://127.0.0.1:8000
	@$(python) -m scripts.demo

test: setup check  ## Run everything that CI runs: the checks, then the suite on SQLite and on PostgreSQL
	@$(python) -m scripts.run_tests

test-latest:  ## Run what a Django can change on the newest one; TESTS="…" for a part of it
	@found=$$(PYTHON="$(PYTHON)" sh scripts/find_python.sh 3.13) && "$$found" -m scripts.setup --latest
	@.venv-latest/bin/python -m pytest -n auto -q -m "not once" $(TESTS)

check: setup  ## Run the linters, the type checker, the import contract and the migration check
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --check --quiet .
	.venv/bin/djade --check $$(git ls-files 'frontend_templates/*.html')
	.venv/bin/lint-imports
	.venv/bin/mypy
	$(python) manage.py makemigrations --check --dry-run

bench:  ## Print every figure of the README, beside the peers
	@found=$$(PYTHON="$(PYTHON)" sh scripts/find_python.sh) && "$$found" -m scripts.setup --with bench
	@$(python) -m bench

screenshots: setup  ## Take the picture of the README anew (needs Chromium)
	@$(python) -m scripts.screenshots

assets:  ## Fetch the front-end packages again and build the theme
	@rm -f build/static/.built
	@$(MAKE) --no-print-directory setup

messages:  ## Compile the translations
	@$(python) -m scripts.messages

lock:  ## Write requirements/*.txt anew from pyproject.toml (needs uv)
	sh scripts/lock.sh

clean:  ## Remove everything that set-up made, and the database if it is the demo's; never a key
	@sh scripts/clean.sh
