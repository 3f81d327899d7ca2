# Owns the calls of this project, each of which sets up what it needs: run, demo, test, bench, lint, screenshots, real-model, dist, test-dist, test-gnome48.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.PHONY: run demo test test-quick bench lint screenshots real-model dist test-dist test-gnome48 clean setup packages-app packages-desk

# The first Python of this machine that is new enough.
ifndef PYTHON
PYTHON := $(firstword $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done) python3)
endif
export PYTHON
# A user's own choices must not change what the tests and the demo do.
unexport PYTHONPATH PYTHONHOME

run: .venv/ready-app
	exec .venv/bin/dictation

demo: setup
	@$(real_model) || true
	.venv/bin/python -m tests.desktop.demo

test: lint
	@$(real_model) || true
	.venv/bin/pytest

test-quick: lint
	@.venv/bin/pytest -x tests/test_house.py tests/core tests/spelled tests/language tests/shell tests/engines/test_llm.py tests/app/test_cli.py

bench: setup
	@failed=0
	for script in benchmarks/[!_]*.py; do
	    echo; echo "== $$script"
	    PYTHONPATH=. .venv/bin/python "$$script" || failed=1
	done
	exit $$failed

lint: setup
	@.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --check --quiet .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/python benchmarks/_complexity.py

# Real Whisper weights; demo, test and bench go on without them where they cannot be had.
real_model = .venv/bin/python models/real/fetch.py build/real/base

real-model: setup
	@$(real_model)

screenshots: setup
	@.venv/bin/python -m tests.desktop.screenshots

# A package for Debian and Ubuntu with its own Python, in build/dist (packaging/README.md).
dist:
	@bash packaging/make_deb.sh

# What `make dist` made, in a bare Debian 12; as root, some minutes, and no part of `make test`.
test-dist:
	@bash packaging/try_deb.sh

# GNOME Shell 48 from Debian 13; as root, ten minutes the first time, and no part of `make test`.
test-gnome48: setup
	@bash tests/desktop/gnome48.sh

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Set-up: Debian's packages are asked for every time (0.1 s), Python's only when pyproject.toml has changed.

setup: packages-desk .venv/ready-dev

packages-app packages-desk: packages-%:
	@bash tests/desktop/setup.sh $*

.venv/ready-app: pyproject.toml | packages-app
	@$(call install,.)
	touch $@

.venv/ready-dev: pyproject.toml | packages-desk
	@$(call install,.[dev])
	touch $@ .venv/ready-app

# Only the downloads one has to wait for are shown.
define install
mkdir -p build
echo "setup: installing Python packages into .venv"
test -x .venv/bin/pip || $(PYTHON) -m venv .venv
if ! .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off --editable '$(1)' 2>&1 \
    | tee build/pip.log | sed -u -n -E 's/^ *(Downloading .* \([0-9.]+ MB\)).*/setup:   \1/p'; then
    tail -n 20 build/pip.log >&2
    echo "setup: pip failed; everything it said is in build/pip.log" >&2
    exit 1
fi
endef
