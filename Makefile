# The commands of a day's work. `make` alone lists them.
#
# Everything is installed into .venv from the lock files; a stamp file there says that a lock has been
# installed, so that each command is quick the second time. Needs Python 3.11 or later and PyPI.

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
EXAMPLE := src/variorum/examples/jaffar-express-retold.jsonl
# What building the package takes is locked too, since it is built without isolation.
BUILD   := printf '%s\n' 'hatchling>=1.25' 'editables>=0.5'
LOCK    := $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types fix docs serve-docs readme bench bench-data lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Variorum needs Python 3.11 or later as $(PYTHON); name another one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python cannot make virtual environments. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.created
	@echo "Installing what Variorum runs on (a minute or so) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what Variorum is tested with ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.runtime ## set up, read the shipped example, show its dossier here and write it to demo/dossier.html
	@mkdir -p demo
	@$(BIN)/variorum read $(EXAMPLE)
	@$(BIN)/variorum read $(EXAMPLE) --as html --output demo/dossier.html
	@echo "The same dossier with its report, for a browser: $(CURDIR)/demo/dossier.html"

# One more than there are cores: many tests wait, for a browser, a server or a lock.
test: $(VENV)/.development ## set up and run all tests
	@$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print(min(5, os.cpu_count() + 1))') --dist loadfile

check: lint format types test ## what CI runs: lint, format, types, tests

lint: $(VENV)/.development ## look for mistakes
	@$(BIN)/ruff check .

format: $(VENV)/.development ## check that the code is formatted
	@$(BIN)/ruff format --check .

types: $(VENV)/.development ## check the types
	@$(BIN)/mypy

fix: $(VENV)/.development ## format the code and mend what can be mended by rule
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

docs: $(VENV)/.development ## write the generated pages anew and build the docs site into site/
	@$(BIN)/python scripts/write_cli_reference.py docs/cli.md
	@$(BIN)/python scripts/write_worked_example.py docs/worked-example.md src/variorum/examples
	@$(BIN)/python scripts/write_python_guide.py docs/python.md
	@$(BIN)/mkdocs build --strict --quiet
	@echo "The docs site: $(CURDIR)/site/index.html"

serve-docs: $(VENV)/.development ## show the docs site while writing
	@$(BIN)/mkdocs serve

readme: $(VENV)/.development ## read the shipped example anew into the README's excerpt
	@$(BIN)/python scripts/write_readme_excerpt.py README.md $(EXAMPLE)

bench: bench-data $(VENV)/.development ## measure on the benchmark data in the folder BENCH=...
	@$(BIN)/python benchmarks/run.py --bench "$(BENCH)"

bench-data:
	@test -n "$(BENCH)" && test -d "$(BENCH)" \
	  || { echo "Name the folder with the benchmark data: make bench BENCH=path/to/bench (docs/benchmarks.md says what is in it)" >&2; exit 1; }

lock: $(VENV)/lock/bin/uv ## resolve the dependencies anew, within what pyproject.toml allows
	@$(BUILD) | $(LOCK) --upgrade pyproject.toml - --output-file requirements.lock
	@$(BUILD) | $(LOCK) --upgrade --constraint requirements.lock --extra dev --extra docs --extra warc pyproject.toml - \
	  --output-file requirements-dev.lock

$(VENV)/lock/bin/uv: $(VENV)/.created
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/pip --disable-pip-version-check --quiet install 'uv>=0.9,<1'

clean: ## remove all that the commands have made
	@rm -rf $(VENV) demo site build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
