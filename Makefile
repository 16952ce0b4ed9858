# make setup   everything that the other commands need; quick when nothing changed
# make run     a whole installation on this machine; ARGS="--owner you@example.org" and the like
# make test    every check; ARGS="tests/local -k port" runs that part of pytest alone
# make chaos   the faults of the tests in their full number, and what they did
# make mutants  change the code, one thing at a time, and list the changes that no test notices;
#               ARGS="'dayline.core.*'" for one room, "'dayline.timers.*_1?'" for some of its changes
# make lint    the checks that run nothing
# make bench   the tables of benchmarks: the server's, and the pages' in a browser
# make openapi  write docs/openapi.json and the pages' types anew
# make requirements   compile the pinned, hashed lists from pyproject.toml

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-annotate --no-header
BROWSER := tests/e2e/node_modules/ready
PAGES := backend/dayline/static/index.html
PAGES_FROM := $(shell find frontend -path frontend/node_modules -prune -o -type f -print)
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:

.PHONY: setup
setup: $(VENV)/ready $(PAGES)

$(VENV)/ready: $(VENV)/uv requirements-dev.txt pyproject.toml
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.txt || $(PIP) --require-hashes -r requirements-dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	@touch $@

# pip brings the tool that installs the rest; both take what the lists pin, and nothing else.
# Where that tool does not find the packages (it does not read pip's configuration), pip goes on.
$(VENV)/uv: requirements-build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dayline needs Python 3.11 or newer: set PYTHON=/path/to/python3.")'
	@echo "Installing what Dayline needs. This takes a few minutes the first time."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements-build.txt
	@touch $@

$(PAGES): frontend/node_modules/ready $(PAGES_FROM)
	@cd frontend && npm run --silent build -- --logLevel warn

# What npm installs, here and in tests/e2e, is what the lock file pins.
%/node_modules/ready: %/package-lock.json %/package.json %/.npmrc
	@command -v npm > /dev/null || { echo "Dayline needs Node 20.19 or newer with npm."; exit 1; }
	@test -e $(VENV)/ready -a ! -e $@ || echo "Installing what Dayline needs. This takes a few minutes the first time."
	@cd $* && npm ci --loglevel=error
	@touch $@

.PHONY: run
run: setup
	@$(BIN)/dayline up $(ARGS)

.PHONY: test
ifeq ($(strip $(ARGS)),)
test: setup $(BROWSER)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint-server lint-pages test-pages
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder
else
test: setup $(BROWSER)
	$(BIN)/pytest $(ARGS)
endif

# What `make test` does a few times, for as long as the promises say.
.PHONY: chaos
chaos: setup
	DAYLINE_CHAOS=1 $(BIN)/pytest tests/chaos tests/concurrency tests/notify/test_loop.py tests/notices/test_month.py tests/api/test_fuzzed.py $(ARGS)

# The tests run on what mutmut copies into mutants/, in processes that share one PostgreSQL.
.PHONY: mutants
mutants: setup
	@ln -sfn backend src
	@mkdir -p mutants/src # before Python starts, which looks for its path only once
	DAYLINE_MUTANTS=1 PYTHONPATH=$(CURDIR)/mutants/src $(BIN)/mutmut run $(ARGS)
	@$(BIN)/python -m tests.mutants

.PHONY: lint lint-server lint-pages test-pages
lint: lint-server lint-pages

lint-server: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy

lint-pages: setup
	cd frontend && npm run --silent check

test-pages: setup
	cd frontend && npm test --silent

.PHONY: bench
bench: setup $(BROWSER)
	$(BIN)/python -m tests.bench $(ARGS)
ifeq ($(strip $(ARGS)),)
	$(BIN)/python -m tests.bench.pages
endif

.PHONY: openapi
openapi: setup
	@$(BIN)/dayline openapi > docs/openapi.json
	@cd frontend && npm run --silent types

# The largest list is compiled first; the others are parts of it.
.PHONY: requirements
requirements: $(VENV)/uv
	@$(COMPILE) --extra local --extra dev --output-file requirements-dev.txt pyproject.toml
	@$(COMPILE) --constraint requirements-dev.txt --extra local --output-file requirements-local.txt pyproject.toml
	@$(COMPILE) --constraint requirements-dev.txt --output-file requirements.txt pyproject.toml
	@printf 'uv\nhatchling\n' | $(COMPILE) --constraint requirements-dev.txt --output-file requirements-build.txt -
