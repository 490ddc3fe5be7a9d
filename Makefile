# make demo: everything set up in .venv, then the whole day on a fictional company.
# make test: everything set up, then the whole suite; .ci/run calls exactly this.

PYTHON ?= $(shell scripts/find-python)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test workbook lint bench clean

demo: $(VENV)/.installed
	$(BIN)/debiteuren demo demo

test: $(VENV)/.installed-test
	@scripts/install-system-packages
	$(BIN)/python -m pytest -n auto --dist loadgroup $(TESTS)

workbook: $(VENV)/.installed-test
	$(BIN)/python -m debiteuren.book.template workbook/Debiteuren.xlsm

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	scripts/lint-macros

bench: $(VENV)/.installed-test
	PYTHONPATH=tests $(BIN)/python -m benchmarks.run
	PYTHONPATH=tests $(BIN)/python -m benchmarks.editor
	PYTHONPATH=tests $(BIN)/python -m benchmarks.banks
	PYTHONPATH=tests $(BIN)/python -m benchmarks.imports
	PYTHONPATH=tests $(BIN)/python -m benchmarks.drafts
	PYTHONPATH=tests $(BIN)/python -m benchmarks.drafts_imap
	PYTHONPATH=tests $(BIN)/python -m benchmarks.matching

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 of nieuwer is nodig; installeer die en probeer het opnieuw."; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The -test stamp holds all of the plain one, so either way round nothing is installed twice.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[test]'
	@touch $(VENV)/.installed $@
