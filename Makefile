# make demo: an invented caseload, and one family's way to a sealed pack.   make test: every check.
# Both set up what they need: a virtual environment, dependencies locked by hash, Qt's system libraries on Debian.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := packaging/requirements.lock
DEMO ?=

.PHONY: demo test faults leaks coverage lint setup schema lock

demo: setup
	@sh packaging/system-libraries.sh
	$(BIN)/spr-desktop demo $(if $(DEMO),--to $(DEMO))

test: setup lint
	@sh packaging/system-libraries.sh needed
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses auto --dist worksteal

faults: setup
	$(BIN)/python -m tests.faults --jobs 2 --to docs/fault-figures.md
	SPR_KILLS=200 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/ui/test_kills.py

leaks: setup
	$(BIN)/python -m tests.leaks --jobs 2 --to docs/leak-figures.md

coverage: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(VENV)/installed

$(VENV)/installed: $(LOCK) pyproject.toml packaging/make-venv.sh
	sh packaging/make-venv.sh $(PYTHON) $(VENV)
	$(BIN)/pip install --quiet --require-hashes --no-deps --requirement $(LOCK)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

schema: setup
	$(BIN)/python -m spr_desktop.records.schema > docs/case-document.schema.json
