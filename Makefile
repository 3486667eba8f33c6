# `make read` and `make test` set everything up the first time, and start at once after that.
PYTHON ?= python3.11
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CORPORA ?= ../shared/corpora
PAGES  := README.md CHANGELOG.md CONTRIBUTING.md docs training/README.md seeds/README.md

.PHONY: read test lint format bench model clean

read: $(READY)
	@$(BIN)/reader $(or $(FILE),seeds/desert-governor.txt)

test: $(READY)
	@$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m mdformat --check $(PAGES)
	$(BIN)/python .ci/checks.py

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m mdformat $(PAGES)

bench: $(READY)
	$(BIN)/python -m bench

model: $(READY)
	$(BIN)/python -m training --corpora $(CORPORA)

clean:
	rm -rf $(VENV) dist build

$(READY): pyproject.toml constraints.txt
	@echo "Setting up (once) in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check "pip>=25,<27"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@
