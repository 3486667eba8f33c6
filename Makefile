# `make read` and `make test` set everything up by themselves; the second time they start at once.
PYTHON ?= python3.11
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CORPORA ?= ../shared/corpora

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

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

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
