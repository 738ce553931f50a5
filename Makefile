# Two commands on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROGRAMME ?= corpus/digital-cluster

.PHONY: run test faults check gate index eval format clean line-demo

run: index  ## environment, index, server at 127.0.0.1:8000
	@$(BIN)/python -m assistant serve

test: index  ## every test, on each processor (four at most), the tests of a file by one; none builds beside another
	@$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

faults: index  ## faults done to the whole service from outside: kills, hostile clients, records and index that are gone; minutes
	@$(BIN)/python -m pytest -m faults tests/faults

check: $(VENV)/installed  ## ruff, mypy, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

index: $(VENV)/installed  ## brings encoder and index up to date
	@$(BIN)/python -m ingest $(PROGRAMME)

gate: index  ## the longest tests; fails where the assistant answers worse than the recorded floor
	@$(BIN)/python -m pytest -m long
	@$(BIN)/python -m eval --quick --gate
	@$(BIN)/python -m eval guard --gate

eval: index $(VENV)/compared  ## question sets, baselines, report under eval/runs
	@$(BIN)/python -m eval

line-demo: index  ## a conversation with the LINE bot, without an account
	@$(BIN)/python -m assistant.channels.line

format: $(VENV)/installed  ## what a commit should look like
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(VENV)/installed: requirements.lock pyproject.toml
	@echo "setup: installing $$(grep -c == requirements.lock) pinned packages into $(VENV) (about 3 minutes, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/compared: requirements-eval.lock $(VENV)/installed
	@echo "setup: installing the frameworks that the assistant is compared with (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements-eval.lock
	@touch $@

clean:
	rm -rf $(VENV) .data
