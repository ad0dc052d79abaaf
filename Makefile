# Both `make build` and `make test` set everything up on a machine that has Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Enough that starting up is a small part of each run; all of `make bench` then takes a few minutes.
BENCH_ARTICLES ?= 1000

.PHONY: build check test lint docs lock bench clean

build: $(READY)
	$(BIN)/corpus build

check: $(READY)
	$(BIN)/corpus build --check

test: $(READY) lint
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check corpus schemas tests benchmarks examples
	$(BIN)/ruff format --check corpus schemas tests benchmarks examples
	$(BIN)/mypy

docs: $(READY)
	$(BIN)/python -m corpus.pages.reference
	$(BIN)/python -m tests.examples_page

# The lock holds versions and hashes, never the address of an index.
lock: $(READY)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --upgrade -o requirements.lock

bench: $(READY)
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.scale --articles $(BENCH_ARTICLES) --rounds 3
	$(BIN)/python -m benchmarks.diff

clean:
	rm -rf $(VENV) build

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)
