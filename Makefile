# Two commands on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROGRAMME ?= corpus/digital-cluster

.PHONY: run test faults check licences gate index eval format clean line-demo

run: index  ## environment, index, server at 127.0.0.1:8000
	@$(BIN)/python -m assistant serve

test: index $(VENV)/tools  ## every test, on each processor (four at most), the tests of a file by one; none builds beside another
	@$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

faults: index $(VENV)/tools  ## faults done to the whole service from outside: kills, hostile clients, records and index that are gone; minutes
	@$(BIN)/python -m pytest -m faults tests/faults

check: $(VENV)/tools licences  ## ruff, mypy, import-linter, licences
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

licences: $(VENV)/installed  ## of what is shipped; fails on one that is not known to be fine
	@$(BIN)/python .ci/licences

index: $(VENV)/installed  ## brings encoder and index up to date
	@$(BIN)/python -m ingest $(PROGRAMME)

gate: index $(VENV)/tools  ## the longest tests; fails where the assistant answers worse than the recorded floor
	@$(BIN)/python -m pytest -m long
	@$(BIN)/python -m eval --quick --gate
	@$(BIN)/python -m eval guard --gate

eval: index $(VENV)/compared  ## question sets, baselines, report under eval/runs
	@$(BIN)/python -m eval

line-demo: index  ## a conversation with the LINE bot, without an account
	@$(BIN)/python -m assistant.channels.line

format: $(VENV)/tools  ## what a commit should look like
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# What runs is installed by hash; torch is not: which file it is differs by place (docs/decisions/locked-by-hash.md).
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
TORCH := $(shell grep -o 'torch==[0-9.]*' pyproject.toml)

$(VENV)/installed: requirements.lock pyproject.toml
	@echo "setup: installing $$(grep -c == requirements.lock) pinned packages into $(VENV) (about 3 minutes, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) $(TORCH)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tools: requirements-dev.lock $(VENV)/installed
	@echo "setup: installing what only tests and checks need (once)"
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

$(VENV)/compared: requirements-eval.lock $(VENV)/installed
	@echo "setup: installing the frameworks that the assistant is compared with (once)"
	@$(PIP) --no-deps -r requirements-eval.lock
	@touch $@

clean:
	rm -rf $(VENV) .data
