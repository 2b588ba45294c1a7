# Needs Python 3.11 or newer and make. Everything else comes from PyPI, into .uv/ and .venv/ of this folder.
#
#   make run            Patas with its own Postgres and Redis; Ctrl-C stops all of it
#   make test           every test; ARGS="tests/agenda -k name" passes arguments on to pytest (likewise for evals and bench)
#   make lint typecheck format evals bench
#   make chaos          kills and faults for some minutes, then an audit of every message
#   make fuzz           100,000 webhook bodies with something wrong in them, then an audit of every message that is whole
#   make voice          how well voice notes are heard, with real weights, after `./patas voice install`

.DEFAULT_GOAL := help
.PHONY: help run test lint typecheck format evals bench chaos fuzz voice

PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1); print(sys.executable)' 2>/dev/null && break; done)
BIN := .venv/bin

# An account without a home of its own, as in many containers, gets one here for the tools' caches.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/.uv/home
endif
export PYTHONPATH := $(CURDIR)
export UV_PYTHON_DOWNLOADS := never

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | sed -n '3,8p'

run: .venv/.synced
	@$(BIN)/python -m service.operations.cli up

# All of it in a process for each processor, four at the most, each with servers of its own.
test: .venv/.synced
	$(BIN)/python -m pytest $(or $(ARGS),-n auto --maxprocesses 4 --dist loadfile)

lint: .venv/.synced
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: .venv/.synced
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

typecheck: .venv/.synced
	$(BIN)/mypy

evals: .venv/.synced
	$(BIN)/python -m evals $(ARGS)

bench: .venv/.synced
	$(BIN)/python -m tests.bench $(ARGS)

chaos: .venv/.synced
	$(BIN)/python -m tests.chaos $(ARGS)

fuzz: .venv/.synced
	$(BIN)/python -m tests.fuzz $(ARGS)

voice: .venv/.synced
	$(BIN)/python -m pytest tests/voice/offline.py
	$(BIN)/python -m tests.voice $(ARGS)

# uv as it is installed, else from PyPI: into a virtual environment, or, where Python came without venv, into a plain folder.
.venv/.synced: pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Patas needs Python 3.11 or newer; none was found as python3." >&2; exit 1; }
	@mkdir -p "$$HOME"
	@uv --version >/dev/null 2>&1 || .uv/bin/uv --version >/dev/null 2>&1 \
		|| { "$(PYTHON)" -m venv .uv && .uv/bin/pip install --quiet uv; } >.uv.log 2>&1 \
		|| { rm -rf .uv/bin .uv/lib && "$(PYTHON)" -m pip install --quiet --target .uv uv; } >>.uv.log 2>&1 \
		|| { cat .uv.log >&2; echo "uv could not be installed: give Python its venv or pip module, or install uv (https://docs.astral.sh/uv)." >&2; exit 1; }
	@rm -f .uv.log
	@uv=$$(uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv); "$$uv" sync --quiet --locked --python "$(PYTHON)" \
		$$(test -e .venv/.voice && echo --extra voice)
	@touch $@
